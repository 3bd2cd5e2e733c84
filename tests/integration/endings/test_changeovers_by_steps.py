"""A planned changeover where a notice lays down steps: the successor comes by them, and the host county determines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit import shanxi
from tests.kit.desk import Desk
from tests.kit.personnel.candidates import CITY, HOST, OFFICES, PROVINCE, SX2015, UNIT
from tests.kit.shanxi import VILLAGES
from tests.kit.together import Together

FIRST, SECOND, THIRD = VILLAGES[:3]
LAST, FROM, CHOSEN = "2017-05-31", "2017-06-01", "2017-04-20"
BOARD = {"organ": "县委组织部", "document": "组〔2017〕7号"}
RECORD = {"papers": "文件十二卷", "works": "在办三项", "money": "经费结清"}


@pytest.fixture(scope="module")
def system(open_desk: Callable[..., Desk]) -> Together:
    return shanxi.county(open_desk)


def planned(system: Together, posting: str, takes_over: str = FROM) -> None:
    change = {"posting": posting, "takes_over": takes_over}
    system.command(HOST, "PlanChangeovers", "2017-03-06", changes=[change], **BOARD, reason="轮换")


def following(posting: str, nomination: str) -> dict[str, Any]:
    return {"successors": [{"posting": posting, "nomination": nomination}]}


def on_post(system: Together) -> dict[str, str]:
    """Who stands on which village, as allocation has it."""
    rows = system.query("allocation", HOST, "demanded_villages", programme=SX2015)
    return {row["target"]: row["posting"] for row in rows if row["posting"]}


def covered(system: Together) -> tuple[int, int]:
    """Villages covered, and what is left to the county."""
    (found,) = system.query("allocation", HOST, "demand", programme=SX2015)
    (need,) = system.query("allocation", HOST, "county_needs", programme=SX2015)
    return found["mandatory_covered"], need["need"]


@pytest.mark.req("PE-108")
def test_a_first_secretary_is_followed_by_a_candidate_of_the_steps(system: Together) -> None:
    posting, person = shanxi.on_post(system, 1, FIRST)
    successor = f"{SX2015}.{FIRST}.2"
    recommended = shanxi.recommended(system, 2, "2017-03-10")
    planned(system, posting)
    early = system.refused(HOST, "AppointSuccessors", CHOSEN, **following(posting, recommended))
    assert (early["code"], early["clause"]) == ("duty_out_of_order", "三.4")
    key = shanxi.cleared(system, 3, "2017-03-10")
    for by in (PROVINCE, CITY):  # who decides of changeovers in general does not assign a village of this notice
        foreign = system.refused(by, "AppointSuccessors", CHOSEN, **following(posting, key))
        assert (foreign["code"], foreign["clause"], foreign["field"]) == ("not_your_business", "三.4", "successors")
    unknown = system.refused(HOST, "AppointSuccessors", CHOSEN, **following(posting, "n-1"))
    assert unknown["code"] == "successor_unchecked"
    before = covered(system)
    made = system.command(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    assert made == {"SuccessorAppointed": 1, "NomineeDetermined": 1, "PlacementNoted": 1, "WorkTeamPlaceBarred": 1}
    assert (covered(system), on_post(system)[FIRST]) == (before, posting)
    again = system.refused(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    assert again["code"] in ("successor_appointed", "duty_done")
    # Whoever follows there is assigned no other village, and nobody else is assigned this one.
    other = {"programme": SX2015, "unit": UNIT, "level": "province"}
    twice = system.refused(HOST, "AssignVillage", CHOSEN, **other, target=SECOND, person=shanxi.person_of(key))
    assert twice["code"] == "nominee_placed"

    stays = system.refused(HOST, "AppointCadres", LAST, postings=[successor])
    assert (stays["code"], stays["accepted"]) == ("predecessor_stays", f"{FROM} 起")
    system.command(HOST, "AppointCadres", FROM, postings=[successor])
    up = {"postings": [successor], "party_status": "full"}
    assert system.refused(HOST, "TakeUpPosts", LAST, **up)["code"] == "predecessor_stays"
    assert system.refused(HOST, "TakeUpPosts", FROM, **up)["code"] == "handover_unsigned"
    signed = {"posting": posting, **RECORD, "signers": [person, shanxi.person_of(key)]}
    system.command(OFFICES[UNIT], "SignHandover", LAST, **signed)
    made = system.command(HOST, "TakeUpPosts", FROM, **up)
    assert made == {"CadreWithdrawn": 1, "CadreOnPost": 1, "TermSet": 1}

    # One cadre on the last of May, another on the first of June, none missing and never two.
    assert (covered(system), on_post(system)[FIRST]) == (before, successor)
    closed, opened = (system.query("attendance", HOST, "registers", posting=one)[0] for one in (posting, successor))
    assert (closed["closed_on"], opened["opened_on"]) == (LAST, FROM)
    (village,) = system.query("allocation", HOST, "demanded_villages", programme=SX2015, target=FIRST)
    assert (village["assigned"], village["person"]) == (successor, shanxi.person_of(key))
    assert system.replay()


def test_who_was_to_follow_is_awaited_where_the_incumbent_goes_before(system: Together) -> None:
    posting, _ = shanxi.on_post(system, 5, SECOND)
    planned(system, posting)
    key = shanxi.cleared(system, 6, "2017-03-10")
    system.command(HOST, "AppointSuccessors", CHOSEN, **following(posting, key))
    system.command(HOST, "WithdrawCadre", "2017-05-02", posting=posting, ground="illness", **BOARD)
    (village,) = system.query("allocation", HOST, "demanded_villages", programme=SX2015, target=SECOND)
    successor = f"{SX2015}.{SECOND}.2"
    assert (village["posting"], village["assigned"], village["successor_of"]) == ("", successor, "")
    spare = shanxi.cleared(system, 7, "2017-03-10")
    asked = {"programme": SX2015, "target": SECOND, "unit": UNIT, "level": "province"}
    taken = system.refused(HOST, "AssignVillage", "2017-05-03", **asked, person=shanxi.person_of(spare))
    assert taken["code"] == "village_taken"
    system.command(HOST, "AppointCadres", "2017-05-04", postings=[successor])
    system.command(HOST, "TakeUpPosts", "2017-05-04", postings=[successor], party_status="full")
    assert on_post(system)[SECOND] == successor
    assert system.replay()


def test_who_was_to_follow_and_withdraws_leaves_the_number_and_the_place_to_the_next(system: Together) -> None:
    posting, _ = shanxi.on_post(system, 8, THIRD)
    planned(system, posting)
    first, second = (shanxi.cleared(system, n, "2017-03-10") for n in (9, 10))
    system.command(HOST, "AppointSuccessors", CHOSEN, **following(posting, first))
    gone = {"posting": f"{SX2015}.{THIRD}.2", "ground": "illness", **BOARD}
    system.command(HOST, "WithdrawCadre", "2017-05-02", **gone)
    assert system.desks["allocation"].stored("VillageFollowerLost")[-1]["posting"] == gone["posting"]
    assert on_post(system)[THIRD] == posting
    system.command(HOST, "AppointSuccessors", "2017-05-03", **following(posting, second))
    assert system.desks["allocation"].stored("VillageFollowed")[-1]["successor"] == f"{SX2015}.{THIRD}.3"
    assert system.replay()
