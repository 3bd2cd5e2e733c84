"""三推两选两公示 on PostgreSQL: every step in its order, by its organ, with what it needs, and refused without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from stdnum.cn import ric

from tests.kit.desk import Desk, organ
from tests.kit.personnel.pool import (
    COMMITTEE,
    COMMUNITY,
    ELSEWHERE,
    GROUPS,
    HOME,
    MARKS,
    NEXT,
    OFFICE,
    QS2017,
    Pool,
    card,
    villages,
)


@pytest.fixture(scope="module")
def pool(open_desk: Callable[..., Desk]) -> Pool:
    return Pool(open_desk)


@pytest.mark.req("PE-074")
def test_nobody_is_recommended_before_the_township_announces(pool: Pool) -> None:
    early = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-24", **pool.asked(1))
    assert (early["code"], early["field"], early["clause"]) == ("duty_out_of_order", "village", "二（一）.3")
    assert "发布选拔公告" in early["accepted"]
    assert pool.desk.query(OFFICE, "reserves", programme=QS2017) == []
    pool.announce("2017-09-25")
    before = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-24", **pool.asked(1))
    assert (before["code"], before["accepted"]) == ("date_before_ground", "2017-09-25 起")
    for n, channel in enumerate(("village_party_organisation", "members_and_villagers", "self"), 1):
        pool.recommend(n, "2017-09-25", channel=channel)
    told = pool.desk.stored("ReserveRecommended")
    assert [one["channel"] for one in told] == ["village_party_organisation", "members_and_villagers", "self"]
    friend = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-26", **pool.asked(4, channel="friend"))
    assert (friend["code"], friend["field"]) == ("choice_unknown", "channel")


def test_one_person_stands_for_one_village(pool: Pool) -> None:
    pool.announce()
    reserve = pool.recommend(11)
    again = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-27", **pool.asked(11, village=NEXT))
    assert (again["code"], again["field"]) == ("person_registered_before", "id_number")
    person: dict[str, Any] = {"card": None, "person": reserve.partition(".")[2]}
    twice = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-27", **pool.asked(11, village=NEXT, **person))
    assert (twice["code"], twice["field"]) == ("in_pool_already", "person")
    neither = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-27", **pool.asked(11, card=None))
    assert neither["code"] == "card_or_person"
    # Of another township the number is held by nobody it may know of: a record of its own, open until it is settled.
    pool.announce("2017-09-25", "511425108")
    other = pool.recommend(11, village=ELSEWHERE)
    open_ = pool.refused(organ("township", "511425108"), "CheckReserveQualification", "2017-09-27", other)
    assert open_["code"] == "identity_open"


@pytest.mark.req("PE-071")
def test_a_group_that_is_not_printed_is_allowed_with_its_name(pool: Pool) -> None:
    pool.announce()
    nameless = pool.asked(20, card=card(20, identity_pool="其他"))
    refused = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-26", **nameless)
    assert (refused["code"], refused["field"], refused["clause"]) == (
        "reserve_pool_unknown",
        "identity_pool",
        "二（一）.1",
    )
    strange = pool.asked(20, card=card(20, identity_pool="网格员"))  # printed for communities
    assert pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-26", **strange)["code"] == "reserve_pool_unknown"
    pool.recommend(20, card=card(20, identity_pool="其他（民宿经营者）"))
    assert pool.desk.stored("ReserveCardFiled")[-1]["pool"] == "其他（民宿经营者）"
    pool.announce("2017-09-25", COMMUNITY[:9])
    pool.recommend(21, village=COMMUNITY, card=card(21, identity_pool="网格员"))
    assert pool.desk.stored("ReserveCardFiled")[-1]["pool"] == "网格员"


@pytest.mark.req("PE-072")
def test_the_age_is_a_note_and_the_school_a_condition(pool: Pool) -> None:
    pool.announce()
    low = pool.recommend(30, card=card(30, education="初中"))
    refused = pool.refused(COMMITTEE, "CheckReserveQualification", "2017-09-26", low)
    assert (refused["code"], refused["field"], refused["accepted"]) == ("schooling_too_low", "education", "高中及以上")
    assert refused["clause"] == "二（一）.2"
    guessed = pool.asked(31, card=card(31, education="高中以上"))
    assert pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-26", **guessed)["field"] == "education"
    # Born in July 1972: 45 in September 2017, still inside 25 to 45; a year older is outside, noted and accepted.
    ages = {1976: (41, False), 1972: (45, False), 1971: (46, True), 1992: (25, False), 1993: (24, True)}
    for n, (year, (age, outside)) in enumerate(ages.items(), 32):
        told = {"birth_month": f"{year}-07", "sex": "男" if n % 2 else "女"}
        reserve = pool.recommend(n, card=card(n, id_number=born_in(n, year), **told))
        assert pool.take(COMMITTEE, "CheckReserveQualification", "2017-09-26", reserve) == {
            "ReserveQualificationChecked": 1
        }
        found = pool.desk.stored("ReserveQualificationChecked")[-1]
        assert (found["age"], found["outside_band"], found["schooling"]) == (age, outside, "upper_secondary")


def born_in(n: int, year: int) -> str:
    front = f"210321{year}0715{n:03d}"
    return front + str(ric.calc_check_digit(front + "0"))


@pytest.mark.req("PE-073")
def test_all_four_marks_are_attested_before_the_inspection(pool: Pool) -> None:
    pool.announce()
    reserve = pool.recommend(40)
    pool.until(reserve, "CheckReserveQualification")
    three = pool.refused(COMMITTEE, "AttestReserveMarks", "2017-09-26", reserve, marks=MARKS[:3])
    assert (three["code"], three["field"], three["clause"]) == ("marks_missing", "marks", "二（一）.2")
    assert "群众口碑好" in three["sentence"]
    for name, on, said in pool.steps()[2:5]:
        pool.take(COMMITTEE, name, on, reserve, **said)
    early = pool.refused(COMMITTEE, "RecordReserveInspection", "2017-10-09", reserve, report="考察报告")
    assert (early["code"], early["accepted"]) == ("duty_out_of_order", "先办理条件鉴定")
    pool.take(COMMITTEE, "AttestReserveMarks", "2017-09-29", reserve, marks=MARKS)
    assert pool.take(COMMITTEE, "RecordReserveInspection", "2017-10-09", reserve, report="考察报告") == {
        "ReserveInspectionDone": 1
    }


@pytest.mark.req("PE-075")
def test_the_organisation_selects_after_the_masses(pool: Pool) -> None:
    pool.announce()
    reserve = pool.recommend(41)
    late: dict[str, Any] = {"present": GROUPS, "approve": 30, "oppose": 2}
    first = pool.refused(COMMITTEE, "RecordMassEvaluation", "2017-09-27", reserve, **late)
    assert (first["code"], first["accepted"]) == ("duty_out_of_order", "先办理资格审查")
    pool.until(reserve, "AttestReserveMarks")
    early = pool.refused(COMMITTEE, "SelectReserve", "2017-09-28", reserve, ground="配备计划")
    assert (early["code"], early["field"], early["accepted"]) == ("duty_out_of_order", "reserve", "先办理党员群众评选")
    pool.take(COMMITTEE, "RecordMassEvaluation", "2017-09-27", reserve, **late)
    assert pool.take(COMMITTEE, "SelectReserve", "2017-09-28", reserve, ground="配备计划") == {
        "ReserveOrganisationSelected": 1
    }
    again = pool.refused(COMMITTEE, "SelectReserve", "2017-09-28", reserve, ground="配备计划")
    assert again["code"] == "duty_done"


@pytest.mark.req("PE-076")
def test_a_meeting_without_one_of_the_three_groups_is_none(pool: Pool) -> None:
    pool.announce()
    reserve = pool.recommend(42)
    pool.until(reserve, "AttestReserveMarks")
    for present in ({name: GROUPS[name] for name in list(GROUPS)[:2]}, GROUPS | {"party_representatives": 0}):
        refused = pool.refused(
            COMMITTEE, "RecordMassEvaluation", "2017-09-27", reserve, present=present, approve=3, oppose=0
        )
        assert (refused["code"], refused["field"]) == ("group_missing", "present")
    many = pool.refused(COMMITTEE, "RecordMassEvaluation", "2017-09-27", reserve, present=GROUPS, approve=36, oppose=2)
    assert (many["code"], many["accepted"]) == ("votes_too_many", "各项不为负，合计不多于 37")
    # No quorum and no pass mark is printed: one vote for and many against are counted, not judged.
    pool.take(COMMITTEE, "RecordMassEvaluation", "2017-09-27", reserve, present=GROUPS, approve=1, oppose=36)
    told = pool.desk.stored("ReserveMassEvaluated")[-1]
    assert (told["present"], told["approve"], told["oppose"], told["abstain"]) == (GROUPS, 1, 36, 0)


@pytest.mark.req("PE-077")
def test_the_committee_decides_on_the_report_of_the_inspection(pool: Pool) -> None:
    pool.announce()
    reserve = pool.recommend(43)
    pool.until(reserve, "OpenPublicity")
    place = {"stage": "targets_public", "place": HOME}
    pool.take(COMMITTEE, "ClosePublicity", "2017-10-11", reserve, **place)
    early = pool.refused(COMMITTEE, "DetermineReserve", "2017-10-11", reserve, meeting="党委会")
    assert (early["code"], early["accepted"]) == ("duty_out_of_order", "先办理组织考察")
    county = pool.refused(OFFICE, "DetermineReserve", "2017-10-11", reserve, meeting="部务会")
    assert county["code"] == "role_not_allowed"
    pool.take(COMMITTEE, "RecordReserveInspection", "2017-10-11", reserve, report="考察报告")
    pool.take(COMMITTEE, "DetermineReserve", "2017-10-11", reserve, meeting="党委会〔2017〕9号")
    assert pool.desk.stored("ReserveDetermined")[-1]["meeting"] == "党委会〔2017〕9号"


@pytest.mark.req("PE-078")
def test_three_full_working_days_by_the_calendar_of_2017(pool: Pool) -> None:
    pool.announce()
    reserve = pool.recommend(44)
    pool.until(reserve, "SelectReserve")
    place = {"stage": "targets_public", "place": HOME}
    other = pool.refused(COMMITTEE, "OpenPublicity", "2017-09-29", reserve, stage="targets_public", place=NEXT)
    assert (other["code"], other["accepted"]) == ("publicity_elsewhere", HOME)
    pool.take(COMMITTEE, "OpenPublicity", "2017-09-29", reserve, **place)
    told = pool.desk.stored("PublicityOpened")[-1]
    # Friday 29 September: 30 September, 9 and 10 October count; the week of the holiday does not.
    assert (told["working_days"], told["decidable"], told["assumed"]) == (3, "2017-10-11", False)
    twice = pool.refused(COMMITTEE, "OpenPublicity", "2017-09-30", reserve, **place)
    assert twice["code"] == "publicity_posted"
    pool.take(COMMITTEE, "RecordReserveInspection", "2017-10-09", reserve, report="考察报告")
    running = pool.refused(COMMITTEE, "ClosePublicity", "2017-10-10", reserve, **place)
    assert (running["code"], running["accepted"], running["clause"]) == (
        "publicity_running",
        "2017-10-11 起",
        "二（一）.3",
    )
    early = pool.refused(COMMITTEE, "DetermineReserve", "2017-10-10", reserve, meeting="党委会")
    assert (early["code"], early["accepted"]) == ("duty_out_of_order", "先办理考察对象公示")
    pool.take(COMMITTEE, "ClosePublicity", "2017-10-11", reserve, **place, objections=["有群众反映意见，经核不实"])
    assert pool.desk.stored("PublicityClosed")[-1]["objections"] == ["有群众反映意见，经核不实"]
    before = pool.refused(COMMITTEE, "DetermineReserve", "2017-10-10", reserve, meeting="党委会")
    assert before["code"] == "date_before_ground"
    pool.take(COMMITTEE, "DetermineReserve", "2017-10-11", reserve, meeting="党委会")


@pytest.mark.req("PE-079")
def test_the_roster_takes_whom_the_home_village_was_told_of(pool: Pool) -> None:
    finding = {
        "programme": QS2017,
        "village": HOME,
        "stage": "selection",
        "scope": "township",
        "finding": "没有合适人选",
    }
    pool.announce()
    pool.desk.receipt(COMMITTEE, "OpenFallback", "2017-09-26", **finding)
    reserve = pool.recommend(45, home=NEXT)
    pool.until(reserve, "DetermineReserve", home=NEXT)
    early = pool.refused(COMMITTEE, "ActivateReserve", "2017-10-18", reserve)
    assert (early["code"], early["accepted"]) == ("duty_out_of_order", "先办理后备干部人选公示")
    second = {"stage": "reserves_public"}
    wrong = pool.refused(COMMITTEE, "OpenPublicity", "2017-10-12", reserve, **second, place=HOME)
    assert (wrong["code"], wrong["accepted"]) == ("publicity_elsewhere", NEXT)
    pool.take(COMMITTEE, "OpenPublicity", "2017-10-12", reserve, **second, place=NEXT)
    told = pool.desk.stored("PublicityOpened")[-1]
    # Three days, assumed and not printed: Friday 13, Monday 16, Tuesday 17 October.
    assert (told["working_days"], told["assumed"], told["decidable"]) == (3, True, "2017-10-18")
    running = pool.refused(COMMITTEE, "ClosePublicity", "2017-10-17", reserve, **second, place=NEXT)
    assert (running["code"], running["accepted"], running["clause"]) == (
        "publicity_running", "2017-10-18 起", "二（一）.3",
    )  # fmt: skip
    pool.take(COMMITTEE, "ClosePublicity", "2017-10-18", reserve, **second, place=NEXT)
    assert pool.take(COMMITTEE, "ActivateReserve", "2017-10-18", reserve) == {"ReserveActivated": 1}
    assert pool.desk.stored("ReserveActivated") == [
        {"person": reserve.partition(".")[2], "programme": QS2017, "village": HOME}
    ]
    row = pool.row(reserve)
    assert (row["status"], row["active_on"], row["home"]) == ("active", "2017-10-18", NEXT)
    assert pool.desk.replays()


@pytest.mark.req("PE-089")
def test_the_month_of_birth_is_that_of_the_id_number(pool: Pool) -> None:
    pool.announce()
    wrong = pool.asked(50, card=card(50, birth_month="1979-12", id_number=card(50)["id_number"]))
    refused = pool.desk.refused(COMMITTEE, "RecommendReserve", "2017-09-26", **wrong)
    assert [(d["field"], d["code"]) for d in refused["details"]] == [("birth_month", "identity_disagrees")]
    number = card(50)["id_number"]
    digit = number[:-1] + ("0" if number[-1] != "0" else "1")
    bad = pool.desk.refused(
        COMMITTEE, "RecommendReserve", "2017-09-26", **pool.asked(50, card=card(50, id_number=digit))
    )
    assert [(d["field"], d["code"]) for d in bad["details"]] == [("id_number", "id_number_invalid")]


@pytest.mark.req("AL-081")
def test_a_candidate_of_another_village_is_refused_before_the_finding(pool: Pool) -> None:
    pool.announce("2017-09-25", "511425110")
    own, near = villages("511425110")[:2]
    committee = organ("township", "511425110")

    def refused(home: str) -> dict[str, Any]:
        return pool.desk.refused(committee, "RecommendReserve", "2017-09-27", **pool.asked(60, village=own, home=home))

    early = refused(near)
    assert (early["code"], early["field"], early["clause"]) == ("finding_missing", "home", "二（一）.1")
    found = {"programme": QS2017, "village": own, "finding": "本村没有合适人选"}
    # One made for use opens no selection.
    pool.desk.receipt(committee, "OpenFallback", "2017-09-26", **found, stage="use", scope="township")
    assert refused(near)["code"] == "finding_missing"
    pool.desk.receipt(committee, "OpenFallback", "2017-09-26", **found, stage="selection", scope="township")
    # The finding reaches the own township and not beyond it.
    assert (refused(HOME)["code"], refused(HOME)["accepted"]) == ("home_out_of_reach", "township")
    assert refused("511425110")["code"] == "not_a_village"
    pool.recommend(60, "2017-09-27", village=own, home=near)
    assert pool.desk.stored("ReserveRecommended")[-1]["home"] == near
