"""A planned changeover: one cadre a village on every day, through all four services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.province import (
    COUNTY,
    LN2018,
    PROVINCE,
    UNIT_OFFICE,
    VILLAGES,
    Province,
    confirmed,
    nominated,
    on_post,
    small,
    with_a_term,
)

FIRST, SECOND, THIRD, FOURTH, FIFTH, NEVER = VILLAGES[:6]
LAST, FROM = "2019-05-31", "2019-06-01"
BOARD = {"organ": "省委组织部", "document": "干〔2019〕7号"}
RECORD = {"papers": "文件十二卷", "works": "在办三项", "money": "经费结清"}
OTHER_COUNTY = organ("county_org", "210727")


@pytest.fixture(scope="module")
def province(open_desk: Callable[..., Desk]) -> Province:
    return small(open_desk)


def planned(province: Province, *postings: str, on: str = "2019-03-04", **more: Any) -> dict[str, Any]:
    changes = [{"posting": posting, "takes_over": FROM} for posting in postings]
    return province.receipt(PROVINCE, "PlanChangeovers", on, changes=changes, **{**BOARD, "reason": "轮换", **more})


def following(province: Province, posting: str, n: int) -> dict[str, Any]:
    """A checked nominee who is to follow on a posting."""
    person = nominated(province, n, "2019-04-18")
    (nomination,) = province["personnel"].query(PROVINCE, "nominations", programme=LN2018, person=person)
    return {"posting": posting, "nomination": nomination["nomination"]}


def served(province: Province, village: str, day: str) -> list[str]:
    """Who held the village on that day."""
    rows = province["allocation"].query(PROVINCE, "placements", programme=LN2018, target=village)
    return [
        one["posting"]
        for one in rows
        if one["on_post_on"] and one["on_post_on"] <= day and not (one["vacated_on"] and one["vacated_on"] <= day)
    ]


def coverage(province: Province) -> tuple[int, int]:
    """Those on post, and how often a gap was found."""
    (tier,) = province["allocation"].query(COUNTY, "coverage", programme=LN2018)
    return tier["on_post"], len(province["allocation"].stored("CoverageGapFound"))


@pytest.mark.req("PE-108")
def test_the_incumbent_until_the_last_of_may_the_successor_from_the_first_of_june(
    open_desk: Callable[..., Desk],
) -> None:
    province = small(open_desk, (FIRST,))
    allocation, personnel = province["allocation"], province["personnel"]
    posting, person = on_post(province, 1, FIRST)
    staying = province.refused(
        PROVINCE, "AppointSuccessors", "2019-03-04", successors=[{"posting": posting, "nomination": "n"}]
    )
    assert staying["code"] == "successor_unchecked"
    planned(province, posting)
    follow = following(province, posting, 2)
    province.receipt(PROVINCE, "AppointSuccessors", "2019-04-26", successors=[follow])
    (appointed,) = personnel.stored("SuccessorAppointed")
    successor = f"{LN2018}.{FIRST}.2"
    assert (appointed["successor"], appointed["takes_over"]) == (successor, FROM)
    assert coverage(province) == (1, 0)
    # The hand-over may begin, and nobody takes over before the day.
    province.receipt(COUNTY, "RecordHandover", LAST, postings=[successor], items=["host_contact", "board_lodging"])
    sent = {"postings": [successor], "items": ["party_relation", "escort"]}
    stays = province.refused(UNIT_OFFICE, "RecordHandover", LAST, **sent)
    assert (stays["code"], stays["accepted"], FROM in stays["sentence"]) == ("predecessor_stays", f"{FROM} 起", True)
    # Nor without the record that both signed.
    unsigned = province.refused(UNIT_OFFICE, "RecordHandover", FROM, **sent)
    assert unsigned["code"] == "handover_unsigned"
    alone = province.refused(UNIT_OFFICE, "SignHandover", LAST, posting=posting, **RECORD, signers=[person])
    assert (alone["code"], appointed["appointed"] in alone["sentence"]) == ("record_incomplete", True)
    both = [person, appointed["appointed"]]
    bare = province.refused(
        UNIT_OFFICE, "SignHandover", LAST, posting=posting, **{**RECORD, "money": " "}, signers=both
    )
    assert (bare["code"], bare["field"]) == ("field_value", "money")
    province.receipt(UNIT_OFFICE, "SignHandover", LAST, posting=posting, **RECORD, signers=both)
    province.receipt(UNIT_OFFICE, "RecordHandover", FROM, **sent)

    assert coverage(province) == (1, 0)
    assert (served(province, FIRST, LAST), served(province, FIRST, FROM)) == ([posting], [successor])
    (over,) = allocation.stored("TargetHandedOver")
    assert (over["posting"], over["successor"]) == (posting, successor)
    closed, opened = (province["attendance"].query(COUNTY, "registers", posting=one) for one in (posting, successor))
    assert (closed[0]["closed_on"], opened[0]["opened_on"]) == (LAST, FROM)
    held = {one["person"]: one["holds"] for one in allocation.stored("PersonEngaged")}
    assert held == {person: posting, appointed["appointed"]: successor}
    assert [one["holds"] for one in allocation.stored("PersonReleased")] == [posting]
    province.receipt(COUNTY, "RecordReturn", "2019-06-03", posting=posting)
    assert personnel.replays()
    assert allocation.replays()


def test_nobody_follows_before_the_plan_and_nobody_signs_before_somebody_follows(
    open_desk: Callable[..., Desk],
) -> None:
    province = small(open_desk, (FIRST,))
    posting, person = on_post(province, 1, FIRST)
    planned(province, posting, on="2019-05-10")
    follow = following(province, posting, 2)
    early = province.refused(PROVINCE, "AppointSuccessors", "2019-05-09", successors=[follow])
    assert early["code"] == "date_before_ground"
    province.receipt(PROVINCE, "AppointSuccessors", "2019-05-10", successors=[follow])
    (appointed,) = province["personnel"].stored("SuccessorAppointed")
    signing = {"posting": posting, **RECORD, "signers": [person, appointed["appointed"]]}
    assert province.refused(UNIT_OFFICE, "SignHandover", "2019-05-09", **signing)["code"] == "date_before_ground"
    province.receipt(UNIT_OFFICE, "SignHandover", "2019-05-10", **signing)


@pytest.mark.req("PE-108")
def test_a_rotation_of_a_whole_batch_is_one_command_all_or_none(province: Province) -> None:
    two = [on_post(province, n, village)[0] for n, village in ((3, SECOND), (4, THIRD))]
    never = confirmed(province, NEVER, nominated(province, 20))
    changes = [{"posting": one, "takes_over": FROM} for one in (*two, never)]
    refused = province.refused(PROVINCE, "PlanChangeovers", "2019-03-04", changes=changes, **BOARD, reason="轮换")
    assert refused["code"] == "posting_over"
    assert planned(province, *two)["events"] == {"ChangeoverPlanned": 2}
    follow = [following(province, posting, n) for posting, n in zip(two, (5, 6), strict=True)]
    made = province.receipt(PROVINCE, "AppointSuccessors", "2019-04-26", successors=follow)
    assert made["events"] == {"SuccessorAppointed": 2, "PlacementNoted": 2}
    again = province.refused(PROVINCE, "AppointSuccessors", "2019-04-27", successors=follow[:1])
    assert again["code"] in ("successor_appointed", "person_holds_posting")


@pytest.mark.req("PE-108")
def test_a_successor_whose_predecessor_stays_on_is_refused(province: Province) -> None:
    posting, _ = on_post(province, 7, FOURTH)
    unplanned = following(province, posting, 9)
    staying = province.refused(PROVINCE, "AppointSuccessors", "2019-04-26", successors=[unplanned])
    assert (staying["code"], staying["accepted"]) == ("changeover_not_planned", "先计划接替，写明接任日期")
    foreign = {"changes": [{"posting": posting, "takes_over": FROM}], **BOARD, "reason": "轮换"}
    assert province.refused(OTHER_COUNTY, "PlanChangeovers", "2019-03-04", **foreign)["code"] == "out_of_reach"
    silent = {"changes": [{"posting": posting, "takes_over": FROM}], **BOARD}
    assert province.refused(PROVINCE, "PlanChangeovers", "2019-03-04", **silent)["code"] == "reason_missing"


@pytest.mark.req("PE-108")
def test_a_successor_who_does_not_come_leaves_the_incumbent_on_post(province: Province) -> None:
    posting, _ = on_post(province, 10, FIFTH)
    planned(province, posting)
    province.receipt(PROVINCE, "AppointSuccessors", "2019-04-26", successors=[following(province, posting, 11)])
    ill = {"posting": f"{LN2018}.{FIFTH}.2", "ground": "illness", **BOARD}
    before = coverage(province)
    province.receipt(COUNTY, "WithdrawCadre", "2019-05-06", **ill)
    assert coverage(province) == before
    province.receipt(PROVINCE, "AppointSuccessors", "2019-05-07", successors=[following(province, posting, 12)])
    last = province["personnel"].stored("SuccessorAppointed")[-1]
    assert last["successor"] == f"{LN2018}.{FIFTH}.3"


@pytest.mark.req("PE-035")
def test_a_replacement_in_mid_term_needs_its_reason_and_one_at_its_end_none(open_desk: Callable[..., Desk]) -> None:
    province = small(open_desk, (FIRST,), with_a_term(24))
    posting, _ = on_post(province, 1, FIRST)

    def plan(takes_over: str, **more: Any) -> dict[str, Any]:
        return {"changes": [{"posting": posting, "takes_over": takes_over}], **BOARD, **more}

    mid = province.refused(PROVINCE, "PlanChangeovers", "2019-03-04", **plan("2019-06-01"))
    assert (mid["code"], mid["field"]) == ("reason_missing", "reason")
    gap = province.refused(PROVINCE, "PlanChangeovers", "2019-03-04", **plan("2020-05-03"))
    assert (gap["code"], gap["accepted"]) == ("changeover_after_term", "不晚于 2020-05-02")
    province.receipt(PROVINCE, "PlanChangeovers", "2019-03-04", **plan("2019-06-01", reason="工作需要"))
    province.receipt(PROVINCE, "PlanChangeovers", "2019-03-05", **plan("2020-05-02"))
