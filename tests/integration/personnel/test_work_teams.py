"""The members of a work team are registered persons, who come and go one by one (PE-110), through three services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from programmes import loader
from programmes.areas import registered
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.racing import at_once
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast
from tests.kit.personnel.candidates import ATTESTED, COUNTY, COUNTY_UNIT, GATES, HOST, OFFICES, PROVINCE, SX2015
from tests.kit.spoiled import signed
from tests.kit.together import Together

AREAS = registered("14")
TOWN = next(town.code for town in AREAS.children(COUNTY) if len(list(AREAS.children(town.code))) > 1)
FIRST, SECOND = [village.code for village in AREAS.children(TOWN)][:2]
VILLAGE, TOWNSHIP = organ("village", FIRST), organ("township", TOWN)
JOINED = {"WorkTeamMemberJoined": 1, "WorkTeamPlaceTaken": 1}
LEFT = {"WorkTeamMemberLeft": 1, "WorkTeamPlaceFreed": 1}
SETTINGS = {
    "team.register": True,
    "attendance.sealer": "township_committee",
    "attendance.signer": "township_party_secretary",
}


def keeping() -> dict[str, Any]:
    """The next version of the rules of 2015: it has the attendance of members kept, and says who signs and seals."""
    own = loader.load(SX2015).published()
    unknown = own["rules"]["team.register"]
    set_ = {path: {**unknown, "value": value, "origin": "assumed"} for path, value in SETTINGS.items()}
    return {**own, "version": 2, "rules": {**own["rules"], **set_}}


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    """A county, its villages, a unit of the county, and seven registered persons."""
    together = Together(open_desk, (ALLOCATION, PERSONNEL, ATTENDANCE), "14")
    publish(together.desks["allocation"], PROVINCE, SX2015, "2015-06-24")
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    register = {"edition": "2023-06", "units": [{"root": COUNTY, "divisions": divisions}]}
    together.command(PROVINCE, "RegisterAreas", "2015-06-24", **register)
    unit = {"unit": COUNTY_UNIT, "name": "县水利局", "channel": COUNTY, "level": "county"}
    together.command(HOST, "RegisterUnit", "2015-06-24", **unit)
    called = {"programme": SX2015, "unit": COUNTY_UNIT, "audience": "机关全体干部"}
    together.command(HOST, "RecordMobilisation", "2015-06-24", **called)
    applicants = [
        {
            "application": f"报名表 {n}",
            "id_number": cast.id_number(n),
            "mobile": cast.mobile(n),
            "form": cast.form(n),
            "synthetic": True,
        }
        for n in range(1, 8)
    ]
    filed = {"programme": SX2015, "unit": COUNTY_UNIT, "applicants": applicants}
    together.command(OFFICES[COUNTY_UNIT], "FileApplications", "2015-06-25", **filed)
    return together


@pytest.fixture(scope="module")
def persons(system: Together) -> list[str]:
    return sorted(row["person"] for row in system.query("personnel", PROVINCE, "candidacies", programme=SX2015))


def about(person: str, target: str = FIRST, level: str = "county") -> dict[str, Any]:
    return {"programme": SX2015, "target": target, "person": person, "unit": COUNTY_UNIT, "level": level}


def off_size(system: Together) -> list[tuple[str, int]]:
    rows = system.query("personnel", HOST, "work_teams_off_size", programme=SX2015)
    return [(row["target"], row["size"]) for row in rows]


@pytest.mark.req("PE-110")
def test_members_are_registered_and_a_team_off_its_size_is_listed(system: Together, persons: list[str]) -> None:
    coverage = system.query("allocation", PROVINCE, "coverage", programme=SX2015)
    stranger = system.refused(HOST, "JoinWorkTeam", "2015-08-01", **about("p-nobody"))
    assert (stranger["code"], stranger["kind"], stranger["clause"]) == (
        "work_team_member_unregistered",
        "unknown",
        "六.2",
    )
    provincial = system.refused(HOST, "JoinWorkTeam", "2015-08-01", **about(persons[0], level="province"))
    assert (provincial["code"], provincial["accepted"]) == ("work_team_level", "city、county、township")
    listed = []
    for person in persons[:5]:
        assert system.command(HOST, "JoinWorkTeam", "2015-08-01", **about(person)) == JOINED
        listed.append(off_size(system))
    assert listed == [[(FIRST, 1)], [(FIRST, 2)], [], [], []]
    sixth = system.refused(HOST, "JoinWorkTeam", "2015-08-01", **about(persons[5]))
    assert (sixth["code"], sixth["clause"]) == ("work_team_full", "六.2")
    elsewhere = system.refused(HOST, "JoinWorkTeam", "2015-08-01", **about(persons[0], SECOND))
    assert (elsewhere["code"], elsewhere["clause"]) == ("work_team_member_engaged", "六.2")
    assert f"{SX2015}.{FIRST}.w1" in elsewhere["sentence"]
    foreign = system.refused(organ("county_org", "140927"), "JoinWorkTeam", "2015-08-01", **about(persons[5]))
    assert (foreign["code"], foreign["kind"], foreign["accepted"]) == (
        "foreign_area",
        "forbidden",
        "辖区内的区划，或有该辖区的令牌",
    )

    def leaving(person: str) -> dict[str, Any]:
        return {"programme": SX2015, "target": FIRST, "person": person}

    early = system.refused(HOST, "LeaveWorkTeam", "2015-07-31", **leaving(persons[0]))
    assert early["code"] == "date_before_ground"
    for person in persons[:3]:
        assert system.command(HOST, "LeaveWorkTeam", "2015-09-01", **leaving(person)) == LEFT
    assert off_size(system) == [(FIRST, 2)]
    gone = system.refused(HOST, "LeaveWorkTeam", "2015-09-02", **leaving(persons[0]))
    assert gone["code"] == "not_in_work_team"
    # No register, since the notice does not ask for one, and no part of any coverage.
    assert "RegisterOpened" not in system.counts("attendance")
    assert system.query("allocation", PROVINCE, "coverage", programme=SX2015) == coverage


@pytest.mark.req("PE-110")
def test_of_two_teams_joined_at_once_a_person_gets_one(
    system: Together, persons: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, before = system.desks["personnel"], system.counts("personnel")
    asked = [(HOST, "JoinWorkTeam", about(persons[6], target)) for target in (FIRST, SECOND)]
    (refused,) = (
        answer["problem"] for answer in at_once(desk, monkeypatch, *asked, on="2015-09-05") if "problem" in answer
    )
    taken = desk.stored("WorkTeamMemberJoined")[-1]
    assert (refused["code"], refused["field"]) == ("work_team_member_engaged", "person")
    assert f"{SX2015}.{taken['target']}" in refused["sentence"]
    assert system.counts("personnel")["WorkTeamMemberJoined"] == before["WorkTeamMemberJoined"] + 1
    # Whoever left is free for another team.
    other = SECOND if taken["target"] == FIRST else FIRST
    team = {"programme": SX2015, "target": taken["target"], "person": persons[6]}
    system.command(HOST, "LeaveWorkTeam", "2015-09-06", **team)
    system.command(HOST, "JoinWorkTeam", "2015-09-07", **about(persons[6], other))
    system.command(HOST, "LeaveWorkTeam", "2015-09-08", **{**team, "target": other})


@pytest.mark.req("PE-110")
def test_a_team_that_its_county_forms_has_just_its_members_and_their_months_are_sealed(
    system: Together, persons: list[str]
) -> None:
    system.command(PROVINCE, "PublishProfile", "2015-09-10", profile=signed(keeping()))
    county = {"programme": SX2015, "target": FIRST}

    def members(*chosen: str) -> dict[str, Any]:
        listed = [{"person": person, "level": "county"} for person in chosen]
        return {**county, "finding": "重点难点村", "members": listed}

    # Two of the old ones stay, one comes: each by an event of its own.
    before = system.counts("personnel")
    formed = system.command(HOST, "FormWorkTeam", "2015-10-01", **members(persons[3], persons[4], persons[5]))
    assert formed == {"WorkTeamFormed": 1}
    after = system.counts("personnel")
    assert after["WorkTeamMemberJoined"] == before["WorkTeamMemberJoined"] + 1
    assert (after["WorkTeamMemberLeft"], off_size(system)) == (before["WorkTeamMemberLeft"], [])
    # Whoever is not registered is refused here too; nobody else comes or goes.
    system.command(HOST, "FormWorkTeam", "2015-10-02", **members(persons[3], persons[4], "p-nobody"))
    (refused,) = system.desks["personnel"].stored("CommandRefused")
    assert refused["code"] == "work_team_member_unregistered"
    assert system.counts("personnel")["WorkTeamMemberLeft"] == before["WorkTeamMemberLeft"]

    member = next(row["member"] for row in system.desks["personnel"].stored("WorkTeamMemberJoined")[::-1])
    (register,) = system.query("attendance", HOST, "registers")
    assert (register["posting"], register["person"], register["role"]) == (member, persons[5], "驻村工作组成员")
    holder = {"organ": TOWN, "post": "party_secretary", "person": TOWNSHIP.person, "since": "2015-01-01", "until": None}
    system.command(HOST, "RecordOfficeHolder", "2015-10-05", holders=[holder])
    month = {"posting": member, "month": "2015-10"}
    days = [f"2015-10-{day:02}" for day in range(1, 19)]
    system.command(VILLAGE, "RegisterDays", "2015-11-02", **month, days=days)
    system.command(VILLAGE, "CompileMonth", "2015-11-02", **month)
    system.command(TOWNSHIP, "SignMonth", "2015-11-02", **month)
    system.command(TOWNSHIP, "SealMonth", "2015-11-02", **month)
    (sheet,) = system.query("attendance", HOST, "sheets", posting=member)
    assert (sheet["phase"], sheet["days"]) == ("sealed", 18)
    system.command(HOST, "LeaveWorkTeam", "2015-11-10", **county, person=persons[5])
    (register,) = system.query("attendance", HOST, "registers")
    assert register["closed_on"] == "2015-11-10"
    assert system.replay()


def test_who_is_in_a_team_becomes_no_first_secretary_before_leaving_it(system: Together, persons: list[str]) -> None:
    person, unit, personnel = persons[6], OFFICES[COUNTY_UNIT], system.desks["personnel"]
    candidacy = f"{SX2015}.{person}"
    kinds = [{"target": village, "weak_party": False, "registered_poor": True} for village in (FIRST, SECOND)]
    system.command(HOST, "RecordVillageKinds", "2015-06-24", programme=SX2015, county=COUNTY, villages=kinds)
    system.command(unit, "PassGates", "2015-06-26", candidacy=candidacy, gates=list(GATES))
    said = {"candidacy": candidacy, "pool": "young_excellent", "party_status": "full", "work_start": "2008-07-01"}
    evidence = [{"of": of, "source": "名册", "verifier": "机关党委"} for of in ("party_membership", "identity")]
    system.command(unit, "QualifyApplicant", "2015-06-27", **said, attested=ATTESTED, tags=[], evidence=evidence)
    system.command(unit, "RecommendNominees", "2015-06-29", nominees=[candidacy], decision="党组会纪要〔2015〕9号")
    system.command(HOST, "FileNominees", "2015-07-02", nominees=[candidacy], document="件 2")
    talked = {"programme": SX2015, "county": COUNTY, "unit": COUNTY_UNIT}
    system.command(HOST, "RecordConsultation", "2015-07-03", **talked)
    system.command(HOST, "JoinWorkTeam", "2015-08-01", **about(person, SECOND))
    assigned = {"programme": SX2015, "target": FIRST, "unit": COUNTY_UNIT, "person": person, "level": "county"}
    refused = system.refused(HOST, "AssignVillage", "2015-10-10", **assigned)
    assert (refused["code"], f"{SX2015} {SECOND}" in refused["sentence"]) == ("nominee_placed", True)
    assert personnel.stored("PlacementNoted") == []
