"""The case: interview, recall, record, in this order and by the county."""

from __future__ import annotations

import pytest

from kernel.messages import Event
from kernel.testing import given
from services.evaluation.clocks.case import FileRecallRecord, HoldInterview, RecallRecordFiled
from services.evaluation.clocks.trigger import RecallTriggerCleared
from services.evaluation.parts import CLOCK
from tests.kit.evaluation.cases import (
    OTHER_COUNTY,
    POSTING,
    T1,
    VILLAGE,
    at,
    day,
    idea,
    interviewed,
    raised,
    started,
    stopped,
)

OPEN = [started(), raised()]
FILED = RecallRecordFiled(
    occurred_on=day("2019-06-04"), case=T1, trigger="T1", posting=POSTING, target=VILLAGE, document="召回记录1号"
)


def interview(on: str = "2019-05-06", case: str = T1, **more: object) -> HoldInterview:
    return HoldInterview(context=at(on, **more), posting=POSTING, case=case, note="约谈记录1号")  # type: ignore[arg-type]


def record(on: str = "2019-06-04") -> FileRecallRecord:
    return FileRecallRecord(context=at(on), posting=POSTING, case=T1, document="召回记录1号")


def test_the_three_measures_in_order() -> None:
    given(CLOCK, *OPEN).when(interview()).then(interviewed())
    given(CLOCK, *OPEN, interviewed(), stopped()).when(record()).then(FILED)


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ([started()], "case_unknown"),
        (OPEN, "interview_missing"),
        ([*OPEN, interviewed()], "recall_missing"),
        ([*OPEN, interviewed(), stopped(case=None)], "recall_missing"),
        ([*OPEN, stopped()], "interview_missing"),
        ([*OPEN, interviewed(), stopped(), FILED], "case_closed"),
    ],
)
def test_the_record_comes_last(history: list[Event], code: str) -> None:
    given(CLOCK, *history).when(record()).rejected(code)


def test_the_interview_is_held_once_after_the_raising_by_the_county() -> None:
    given(CLOCK, *OPEN).when(interview("2019-05-02")).types("InterviewHeld")
    given(CLOCK, *OPEN).when(interview("2019-05-01")).rejected("interview_early", accepted="2019-05-02 起")
    given(CLOCK, *OPEN, interviewed()).when(interview()).rejected("interview_held")
    given(CLOCK, *OPEN).when(interview(by=OTHER_COUNTY)).rejected("not_your_business", kind="forbidden")
    given(CLOCK, *OPEN).when(interview(case=f"{POSTING}.T2")).rejected("case_unknown", kind="unknown")


def test_nobody_is_spoken_with_behind_the_posting_and_the_record_follows_the_recall() -> None:
    ended = [*OPEN, stopped("2019-05-13", case=None)]
    given(CLOCK, *ended).when(interview("2019-05-14")).rejected("outside_posting", accepted="2018-05-02 至 2019-05-13")
    given(CLOCK, *ended).when(interview("2019-05-13")).types("InterviewHeld")
    recalled = [*OPEN, interviewed(), stopped("2019-05-13")]
    given(CLOCK, *recalled).when(record("2019-05-12")).rejected("date_before_ground", rule="recall.record")
    given(CLOCK, *recalled).when(record("2019-05-13")).types("RecallRecordFiled")


def test_a_cleared_case_takes_no_measure() -> None:
    cleared = RecallTriggerCleared(
        occurred_on=day("2019-05-01"), case=T1, trigger="T1", posting=POSTING, target=VILLAGE
    )

    given(CLOCK, *OPEN, idea("2019-05-01"), cleared).when(interview()).rejected("case_cleared")
