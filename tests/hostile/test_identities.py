"""Who settles whether a person entered is the one who holds the number: who has the person, the province, nobody else.

Invariant: until it is settled nothing registered changes, nobody goes on, and nothing is destroyed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.allocation import said
from tests.kit.desk import Desk
from tests.kit.personnel import cast, erasing
from tests.kit.personnel.others import (
    AWAITED,
    BACK,
    ENGAGED,
    FAILED,
    FRESH,
    GONE,
    LATER,
    NEIGHBOUR,
    NEIGHBOURS,
    ON,
    OTHERS,
    checked,
    nominee,
    peopled,
)


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    return peopled(open_desk)


@pytest.fixture(scope="module")
def taken(office: Desk) -> dict[int, dict[str, Any]]:
    """U01 entered one whom nobody has, and those of others under another name."""
    names = {"name": "伪造姓名", "mobile": "13900009999"}
    for n in (FRESH[0], *OTHERS):
        office.receipt(cast.UNIT_OFFICE, "NominateCadre", ON, **nominee(n, **names))
    stored = office.stored("CadreNominated")[-1 - len(OTHERS) :]
    return dict(zip((FRESH[0], *OTHERS), stored, strict=True))


def test_who_has_the_person_is_shown_what_is_open_and_nobody_else(
    office: Desk, taken: dict[int, dict[str, Any]]
) -> None:
    by_leg = {taken[n]["person"] for n in (ENGAGED, BACK)}
    by_unit = {taken[n]["person"] for n in (FAILED, NEIGHBOUR, GONE)}
    for by, shown in (
        (cast.SENDING_CITY, by_leg),
        (cast.CHANNEL_OFFICE, by_unit),
        (cast.HOST_CITY, set()),
        (cast.COUNTY, set()),
        (actor("county_org", areas=("211381",)), set()),
        (cast.ENTERPRISE_OFFICE, set()),
    ):
        assert {one["entered"] for one in office.query(by, "open_identities")} == shown, by
    for by in (cast.UNIT_OFFICE, NEIGHBOURS):
        assert office.asked(by, "open_identities")["kind"] == "forbidden"


@pytest.mark.parametrize("by", [cast.CHANNEL_OFFICE, cast.HOST_CITY, cast.COUNTY, cast.ENTERPRISE_OFFICE])
def test_whoever_has_not_the_person_is_answered_as_if_there_were_nothing_to_settle(
    office: Desk, taken: dict[int, dict[str, Any]], by: Actor
) -> None:
    settle = {"verdict": "same", "reason": "x"}
    for n in (FRESH[0], ENGAGED, BACK):
        given = office.refused(by, "SettleIdentity", LATER, entered=taken[n]["person"], **settle)
        nobody = office.refused(by, "SettleIdentity", LATER, entered="nobody", **settle)
        assert (given["code"], given) == ("identity_not_shown", nobody)
    one = office.refused(cast.UNIT_OFFICE, "SettleIdentity", LATER, entered=taken[BACK]["person"], **settle)
    assert one["kind"] == "forbidden"


def test_nobody_goes_on_before_it_is_settled_and_the_checker_alone_is_told(
    office: Desk, taken: dict[int, dict[str, Any]]
) -> None:
    fresh, back = (taken[n]["nomination"] for n in (FRESH[0], BACK))
    stranger = actor("channel", units=("省委高校工委",))
    for nomination in (fresh, back):
        mark = checked(office, "U01", nomination, "passed")
        assert office.refused(stranger, "CheckNominee", LATER, **mark)["code"] == "out_of_reach"
    both = [
        {key: v for key, v in checked(office, "U01", n, "passed").items() if key != "programme"} for n in (fresh, back)
    ]
    given = office.refused(cast.CHANNEL_OFFICE, "CheckNominees", LATER, programme="LN2018", checks=both)
    assert (given["code"], given["field"]) == ("identity_open", "nomination")
    given = office.refused(cast.CHANNEL_OFFICE, "CheckNominee", LATER, **checked(office, "U01", back, "passed"))
    assert given["code"] == "identity_open"


@pytest.fixture(scope="module")
def settled(office: Desk, taken: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The city takes the one who is back for its own; the channel does not take the one who failed elsewhere."""
    about = {"entered": taken[ENGAGED]["person"], "verdict": "same", "reason": "经核对为同一人"}
    given = office.refused(cast.SENDING_CITY, "SettleIdentity", LATER, **about)
    assert (given["code"], "LN2002" in given["sentence"]) == ("person_still_engaged", True)
    about |= {"entered": taken[BACK]["person"]}
    assert office.command(cast.SENDING_CITY, "SettleIdentity", LATER, **about) == {"IdentitySettled": 1}
    assert office.refused(cast.PROVINCE, "SettleIdentity", LATER, **about)["code"] == "identity_settled"
    about = {"entered": taken[GONE]["person"], "verdict": "same", "reason": "x"}
    assert office.refused(cast.PROVINCE, "SettleIdentity", LATER, **about)["code"] == "person_registered_before"
    about = {"entered": taken[FAILED]["person"], "verdict": "other", "reason": "号码填写有误"}
    assert office.command(cast.CHANNEL_OFFICE, "SettleIdentity", LATER, **about) == {"IdentitySettled": 1}
    return taken


def test_one_person_goes_on_and_another_does_not(office: Desk, settled: dict[int, dict[str, Any]]) -> None:
    back, failed = (settled[n]["nomination"] for n in (BACK, FAILED))
    passed = checked(office, "U01", back, "passed")
    assert office.command(cast.CHANNEL_OFFICE, "CheckNominee", LATER, **passed) == {"InitialCheckPassed": 1}
    given = office.refused(cast.CHANNEL_OFFICE, "CheckNominee", LATER, **checked(office, "U01", failed, "passed"))
    assert (given["code"], given["field"]) == ("identity_other", "nomination")
    rejected = checked(office, "U01", failed, "failed")
    assert office.command(cast.CHANNEL_OFFICE, "CheckNominee", LATER, **rejected) == {"InitialCheckFailed": 1}


def test_one_person_gets_no_two_postings_under_two_ids(office: Desk, settled: dict[int, dict[str, Any]]) -> None:
    entry = settled[BACK]["person"]
    (holder,) = {one["known"] for one in office.query(cast.PROVINCE, "persons", person=entry)}
    for village, person in (("1208", holder), ("2207", entry)):
        target = f"21072710{village}"
        office.hear_of("allocation", said.placement(target, person, cast.UNIT, on=LATER))
    assert [one["person"] for one in office.stored("PlacementNoted")] == [holder]
    assert office.stored("CommandRefused")[-1]["code"] == "person_holds_posting"


@pytest.mark.parametrize(
    ("n", "said", "event"),
    [
        (AWAITED[0], {"name": "伪造姓名"}, "PersonRegistered"),
        (AWAITED[1], {"mobile": "13900009998", "name": "伪造姓名"}, "PersonRegistered"),
        (AWAITED[3], {"mobile": "13900009999"}, "PersonRegistered"),
        (AWAITED[4], {"career": "今日履历"}, "PersonEnteredAgain"),
    ],
)
def test_the_roster_of_the_province_writes_over_nobody_either(
    office: Desk, settled: dict[int, dict[str, Any]], n: int, said: dict[str, str], event: str
) -> None:
    given = office.command(cast.PROVINCE, "NominateCadre", LATER, **nominee(n, **said))
    assert given == {event: 1, "CadreNominated": 1, "FormSubmitted": 1}
    (nomination,) = office.query(cast.PROVINCE, "nominations", person=office.stored("CadreNominated")[-1]["person"])
    listed = [
        one["differs"] for one in office.query(cast.SENDING_CITY, "open_identities", entered=nomination["person"])
    ]
    assert [set(differs) for differs in listed] == ([set(said)] if event == "PersonRegistered" else [])


def test_what_a_unit_entered_keeps_nobody_out_once_it_is_settled_to_be_another(office: Desk) -> None:
    n = AWAITED[5]
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", ON, **nominee(n, name="伪造姓名"))
    entry = office.stored("CadreNominated")[-1]["person"]
    open_ = office.refused(cast.PROVINCE, "NominateCadre", LATER, **nominee(n))
    assert open_["code"] == "person_registered_before"
    verdict = {"entered": entry, "verdict": "other", "reason": "号码填写有误"}
    assert office.command(cast.SENDING_CITY, "SettleIdentity", LATER, **verdict) == {"IdentitySettled": 1}
    given = office.command(cast.PROVINCE, "NominateCadre", LATER, **nominee(n))
    assert given == {"PersonEnteredAgain": 1, "CadreNominated": 1, "FormSubmitted": 1}
    # The unit is told the same of its own as before.
    again = office.refused(cast.UNIT_OFFICE, "NominateCadre", LATER, **nominee(n))
    assert again["code"] == "person_registered_before"


def test_the_hand_over_gives_every_version_and_the_keys_of_all_records_die(
    office: Desk, settled: dict[int, dict[str, Any]]
) -> None:
    persons = {one["person"]: one for one in office.query(cast.PROVINCE, "persons")}
    entry = settled[BACK]["person"]
    holder = persons[entry]["known"]
    engaged = persons[settled[ENGAGED]["person"]]["known"]
    office.command(cast.FIRST, "RequestErasure", erasing.DAY, person=engaged, reason="x")
    office.command(cast.SECOND, "ApproveErasure", erasing.DAY, person=engaged)
    assert office.asked(cast.FIRST, "personal_data", person=engaged)["code"] == "identity_unsettled"
    given = office.refused(cast.FIRST, "ErasePerson", erasing.DAY, person=engaged, export=erasing.DIGEST)
    assert given["code"] == "identity_unsettled"
    handed = erasing.erase(office, entry)
    versions = [(one["person"], one["part"], one["entered_by"], one["entered_on"]) for one in handed["versions"]]
    assert versions == [
        (holder, "personal", cast.SENDING_CITY.person, "2002-06-27"),
        (entry, "personal", cast.UNIT_OFFICE.person, ON),
        (entry, "form", cast.UNIT_OFFICE.person, ON),
    ]
    assert [one["content"]["name"] for one in handed["versions"]] == [f"合成人员{BACK:04d}", "伪造姓名", "伪造姓名"]
    persons = {one["person"]: one for one in office.query(cast.PROVINCE, "persons")}
    assert persons[holder]["erased_on"] == persons[entry]["erased_on"] == erasing.DAY
    gone = office.log.rows("select subject from vault.destroyed order by subject")
    assert {holder, entry} <= {row["subject"] for row in gone}


def test_replay_gives_the_same_read_models(office: Desk, settled: dict[int, dict[str, Any]]) -> None:
    assert office.replays()
