"""A provincial and a county cadre of 2015, from the mobilisation to the post, through three services that hear of each
other, with every wrong order refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from programmes.areas import registered
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast
from tests.kit.personnel.candidates import (
    ATTESTED,
    CHANNEL,
    CITY,
    COUNTY,
    COUNTY_UNIT,
    GATES,
    HOST,
    OFFICES,
    POVERTY_OFFICE,
    PROVINCE,
    SX2015,
    UNIT,
)
from tests.kit.together import Together

AREAS = registered("14")
VILLAGES = [village.code for village in AREAS.within(COUNTY, "village")][:2]
SENDERS = organ("channel", units=(CHANNEL, UNIT))
VILLAGE_OFFICE = [organ("village", village) for village in VILLAGES]
EVIDENCE = [
    {"of": "party_membership", "source": "党员名册 2015", "verifier": "机关党委"},
    {"of": "identity", "source": "干部人事档案", "verifier": "人事处"},
]
MADE = {"PersonRegistered": 1, "ApplicationFiled": 1}


def applicant(n: int, **changes: Any) -> dict[str, Any]:
    about = {"application": f"报名表 {n}", "id_number": cast.id_number(n), "mobile": cast.mobile(n)}
    return {**about, "form": cast.form(n), "synthetic": True, **changes}


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    """The rules, the divisions, the villages, the units and the table of places."""
    together = Together(open_desk, (ALLOCATION, PERSONNEL, ATTENDANCE), "14")
    publish(together.desks["allocation"], PROVINCE, SX2015, "2015-06-24")
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    register = {"edition": "2023-06", "units": [{"root": COUNTY, "divisions": divisions}]}
    together.command(PROVINCE, "RegisterAreas", "2015-06-24", **register)
    kinds = [{"target": code, "weak_party": False, "registered_poor": True} for code in VILLAGES]
    together.command(HOST, "RecordVillageKinds", "2015-06-24", programme=SX2015, county=COUNTY, villages=kinds)
    places = together.command(PROVINCE, "SetUnitCountyQuotas", "2015-06-24", programme=SX2015)
    assert places == {"UnitCountyQuotaSet": 39}
    rows = together.query("allocation", PROVINCE, "county_quotas", programme=SX2015)
    assert sum(row["places"] for row in rows) == 148
    unit = {"unit": UNIT, "name": "山西省总工会", "channel": CHANNEL, "level": "province"}
    together.command(SENDERS, "RegisterUnit", "2015-06-24", **unit)
    unit = {"unit": COUNTY_UNIT, "name": "县水利局", "channel": COUNTY, "level": "county"}
    together.command(HOST, "RegisterUnit", "2015-06-24", **unit)
    return together


def lacking(system: Together) -> list[str]:
    return [row["unit"] for row in system.query("personnel", PROVINCE, "mobilisations_lacking", programme=SX2015)]


def candidacies(system: Together, **asked: str) -> list[dict[str, Any]]:
    return system.query("personnel", PROVINCE, "candidacies", programme=SX2015, **asked)


def checked(system: Together, candidacy: str, unit: str, *tags: str) -> None:
    """The gates, then the check."""
    system.command(OFFICES[unit], "PassGates", "2015-06-26", candidacy=candidacy, gates=list(GATES))
    about = {"candidacy": candidacy, "pool": "young_excellent", "party_status": "full", "work_start": "2008-07-01"}
    made = system.command(
        OFFICES[unit], "QualifyApplicant", "2015-06-27", **about, attested=ATTESTED, tags=tags, evidence=EVIDENCE
    )
    assert made == {"NomineeQualified": 1}


@pytest.fixture(scope="module")
def applied(system: Together) -> dict[str, str]:
    """Two candidates of the provincial unit and one of the county's: {name: candidacy}."""
    assert lacking(system) == []
    called = {"programme": SX2015, "audience": "机关全体干部"}
    system.command(OFFICES[UNIT], "RecordMobilisation", "2015-06-24", unit=UNIT, **called)
    about = {"programme": SX2015, "unit": UNIT}
    pair = [applicant(1), applicant(2, on_behalf=True, consent="同意书 2")]
    alone = [applicant(1), applicant(2, on_behalf=True)]
    missing = system.refused(OFFICES[UNIT], "FileApplications", "2015-06-25", **about, applicants=alone)
    assert (missing["code"], missing["field"], missing["clause"]) == (
        "consent_missing",
        "applicants[2].consent",
        "三.1",
    )
    foreign = system.refused(OFFICES[COUNTY_UNIT], "FileApplications", "2015-06-25", **about, applicants=pair)
    assert foreign["kind"] == "forbidden"
    made = system.command(OFFICES[UNIT], "FileApplications", "2015-06-25", **about, applicants=pair)
    assert made == {"PersonRegistered": 2, "ApplicationFiled": 2}
    again = system.refused(OFFICES[UNIT], "FileApplications", "2015-06-25", **about, applicants=[applicant(1)])
    assert (again["code"], again["field"]) == ("person_registered_before", "applicants[1].id_number")
    own = {"programme": SX2015, "unit": COUNTY_UNIT, "applicants": [applicant(3)]}
    assert system.command(OFFICES[COUNTY_UNIT], "FileApplications", "2015-06-25", **own) == MADE
    # The county's unit has applications and no record of its mobilisation.
    assert lacking(system) == [COUNTY_UNIT]
    system.command(HOST, "RecordMobilisation", "2015-06-25", unit=COUNTY_UNIT, **called)
    assert lacking(system) == []
    first, second = [row["candidacy"] for row in candidacies(system, unit=UNIT)]
    (third,) = [row["candidacy"] for row in candidacies(system, unit=COUNTY_UNIT)]
    return {"first": first, "second": second, "county": third}


@pytest.mark.req("PE-021")
def test_of_equal_candidates_the_one_with_experience_in_villages_stands_first(
    system: Together, applied: dict[str, str]
) -> None:
    # Equal, they stand in the order of their keys; so the tag of the later one decides.
    assert [row["candidacy"] for row in candidacies(system, unit=UNIT)] == [applied["first"], applied["second"]]
    checked(system, applied["first"], UNIT, "work_team_27")
    checked(system, applied["second"], UNIT, "village_experience")
    rows = candidacies(system, unit=UNIT)
    assert [(row["candidacy"], row["preferred"]) for row in rows] == [
        (applied["second"], ["village_experience"]),
        (applied["first"], []),
    ]
    # An order, and no filter: both are qualified.
    assert {row["status"] for row in rows} == {"qualified"}


@pytest.fixture(scope="module")
def posted(system: Together, applied: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The second candidate of the province and the county's, each on post in a village."""
    if not candidacies(system, unit=UNIT, status="qualified"):
        checked(system, applied["second"], UNIT)
    chosen, county = applied["second"], applied["county"]
    listed = {"nominees": [chosen], "document": "件 1"}
    decided = {"nominees": [chosen, county], "decision": "党组会纪要〔2015〕9号"}
    for by, name, on, data in (
        (OFFICES[UNIT], "RecommendNominees", "2015-06-29", {**decided, "nominees": [county]}),
        (OFFICES[COUNTY_UNIT], "RecommendNominees", "2015-06-29", {**decided, "nominees": [county]}),
        (POVERTY_OFFICE, "ApproveNominees", "2015-06-29", listed),
        (PROVINCE, "FileNominees", "2015-06-29", listed),
    ):
        assert system.refused(by, name, on, **data)["kind"] in ("rule", "forbidden"), name
    checked(system, county, COUNTY_UNIT)
    for unit, one in ((UNIT, chosen), (COUNTY_UNIT, county)):
        recommend = {"nominees": [one], "decision": "党组会纪要〔2015〕9号"}
        assert system.command(OFFICES[unit], "RecommendNominees", "2015-06-29", **recommend) == {
            "NomineeRecommended": 1
        }
    early = system.refused(PROVINCE, "FileNominees", "2015-06-30", **listed)
    assert (early["code"], early["clause"], early["field"]) == ("duty_out_of_order", "三", "nominees[1]")
    assert early["accepted"] == "先办理扶贫办审核"
    assert system.command(POVERTY_OFFICE, "ApproveNominees", "2015-07-01", **listed) == {"PovertyOfficeApproved": 1}
    assert system.command(PROVINCE, "FileNominees", "2015-07-02", **listed) == {"NomineeFiled": 1, "NomineeCleared": 1}
    own = {"nominees": [county], "document": "件 2"}
    for other in (PROVINCE, CITY):
        wrong = system.refused(other, "FileNominees", "2015-07-02", **own)
        assert (wrong["code"], wrong["clause"]) == ("not_your_business", "三")
    assert system.command(HOST, "FileNominees", "2015-07-02", **own) == {"NomineeFiled": 1, "NomineeCleared": 1}

    found = {row["candidacy"]: row for row in candidacies(system)}
    for unit, one, village in ((UNIT, chosen, VILLAGES[0]), (COUNTY_UNIT, county, VILLAGES[1])):
        asked = {"programme": SX2015, "target": village, "unit": unit, "person": found[one]["person"]}
        asked["level"] = found[one]["level"]
        silent = system.refused(HOST, "AssignVillage", "2015-07-10", **asked)
        assert (silent["code"], silent["clause"]) == ("host_not_consulted", "三.4")
        talked = {"programme": SX2015, "county": COUNTY, "unit": unit}
        assert system.command(HOST, "RecordConsultation", "2015-07-03", **talked) == {"HostConsulted": 1}
        assert system.refused(OFFICES[unit], "AssignVillage", "2015-07-10", **asked)["code"] == "host_assigns"
        made = system.command(HOST, "AssignVillage", "2015-07-10", **asked)
        assert made == {"VillageAssigned": 1, "BindingCreated": 1, "PersonEngaged": 1}
    return {row["candidacy"]: row for row in candidacies(system, status="determined")}


def test_a_nominee_who_was_not_filed_gets_no_village(system: Together, posted: dict[str, dict[str, Any]]) -> None:
    (other,) = [row for row in candidacies(system, unit=UNIT) if row["candidacy"] not in posted]
    asked = {"programme": SX2015, "target": VILLAGES[1], "unit": UNIT, "person": other["person"], "level": "province"}
    assert system.refused(HOST, "AssignVillage", "2015-07-10", **asked)["code"] == "nominee_not_filed"


@pytest.mark.req("PE-110")
def test_a_first_secretary_joins_no_work_team(system: Together, posted: dict[str, dict[str, Any]]) -> None:
    held = sorted((row["person"], row["posting"]) for row in system.query("personnel", HOST, "postings"))
    for person, posting in held:
        team = {"programme": SX2015, "target": VILLAGES[1], "person": person, "unit": COUNTY_UNIT, "level": "county"}
        refused = system.refused(HOST, "JoinWorkTeam", "2015-07-12", **team)
        assert (refused["code"], posting in refused["sentence"]) == ("work_team_member_engaged", True)
    assert len(held) == len(posted)


@pytest.mark.req("PE-032")
def test_the_village_begins_the_posting_and_days_before_the_appointment_are_flagged(
    system: Together, posted: dict[str, dict[str, Any]]
) -> None:
    assert system.counts("personnel")["NomineeDetermined"] == 2
    postings = [f"{SX2015}.{village}.1" for village in VILLAGES]
    rows = system.query("personnel", HOST, "postings", programme=SX2015)
    assert [(row["posting"], row["tier"], row["status"]) for row in rows] == [
        (postings[0], "province", "placed"),
        (postings[1], "county", "placed"),
    ]
    up = {"postings": postings, "party_status": "full"}
    early = system.refused(HOST, "TakeUpPosts", "2015-07-13", **up)
    assert (early["code"], early["clause"], early["accepted"]) == ("duty_out_of_order", "三.5", "先办理任职手续")
    waiting = system.query("personnel", HOST, "appointments_lacking", programme=SX2015)
    assert [(row["posting"], row["determined_on"]) for row in waiting] == [(one, "2015-07-10") for one in postings]
    appointed = system.command(HOST, "AppointCadres", "2015-07-15", postings=postings)
    assert appointed == {"PostAppointmentRecorded": 2}
    assert system.query("personnel", HOST, "appointments_lacking", programme=SX2015) == []
    on_post = system.command(HOST, "TakeUpPosts", "2015-07-13", postings=[postings[0]], party_status="full")
    assert on_post == {"CadreOnPost": 1, "TermSet": 1}
    system.command(HOST, "TakeUpPosts", "2015-07-16", postings=[postings[1]], party_status="full")

    # Attendance heard of both days: what was registered before the appointment is flagged, by day.
    days = {"posting": postings[0], "month": "2015-07", "days": ["2015-07-13", "2015-07-14", "2015-07-15"]}
    system.command(VILLAGE_OFFICE[0], "RegisterDays", "2015-07-20", **days)
    later = {"posting": postings[1], "month": "2015-07", "days": ["2015-07-16"]}
    system.command(VILLAGE_OFFICE[1], "RegisterDays", "2015-07-20", **later)
    flagged = system.query("attendance", HOST, "early_days")
    assert [(row["posting"], row["day"], row["appointed_on"]) for row in flagged] == [
        (postings[0], "2015-07-13", "2015-07-15"),
        (postings[0], "2015-07-14", "2015-07-15"),
    ]
    # The county owes one village less: that of the provincial cadre.
    (need,) = system.query("allocation", HOST, "county_needs", programme=SX2015)
    assert (need["need"], need["province"], need["county_posted"]) == (1, 1, 1)


@pytest.mark.req("PE-037")
@pytest.mark.req("PE-038")
def test_what_the_notice_asks_of_a_posting_is_open_until_it_is_recorded(
    system: Together, posted: dict[str, dict[str, Any]]
) -> None:
    postings = [f"{SX2015}.{village}.1" for village in VILLAGES]

    def open_of(item: str) -> list[str]:
        rows = system.query("personnel", HOST, "open_items", programme=SX2015, item=item, as_of="2015-08-01")
        return [row["posting"] for row in rows]

    assert (open_of("party_relation"), open_of("induction")) == (postings, postings)
    assert open_of("mentor") == [], "another programme asks for it"
    letter = {"posting": postings[0], "letter": "介绍信〔2015〕1号"}
    assert system.command(OFFICES[UNIT], "MovePartyRelation", "2015-07-20", **letter) == {"PartyRelationMoved": 1}
    trained = {"postings": postings, "session": "任职培训班"}
    assert system.command(HOST, "RecordInduction", "2015-07-27", **trained) == {"InductionTrained": 2}
    assert (open_of("party_relation"), open_of("induction")) == (postings[1:], [])


def test_whose_application_it_is_is_sealed_and_the_form_opens_for_the_managing_organs(
    system: Together, posted: dict[str, dict[str, Any]]
) -> None:
    key = next(key for key, row in posted.items() if row["unit"] == UNIT)
    (form,) = system.query("personnel", HOST, "form", nomination=key)
    assert form["fields"]["name"].startswith("合成人员")
    stored = str(system.desks["personnel"].stored("ApplicationFiled"))
    assert "合成人员" not in stored
    assert cast.id_number(1) not in stored


def test_all_read_models_are_what_their_logs_give_again(system: Together, posted: dict[str, Any]) -> None:
    assert system.replay()
