"""The care of active reserves on PostgreSQL: training, helpers and talks, records."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast
from tests.kit.personnel.pool import (
    COMMITTEE,
    ELSEWHERE,
    GROUPS,
    OFFICE,
    QS2017,
    Pool,
)

SESSION = {"kind": "concentrated", "mode": "县委党校集中培训", "content": "政策理论"}


@pytest.fixture
def pool(open_desk: Callable[..., Desk]) -> Pool:
    pool = Pool(open_desk)
    pool.announce()
    return pool


def persons(rows: list[dict[str, Any]]) -> set[str]:
    return {row["person"] for row in rows}


def lacking(pool: Pool, question: str, on: str) -> set[str]:
    return persons(pool.desk.query(OFFICE, question, programme=QS2017, as_of=on))


def owed(pool: Pool, person: str, on: str) -> list[tuple[Any, ...]]:
    names = ("period", "since", "due_on", "overdue", "area", "clause")
    rows = pool.desk.query(OFFICE, "due", as_of=on, kind="reserve_training")
    return [tuple(row[name] for name in names) for row in rows if row["subject"] == person]


@pytest.mark.req("PE-080", "PE-092")
def test_one_session_of_five_days_meets_the_obligation_and_nothing_else(pool: Pool) -> None:
    one, two = pool.active(1), pool.active(2)
    both = {one.partition(".")[2], two.partition(".")[2]}
    assert lacking(pool, "reserves_untrained", "2017-10-17") == set()  # nobody was a reserve yet
    assert lacking(pool, "reserves_untrained", "2017-10-18") == both
    for day in range(1, 6):
        assert pool.take(OFFICE, "RecordReserveTraining", f"2018-03-0{day}", one, **SESSION, days=1) == {
            "ReserveTrainingRecorded": 1
        }
    assert pool.take(OFFICE, "RecordReserveTraining", "2018-05-07", one, **SESSION, days=4) == {
        "ReserveTrainingRecorded": 1
    }
    degree = {"kind": "degree", "mode": "函授", "content": "农业经济", "days": 200}
    assert pool.take(OFFICE, "RecordReserveTraining", "2018-06-01", one, **degree) == {"ReserveTrainingRecorded": 1}
    assert lacking(pool, "reserves_untrained", "2018-12-31") == both
    assert pool.take(OFFICE, "RecordReserveTraining", "2018-06-04", one, **SESSION, days=5) == {
        "ReserveTrainingRecorded": 1, "TrainingObligationMet": 1
    }  # fmt: skip
    told = pool.desk.stored("TrainingObligationMet")[-1]
    assert (told["period"], told["since"], told["until"]) == (1, "2017-10-18", "2020-10-17")
    assert lacking(pool, "reserves_untrained", "2018-12-31") == both - {one.partition(".")[2]}
    due = partial(owed, pool, one.partition(".")[2])
    assert due("2018-06-03") == [("第 1 期", "2017-10-18", "2020-10-17", 0, "511425", "二（二）.1")]
    assert due("2018-06-04") == []
    assert due("2020-10-18") == [("第 2 期", "2020-10-18", "2023-10-17", 0, "511425", "二（二）.1")]
    assert partial(owed, pool, two.partition(".")[2])("2020-10-19") == [
        ("第 1 期", "2017-10-18", "2020-10-17", 2, "511425", "二（二）.1"),
        ("第 2 期", "2020-10-18", "2023-10-17", 0, "511425", "二（二）.1"),
    ]
    # The next three years ask anew: the last day of the first span is still met, the day after is not.
    assert one.partition(".")[2] not in lacking(pool, "reserves_untrained", "2020-10-17")
    assert one.partition(".")[2] in lacking(pool, "reserves_untrained", "2020-10-18")
    again = pool.take(OFFICE, "RecordReserveTraining", "2020-10-18", one, **SESSION, days=6)
    assert again["TrainingObligationMet"] == 1
    assert pool.desk.stored("TrainingObligationMet")[-1]["period"] == 2
    wrong = pool.refused(OFFICE, "RecordReserveTraining", "2018-06-01", one, **SESSION | {"kind": "tour"}, days=5)
    assert (wrong["code"], wrong["field"], wrong["clause"]) == ("choice_unknown", "kind", "二（二）.1")
    none = pool.refused(OFFICE, "RecordReserveTraining", "2018-06-01", one, **SESSION, days=0)
    assert none["code"] == "reserve_days_missing"
    early = pool.refused(OFFICE, "RecordReserveTraining", "2017-10-17", one, **SESSION, days=5)
    assert early["code"] == "date_before_ground"


@pytest.mark.req("PE-081")
def test_a_guest_counts_in_no_quorum(pool: Pool) -> None:
    guest, candidate = pool.active(3), pool.recommend(4)
    assert pool.take(COMMITTEE, "RecordReserveMeeting", "2017-11-01", guest, meeting="党员大会") == {
        "MeetingAttended": 1
    }
    assert pool.take(COMMITTEE, "RecordReserveMeeting", "2017-11-02", guest, meeting="院坝会") == {"MeetingAttended": 1}
    told = pool.desk.stored("MeetingAttended")
    assert [(one["number"], one["meeting"], one["listed"], one["guest"]) for one in told] == [
        (1, "党员大会", True, True), (2, "院坝会", False, True)
    ]  # fmt: skip
    # At the evaluation of another the guest is in none of the three groups, so none of the votes are of guests.
    pool.until(candidate, "AttestReserveMarks")
    asked: dict[str, Any] = {"present": {**GROUPS, "guests": 1}, "approve": 30, "oppose": 2}
    refused = pool.refused(COMMITTEE, "RecordMassEvaluation", "2017-11-02", candidate, **asked)
    assert (refused["code"], refused["field"]) == ("group_missing", "present")
    over = pool.refused(
        COMMITTEE, "RecordMassEvaluation", "2017-11-02", candidate, present=GROUPS, approve=38, oppose=0
    )
    assert over["code"] == "votes_too_many"
    not_yet = pool.refused(COMMITTEE, "RecordReserveMeeting", "2017-11-02", candidate, meeting="党员大会")
    assert not_yet["code"] == "not_active"


HELPER = {"helper": "h-1", "group": "乡镇领导班子成员", "about": {"name": "合成帮带", "post": "副书记"}}


@pytest.mark.req("PE-082")
def test_when_the_last_helper_goes_the_reserve_is_an_open_item(pool: Pool) -> None:
    reserve = pool.active(5)
    person = reserve.partition(".")[2]
    assert lacking(pool, "reserves_unhelped", "2017-11-01") == {person}
    unnamed = pool.refused(COMMITTEE, "AssignHelper", "2017-11-01", reserve, **HELPER | {"about": {"name": "合成"}})
    assert (unnamed["code"], unnamed["field"]) == ("helper_unnamed", "about")
    assert pool.take(COMMITTEE, "AssignHelper", "2017-11-01", reserve, **HELPER) == {"HelperAssigned": 1}
    assert "合成帮带" not in str(pool.desk.stored("HelperAssigned"))
    again = pool.refused(COMMITTEE, "AssignHelper", "2017-11-02", reserve, **HELPER)
    assert again["code"] == "helper_assigned"
    pool.take(COMMITTEE, "AssignHelper", "2017-11-02", reserve, **HELPER | {"helper": "h-2", "group": "退休教师"})
    assert [one["listed"] for one in pool.desk.stored("HelperAssigned")] == [True, False]
    assert lacking(pool, "reserves_unhelped", "2017-11-02") == set()
    assert pool.take(COMMITTEE, "ReleaseHelper", "2018-01-08", reserve, helper="h-1") == {"HelperReleased": 1}
    assert pool.take(COMMITTEE, "ReleaseHelper", "2018-01-09", reserve, helper="h-2") == {
        "HelperReleased": 1, "HelperMissing": 1
    }  # fmt: skip
    told = pool.desk.stored("HelperMissing")[-1]
    assert (told["person"], told["required"], told["helpers"]) == (person, 1, 0)
    assert lacking(pool, "reserves_unhelped", "2018-01-08") == set()
    assert lacking(pool, "reserves_unhelped", "2018-01-09") == {person}
    gone = pool.refused(COMMITTEE, "ReleaseHelper", "2018-01-10", reserve, helper="h-2")
    assert (gone["code"], gone["field"]) == ("helper_unknown", "helper")


@pytest.mark.req("PE-094")
def test_a_reserve_without_a_talk_in_the_interval_is_listed_with_its_helper(pool: Pool) -> None:
    reserve = pool.active(6)
    pool.take(COMMITTEE, "AssignHelper", "2017-11-01", reserve, **HELPER)
    told = pool.desk.stored("HelperAssigned")[-1]
    assert (told["talk_months"], told["talk_assumed"]) == (3, True)

    def silent(on: str) -> list[str]:
        rows = pool.desk.query(OFFICE, "helper_talks_lacking", programme=QS2017, as_of=on)
        assert all(row["talk_assumed"] for row in rows)
        return [row["helper"] for row in rows]

    assert (silent("2018-01-31"), silent("2018-02-01")) == ([], ["h-1"])
    stranger = pool.refused(COMMITTEE, "RecordHelperTalk", "2018-02-01", reserve, helper="h-9", content="思想动态")
    assert (stranger["code"], stranger["accepted"]) == ("helper_unknown", "h-1")
    pool.take(COMMITTEE, "RecordHelperTalk", "2018-02-01", reserve, helper="h-1", content="思想动态")
    assert (silent("2018-02-01"), silent("2018-04-30"), silent("2018-05-01")) == ([], [], ["h-1"])


@pytest.mark.req("PE-083")
def test_nine_of_ten_talked_with_is_not_all(pool: Pool) -> None:
    reserves = [pool.active(n) for n in range(10, 20)]

    def coverage(year: int) -> tuple[int, int, bool]:
        (row,) = pool.desk.query(OFFICE, "reserve_talk_coverage", programme=QS2017, year=str(year))
        return row["reserves"], row["talked"], row["met"]

    for reserve in reserves[:9]:
        pool.take(COMMITTEE, "RecordSecretaryTalk", "2018-03-05", reserve, content="工作生活")
    assert coverage(2018) == (10, 9, False)
    pool.take(COMMITTEE, "RecordSecretaryTalk", "2018-12-31", reserves[9], content="工作生活")
    assert coverage(2018) == (10, 10, True)
    # Each calendar year asks anew.
    pool.take(COMMITTEE, "RecordSecretaryTalk", "2019-01-01", reserves[9], content="工作生活")
    assert coverage(2019) == (10, 1, False)
    assert pool.desk.stored("SecretaryTalked")[-1]["met"] is True


PRACTICE = {"practice": "公益服务", "content": "敬老服务", "performance": "好", "opinion": "同意"}


@pytest.mark.req("PE-084", "PE-090", "PE-095")
def test_practice_headships_and_front_line_work_stand_on_the_sheet_with_four_quarters(pool: Pool) -> None:
    reserve = pool.active(20)
    person = reserve.partition(".")[2]
    pool.take(COMMITTEE, "RecordReservePractice", "2018-02-05", reserve, **PRACTICE)
    pool.take(COMMITTEE, "RecordReserveHeadship", "2018-03-01", reserve, organisation="农村经济组织", post="理事长")
    front = {"work": "脱贫攻坚", "content": "入户核查", "until": "2018-12-31"}
    pool.take(COMMITTEE, "RecordReserveFrontLine", "2018-04-02", reserve, **front)
    pool.take(OFFICE, "RecordReserveTraining", "2018-06-04", reserve, **SESSION, days=5)
    pool.take(COMMITTEE, "AssignHelper", "2017-11-01", reserve, **HELPER)
    pool.take(
        COMMITTEE, "RecordHelperTalk", "2018-08-20", reserve, helper="h-1", content="产业发展", opinion="进步明显"
    )
    (sheet,) = pool.desk.query(COMMITTEE, "reserve_sheet", programme=QS2017, person=person, year="2018")
    assert (sheet["fields"]["occupation"], sheet["fields"]["skills"]) == ("种植", "农机")
    assert sheet["fields"]["id_number"] == cast.id_number(20)
    printed = {
        *("name", "sex", "birth_month", "photo", "ethnicity", "native_place", "birthplace", "party_join_month"),
        *("work_start_month", "health", "occupation", "skills", "education", "school_and_major", "id_number", "phone"),
    }
    assert printed <= sheet["fields"].keys()
    assert sheet["practice"] == [{"on": "2018-02-05", **PRACTICE}]
    assert [row["organisation"] for row in sheet["headship"]] == ["农村经济组织"]
    assert [(row["work"], row["on"], row["until"]) for row in sheet["front_line"]] == [
        ("脱贫攻坚", "2018-04-02", "2018-12-31")
    ]
    assert [(row["mode"], row["days"], row["content"]) for row in sheet["training"]] == [
        ("县委党校集中培训", 5, "政策理论")
    ]
    # Four slots, three of them empty.
    assert [slot["quarter"] for slot in sheet["quarters"]] == [1, 2, 3, 4]
    assert [len(slot["help"]) for slot in sheet["quarters"]] == [0, 0, 1, 0]
    assert sheet["quarters"][2]["help"][0]["opinion"] == "进步明显"
    (empty,) = pool.desk.query(COMMITTEE, "reserve_sheet", programme=QS2017, person=person, year="2020")
    assert [(slot["quarter"], slot["help"]) for slot in empty["quarters"]] == [(n, []) for n in (1, 2, 3, 4)]
    read = pool.desk.stored("PersonalDataRead")[-1]
    assert (read["purpose"], read["persons"]) == ("reserve_sheet", [person])
    stranger = pool.desk.asked(
        organ("township", ELSEWHERE[:9]), "reserve_sheet", programme=QS2017, person=person, year="2018"
    )
    assert stranger["code"] == "sheet_not_shown"
    assert pool.desk.replays()


@pytest.mark.req("PE-091")
def test_without_an_amount_no_payment_is_computed(pool: Pool) -> None:
    reserve = pool.active(21)
    assert pool.take(COMMITTEE, "RecordLostWork", "2018-05-02", reserve, days=3) == {"LostWorkAllowanceRecorded": 1}
    told = pool.desk.stored("LostWorkAllowanceRecorded")[-1]
    assert (told["days"], told["fen"]) == (3, None)
    none = pool.refused(COMMITTEE, "RecordLostWork", "2018-05-02", reserve, days=0)
    assert (none["code"], none["field"]) == ("reserve_days_missing", "days")
    first = {"honour": "评先评优", "content": "县级优秀共产党员推荐人选"}
    assert pool.take(COMMITTEE, "RecordReserveHonour", "2018-07-01", reserve, **first) == {"ReserveHonoured": 1}
