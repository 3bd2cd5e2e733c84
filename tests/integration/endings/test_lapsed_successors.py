"""A successor who does not come keeps no term from ending, however it came to that and whatever was heard first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kit import province as liaoning
from tests.kit import shanxi
from tests.kit.desk import Desk
from tests.kit.personnel import erasing
from tests.kit.personnel.candidates import HOST, OFFICES, PROVINCE, SX2015, UNIT
from tests.kit.province import LN2018, Province
from tests.kit.shanxi import VILLAGES
from tests.kit.together import Together

ENDS, FROM, CHOSEN = "2017-07-15", "2017-07-15", "2017-06-20"
BOARD = {"organ": "县委组织部", "document": "组〔2017〕7号"}
RECORD = {"papers": "文件十二卷", "works": "在办三项", "money": "经费结清"}
NUMBERS, PLACES = iter(range(1, 100)), iter(VILLAGES)


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    return shanxi.county(open_desk)


def waiting(system: Together) -> tuple[str, str, str]:
    """An incumbent to be followed on the day the term ends, and the candidate who is not appointed yet."""
    posting, person = shanxi.on_post(system, next(NUMBERS), next(PLACES))
    change = {"posting": posting, "takes_over": FROM}
    system.command(HOST, "PlanChangeovers", "2017-03-06", changes=[change], **BOARD)
    return posting, person, shanxi.cleared(system, next(NUMBERS), "2017-03-10")


def following(posting: str, key: str) -> dict[str, list[dict[str, str]]]:
    return {"successors": [{"posting": posting, "nomination": key}]}


def over(system: Together, posting: str, on: str) -> bool:
    """Whether the term has ended, once those that are over on that day were ended."""
    system.command(PROVINCE, "EndTerms", on, programme=SX2015, as_of=on)
    rows = system.query("personnel", HOST, "postings", programme=SX2015, target=posting.split(".")[1])
    (row,) = [row for row in rows if row["posting"] == posting]
    assert row["ended_on"] in (None, ENDS)
    return bool(row["status"] == "ended")


def withdrawn(system: Together, posting: str) -> None:
    gone = {"posting": f"{posting[:-1]}2", "ground": "illness", **BOARD}
    system.command(HOST, "WithdrawCadre", "2017-07-10", **gone)


def erased(system: Together, person: str) -> None:
    erasing.erase(system.desks["personnel"], person, "2017-07-10", "14")
    system.settle()


@pytest.mark.parametrize("first", ["end", "lapse"])
@pytest.mark.parametrize("how", ["withdrawn", "erased"])
def test_a_term_ends_on_its_day_whichever_is_heard_first(system: Together, how: str, first: str) -> None:
    posting, person, key = waiting(system)
    system.command(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    if first == "end":  # while somebody is awaited no day is left empty
        assert not over(system, posting, "2017-07-16")
    if how == "withdrawn":
        withdrawn(system, posting)
    else:
        erased(system, shanxi.person_of(key))
    # Nobody signs with whom nobody waits for, and another may be appointed.
    signed = {"posting": posting, **RECORD, "signers": [person, shanxi.person_of(key)]}
    assert system.refused(OFFICES[UNIT], "SignHandover", "2017-07-14", **signed)["code"] == "successor_missing"
    assert not over(system, posting, "2017-07-14")
    assert over(system, posting, "2017-07-15")
    place = posting.split(".")[1]
    (village,) = system.query("allocation", HOST, "demanded_villages", programme=SX2015, target=place)
    assert (village["posting"], village["assigned"], village["successor_of"]) == ("", "", UNIT)
    assert system.replay()


def test_whose_data_are_destroyed_is_appointed_nowhere(system: Together) -> None:
    posting, _, key = waiting(system)
    erased(system, shanxi.person_of(key))
    refused = system.refused(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    assert refused["code"] == "successor_unchecked"


def test_a_record_signed_with_who_did_not_come_counts_for_nobody_else(system: Together) -> None:
    posting, person, key = waiting(system)
    system.command(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    signed = {"posting": posting, **RECORD, "signers": [person, shanxi.person_of(key)]}
    system.command(OFFICES[UNIT], "SignHandover", "2017-07-09", **signed)
    withdrawn(system, posting)
    other = shanxi.cleared(system, next(NUMBERS), "2017-03-10")
    system.command(HOST, "AppointSuccessors", "2017-07-11", **following(posting, other))
    next_one = [f"{posting[:-1]}3"]
    system.command(HOST, "AppointCadres", FROM, postings=next_one)
    up = {"postings": next_one, "party_status": "full"}
    assert system.refused(HOST, "TakeUpPosts", FROM, **up)["code"] == "handover_unsigned"
    # Planned anew for an earlier day, as long as nobody is awaited: here somebody is.
    again = {"changes": [{"posting": posting, "takes_over": FROM}], **BOARD}
    assert system.refused(HOST, "PlanChangeovers", "2017-07-12", **again)["code"] == "successor_appointed"


@pytest.mark.parametrize("first", ["allocation", "personnel"])
def test_a_village_assigned_at_the_same_instant_frees_the_incumbent(system: Together, first: str) -> None:
    posting, _, key = waiting(system)
    allocation, personnel = system.desks["allocation"], system.desks["personnel"]
    village = next(PLACES)
    asked = {"programme": SX2015, "target": village, "unit": UNIT, "level": "province"}
    before = [len(desk.stored("CommandRefused")) for desk in (allocation, personnel)]
    # Each decides before it hears of the other.
    allocation.command(HOST, "AssignVillage", CHOSEN, **asked, person=shanxi.person_of(key))
    personnel.command(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    system.tell(first, "personnel" if first == "allocation" else "allocation")
    system.settle()
    lapsed = personnel.stored("SuccessorLapsed")[-1]
    assert (lapsed["posting"], lapsed["cause"]) == (f"{posting[:-1]}2", "elsewhere")
    # One of the two is refused, once: allocation had given the person a village when it heard of the successor.
    assert [len(desk.stored("CommandRefused")) for desk in (allocation, personnel)] == [before[0] + 1, before[1]]
    there = f"{SX2015}.{village}.1"
    rows = system.query("personnel", HOST, "postings", programme=SX2015, person=shanxi.person_of(key))
    assert {row["posting"]: row["status"] for row in rows} == {f"{posting[:-1]}2": "cancelled", there: "placed"}
    person = shanxi.person_of(key)
    (candidate,) = system.query("personnel", PROVINCE, "candidacies", programme=SX2015, person=person)
    assert (candidate["posting"], candidate["target"]) == (there, village)
    assert over(system, posting, "2017-07-16")
    assert system.replay()


def test_a_village_assigned_before_is_what_the_candidate_has(system: Together) -> None:
    posting, _, key = waiting(system)
    village = next(PLACES)
    asked = {"programme": SX2015, "target": village, "unit": UNIT, "level": "province"}
    system.command(HOST, "AssignVillage", CHOSEN, **asked, person=shanxi.person_of(key))
    refused = system.refused(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    assert refused["code"] == "duty_done"
    assert over(system, posting, "2017-07-16")


def test_a_place_confirmed_at_the_same_instant_frees_the_incumbent_of_2018_too(open_desk: Callable[..., Desk]) -> None:
    province: Province = liaoning.small(open_desk, profile=liaoning.with_a_term(24))
    posting, _ = liaoning.on_post(province, 1)
    change = {"posting": posting, "takes_over": "2020-05-02"}
    board = {"organ": "省委组织部", "document": "干〔2019〕7号"}
    province.receipt(liaoning.PROVINCE, "PlanChangeovers", "2019-03-04", changes=[change], **board)
    person = liaoning.nominated(province, 2, "2019-04-18")
    (nominee,) = province["personnel"].query(liaoning.PROVINCE, "nominations", programme=LN2018, person=person)
    placing = liaoning.placing(liaoning.SECOND, person)
    province.receipt(liaoning.ENTERPRISE, "ProposePlacements", "2019-04-19", **placing)
    about = {"programme": LN2018, "channel": liaoning.CHANNEL}
    province.receipt(liaoning.PROVINCE, "OpenReview", "2019-04-19", **about)
    allocation, personnel = province["allocation"], province["personnel"]
    allocation.command(liaoning.PROVINCE, "ConfirmPlacements", "2019-04-26", programme=LN2018)
    chosen = {"posting": posting, "nomination": nominee["nomination"]}
    personnel.command(liaoning.PROVINCE, "AppointSuccessors", "2019-04-26", successors=[chosen])
    province.pass_on()
    assert [one["cause"] for one in personnel.stored("SuccessorLapsed")] == ["elsewhere"]
    assert allocation.stored("SuccessorAwaited") == []
    made = province.receipt(liaoning.PROVINCE, "EndTerms", "2020-05-04", programme=LN2018, as_of="2020-05-04")
    assert made["events"] == {"TermEnded": 1}
    assert personnel.replays()
    assert allocation.replays()
