"""A reserve leaves the pool: by a removal that was filed, or into a post after publicities in both villages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from tests.kit.desk import Desk, organ
from tests.kit.personnel.pool import BRANCH, COMMITTEE, ELSEWHERE, HOME, NEXT, OFFICE, QS2017, Pool

GROUND = {"ground": "现实表现不好", "facts": "连续两季度评议为差"}
EIGHT = ["村（社区）两委班子成员", "党员群众代表", "纪检", "政法", "民政", "卫计", "信访", "环保"]


@pytest.fixture(scope="module")
def pool(open_desk: Callable[..., Desk]) -> Pool:
    pool = Pool(open_desk)
    pool.announce()
    return pool


@pytest.mark.req("PE-086")
def test_a_removal_holds_after_the_county_filed_it(pool: Pool) -> None:
    reserve, person = (found := pool.active(1)), found.partition(".")[2]
    other = pool.refused(BRANCH, "ProposeReserveRemoval", "2019-06-03", reserve, **GROUND | {"ground": "年龄偏大"})
    assert (other["code"], other["field"], other["accepted"]) == (
        "removal_ground_unknown", "ground", "政治立场不坚定、现实表现不好、群众公认度不高"
    )  # fmt: skip
    steps: list[tuple[Actor, str, dict[str, Any], str]] = [
        (BRANCH, "ProposeReserveRemoval", GROUND, "ReserveRemovalProposed"),
        (COMMITTEE, "ApproveReserveRemoval", {"meeting": "党委会〔2019〕4号"}, "ReserveRemovalApproved"),
        (OFFICE, "FileReserveRemoval", {"number": "备案〔2019〕2号"}, "ReserveRemovalFiled"),
    ]
    for at, (by, name, said, kind) in enumerate(steps):
        early = pool.refused(COMMITTEE, "RemoveReserve", "2019-06-10", reserve)
        assert (early["code"], early["clause"]) == ("duty_out_of_order", "二（三）.2")
        assert early["accepted"] == "先办理县委组织部备案"
        for later, command, more, _ in steps[at + 1 :]:
            assert pool.refused(later, command, "2019-06-10", reserve, **more)["code"] == "duty_out_of_order"
        assert pool.take(by, name, f"2019-06-{4 + at:02d}", reserve, **said) == {kind: 1}
    assert pool.row(reserve)["status"] == "active"
    stranger = pool.refused(organ("township", ELSEWHERE[:9]), "RemoveReserve", "2019-06-10", reserve)
    assert stranger["code"] == "out_of_reach"
    before = pool.refused(COMMITTEE, "RemoveReserve", "2019-06-05", reserve)
    assert (before["code"], before["accepted"]) == ("date_before_ground", "2019-06-06 起")
    assert pool.take(COMMITTEE, "RemoveReserve", "2019-06-10", reserve) == {
        "ReserveRemoved": 1, "ReserveReplacementDue": 1
    }  # fmt: skip
    about = {"programme": QS2017, "village": HOME, "person": person}
    assert pool.desk.stored("ReserveRemoved") == [{**about, "ground": "现实表现不好"}]
    assert pool.desk.stored("ReserveReplacementDue") == [about]
    assert (pool.row(reserve)["status"], pool.row(reserve)["ended_on"]) == ("removed", "2019-06-10")
    again = pool.refused(BRANCH, "ProposeReserveRemoval", "2019-06-11", reserve, **GROUND)
    assert again["code"] == "not_active"


def used(pool: Pool, reserve: str, target: str, post: str = "村党组织委员", branch: Actor = BRANCH) -> None:
    """The use proposed, approved and filed."""
    pool.take(branch, "ProposeReserveUse", "2020-09-21", reserve, target=target, post=post)
    pool.take(COMMITTEE, "ApproveReserveUse", "2020-09-22", reserve, meeting="党委会〔2020〕7号")
    pool.take(OFFICE, "FileReserveUse", "2020-09-23", reserve, number="备案〔2020〕3号")


def opened(pool: Pool, target: str, scope: str) -> None:
    """A finding that nobody of the target village fits."""
    found = {"programme": QS2017, "village": target, "stage": "use", "scope": scope, "finding": "暂无合适人选"}
    pool.desk.receipt(OFFICE, "OpenFallback", "2020-09-18", **found)


@pytest.mark.req("PE-087")
def test_both_villages_see_the_use_for_five_working_days_each(pool: Pool) -> None:
    reserve = pool.active(2)
    opened(pool, NEXT, "township")
    early = pool.refused(COMMITTEE, "AppointReserve", "2020-10-20", reserve)
    assert early["code"] == "duty_out_of_order"
    used(pool, reserve, NEXT)
    stage = {"stage": "use_public"}
    # Friday 25 September 2020: 27 September is worked, 1 to 8 October are off.
    pool.take(COMMITTEE, "OpenPublicity", "2020-09-25", reserve, **stage, place=HOME)
    told = pool.desk.stored("PublicityOpened")[-1]
    assert (told["working_days"], told["decidable"], told["assumed"]) == (5, "2020-10-10", False)
    posted = [line for line in map(json.loads, pool.desk.log.lines(0, 10_000)) if line["type"] == "PublicityOpened"]
    assert {line["data"]["stage"]: line["clause"] for line in posted} == {
        "targets_public": "二（一）.3", "reserves_public": "二（一）.3", "use_public": "二（三）.3"
    }  # fmt: skip
    short = pool.refused(COMMITTEE, "ClosePublicity", "2020-10-09", reserve, **stage, place=HOME)
    assert (short["code"], short["accepted"], short["clause"]) == ("publicity_running", "2020-10-10 起", "二（三）.3")
    pool.take(COMMITTEE, "ClosePublicity", "2020-10-10", reserve, **stage, place=HOME)
    assert pool.desk.stored("PublicityClosed")[-1]["complete"] is False
    one = pool.refused(COMMITTEE, "AppointReserve", "2020-10-10", reserve)
    assert (one["code"], one["accepted"], one["clause"]) == ("duty_out_of_order", "先办理任职公示", "二（三）.3")
    pool.take(COMMITTEE, "OpenPublicity", "2020-10-10", reserve, **stage, place=NEXT)
    pool.take(COMMITTEE, "ClosePublicity", "2020-10-17", reserve, **stage, place=NEXT)
    before = pool.refused(COMMITTEE, "AppointReserve", "2020-10-16", reserve)
    assert before["code"] == "date_before_ground"
    assert pool.take(COMMITTEE, "AppointReserve", "2020-10-17", reserve) == {"ReserveAppointed": 1}
    about = {"programme": QS2017, "village": HOME, "person": reserve.partition(".")[2]}
    assert pool.desk.stored("ReserveAppointed")[-1] == {**about, "appointed_at": NEXT, "post": "村党组织委员"}
    assert pool.row(reserve)["status"] == "appointed"
    assert pool.desk.replays()


@pytest.mark.req("PE-087")
def test_one_posting_is_enough_in_the_own_village_and_an_election_gives_what_the_law_says(pool: Pool) -> None:
    reserve = pool.active(3)
    used(pool, reserve, HOME, "村民委员会委员")
    place = {"stage": "use_public", "place": HOME}
    pool.take(COMMITTEE, "OpenPublicity", "2020-09-25", reserve, **place)
    pool.take(COMMITTEE, "ClosePublicity", "2020-10-10", reserve, **place)
    assert pool.desk.stored("PublicityClosed")[-1]["complete"] is True
    none = pool.refused(COMMITTEE, "RecordReserveElection", "2020-10-12", reserve, elected=True, minutes="选举记录")
    assert none["code"] == "election_not_due"
    assert pool.take(COMMITTEE, "AppointReserve", "2020-10-12", reserve) == {"ElectionRequired": 1}
    assert pool.row(reserve)["status"] == "active"
    assert pool.take(COMMITTEE, "AppointReserve", "2020-10-13", reserve) == {}
    won = pool.take(COMMITTEE, "RecordReserveElection", "2020-11-02", reserve, elected=True, minutes="选举记录1号")
    assert won == {"ReserveElectionHeld": 1, "ReserveAppointed": 1}
    assert pool.row(reserve)["status"] == "appointed"


def test_who_is_not_elected_stays_in_the_pool(pool: Pool) -> None:
    reserve = pool.active(4)
    used(pool, reserve, HOME, "村民委员会主任")
    place = {"stage": "use_public", "place": HOME}
    pool.take(COMMITTEE, "OpenPublicity", "2020-09-25", reserve, **place)
    pool.take(COMMITTEE, "ClosePublicity", "2020-10-10", reserve, **place)
    pool.take(COMMITTEE, "AppointReserve", "2020-10-12", reserve)
    lost = pool.take(COMMITTEE, "RecordReserveElection", "2020-11-02", reserve, elected=False, minutes="选举记录2号")
    assert lost == {"ReserveElectionHeld": 1}
    assert (pool.row(reserve)["status"], pool.row(reserve)["post"]) == ("active", "")
    pool.take(BRANCH, "ProposeReserveUse", "2020-12-01", reserve, target=HOME, post="村党组织委员")
    over = {"procedure": "reserve_use", "reason": "职位已由他人担任"}
    assert pool.take(COMMITTEE, "EndReserveProcedure", "2020-12-02", reserve, **over) == {"ReserveProcedureEnded": 1}
    assert pool.refused(COMMITTEE, "EndReserveProcedure", "2020-12-02", reserve, **over)["code"] == (
        "procedure_not_begun"
    )


@pytest.mark.req("PE-088")
def test_the_eight_to_be_heard_are_shown_with_their_state(pool: Pool) -> None:
    reserve = pool.active(5)
    person = reserve.partition(".")[2]
    said: dict[str, Any] = {"source": "民政", "position": "support"}
    early = pool.refused(COMMITTEE, "CollectReserveOpinion", "2020-09-21", reserve, **said)
    assert early["code"] == "use_not_proposed"
    used(pool, reserve, HOME)
    # 农业 sits in the joint meeting and is not asked here.
    strange = pool.refused(COMMITTEE, "CollectReserveOpinion", "2020-09-24", reserve, **said | {"source": "农业"})
    assert (strange["code"], strange["accepted"]) == ("opinion_unasked", "、".join(EIGHT))
    pool.take(COMMITTEE, "CollectReserveOpinion", "2020-09-24", reserve, **said)
    rows = pool.desk.query(OFFICE, "reserve_opinions", programme=QS2017, person=person)
    assert [row["source"] for row in sorted(rows, key=lambda row: row["number"])] == EIGHT
    assert {row["source"]: row["position"] for row in rows if row["position"]} == {"民政": "support"}
    # What is missing is shown and hinders nothing.
    place = {"stage": "use_public", "place": HOME}
    pool.take(COMMITTEE, "OpenPublicity", "2020-09-25", reserve, **place)
    pool.take(COMMITTEE, "ClosePublicity", "2020-10-10", reserve, **place)
    assert pool.take(COMMITTEE, "AppointReserve", "2020-10-12", reserve) == {"ReserveAppointed": 1}


@pytest.mark.req("AL-082")
def test_a_use_reaches_as_far_as_the_finding_of_the_village_in_need(pool: Pool) -> None:
    reserve = pool.active(6)
    asked = {"target": ELSEWHERE, "post": "村党组织委员"}
    refused = pool.refused(BRANCH, "ProposeReserveUse", "2020-09-21", reserve, **asked)
    assert (refused["code"], refused["field"], refused["clause"]) == ("finding_missing", "target", "二（三）.3")
    opened(pool, ELSEWHERE, "township")
    near = pool.refused(BRANCH, "ProposeReserveUse", "2020-09-21", reserve, **asked)
    assert near["code"] == "finding_missing"
    opened(pool, ELSEWHERE, "county")
    assert pool.take(BRANCH, "ProposeReserveUse", "2020-09-21", reserve, **asked) == {"ReserveUseProposed": 1}
    # What is opened for use opens no selection.
    selected = pool.desk.refused(
        organ("township", ELSEWHERE[:9]),
        "RecommendReserve",
        "2020-09-21",
        **pool.asked(7, village=ELSEWHERE, home=HOME),
    )
    assert selected["code"] in ("duty_out_of_order", "home_out_of_reach")


def test_only_who_has_a_step_in_it_ends_a_procedure_and_not_before_its_last_step(pool: Pool) -> None:
    """The township of the village to be served has steps in the use, and none in a removal."""
    reserve = pool.active(8)
    there = organ("township", ELSEWHERE[:9])
    opened(pool, ELSEWHERE, "county")
    used(pool, reserve, ELSEWHERE)
    pool.take(BRANCH, "ProposeReserveRemoval", "2020-09-24", reserve, **GROUND)
    over = {"procedure": "reserve_removal", "reason": "经核实不成立"}
    foreign = pool.refused(there, "EndReserveProcedure", "2020-09-25", reserve, **over)
    assert (foreign["code"], foreign["field"]) == ("not_your_business", "reserve")
    before = pool.refused(COMMITTEE, "EndReserveProcedure", "2020-09-23", reserve, **over)
    assert (before["code"], before["accepted"]) == ("date_before_ground", "2020-09-24 起")
    use = {"procedure": "reserve_use", "reason": "职位已由他人担任"}
    assert pool.take(there, "EndReserveProcedure", "2020-09-25", reserve, **use) == {"ReserveProcedureEnded": 1}
    assert pool.take(COMMITTEE, "EndReserveProcedure", "2020-09-25", reserve, **over) == {"ReserveProcedureEnded": 1}


def test_who_left_the_pool_is_recommended_again_by_the_own_township_alone_and_not_before(pool: Pool) -> None:
    """Elsewhere an id says nothing: neither that there is such a person nor what stands on the card."""
    reserve = pool.active(9)
    person = reserve.partition(".")[2]
    pool.take(BRANCH, "ProposeReserveRemoval", "2019-06-03", reserve, **GROUND)
    pool.take(COMMITTEE, "ApproveReserveRemoval", "2019-06-04", reserve, meeting="党委会〔2019〕4号")
    pool.take(OFFICE, "FileReserveRemoval", "2019-06-05", reserve, number="备案〔2019〕2号")
    there, again = organ("township", ELSEWHERE[:9]), {"programme": QS2017, "channel": "self"}
    pool.announce(township=ELSEWHERE[:9])
    strange = [
        pool.desk.refused(
            there, "RecommendReserve", "2019-06-06", **again, village=ELSEWHERE, home=ELSEWHERE, person=one
        )
        for one in (person, "p-nobody")
    ]
    assert (strange[0]["code"], strange[0]["sentence"]) == ("person_unknown", strange[1]["sentence"])
    pool.take(COMMITTEE, "RemoveReserve", "2019-06-10", reserve)
    own = {**again, "village": HOME, "home": HOME, "person": person}
    early = pool.desk.refused(COMMITTEE, "RecommendReserve", "2019-06-09", **own)
    assert (early["code"], early["accepted"]) == ("date_before_ground", "2019-06-10 起")
    assert pool.desk.command(COMMITTEE, "RecommendReserve", "2019-06-10", **own) == {"ReserveRecommended": 1}


def test_a_year_that_there_is_not_is_refused(pool: Pool) -> None:
    for name in ("reserve_talk_coverage", "training_plans_lacking"):
        assert pool.desk.asked(OFFICE, name, programme=QS2017, year="0000")["code"] == "field_value"
