"""The case a trigger opens: interview, then recall, then the record on file.

Source: the Jinzhou measures 二.2.
Invariant: the three stand in the printed order; a cleared case takes no further measure. The recall itself is
decided where postings are decided; here it is known by the clock having stopped for this case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.grounds import not_before
from kernel.messages import Area, Command, Event, Key, Line, Text
from programmes.refusals import INTERVIEW_MISSING
from programmes.roles import COUNTIES
from services.evaluation.clocks.clock import Case, Clock
from services.evaluation.clocks.obligation import by_the_county
from services.evaluation.clocks.refusals import (
    CASE_CLEARED,
    CASE_CLOSED,
    CASE_UNKNOWN,
    INTERVIEW_EARLY,
    INTERVIEW_HELD,
    OUTSIDE_POSTING,
    RECALL_MISSING,
)


class InterviewHeld(Event, title="约谈"):
    """The county spoke with the cadre about the case; ``note`` says where the minutes are kept."""

    rule: ClassVar[str | None] = "recall.interview"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    case: Key
    trigger: str
    posting: Key
    person: Key
    target: Area
    note: Text


class RecallRecordFiled(Event, title="召回备案"):
    """The case is closed; ``document`` names the record on file."""

    rule: ClassVar[str | None] = "recall.record"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    case: Key
    trigger: str
    posting: Key
    target: Area
    document: Line


class HoldInterview(Command, title="约谈", roles=COUNTIES, concerns=("posting",)):
    """Record the interview of an open case; ``note`` says where the minutes are kept, not what was said."""

    posting: Key
    case: Key
    note: Text


class FileRecallRecord(Command, title="召回记录归档", roles=COUNTIES, concerns=("posting",)):
    """Put a case on file after interview and recall; ``document`` names the record."""

    posting: Key
    case: Key
    document: Line


def hold_interview(clock: Clock, command: HoldInterview) -> Sequence[InterviewHeld]:
    """InterviewHeld.

    Raises:
        Rejected: ``case_unknown``, ``not_your_business``, ``case_cleared``, ``case_closed``, ``interview_held``,
            ``interview_early``; ``outside_posting`` after the posting has ended.
    """
    clock, case = _open(clock, command)
    if case.interviewed_on is not None:
        raise INTERVIEW_HELD(interviewed_on=case.interviewed_on)
    if command.context.occurred_on < case.raised_on:
        raise INTERVIEW_EARLY(raised_on=case.raised_on)
    if clock.stopped_on is not None and command.context.occurred_on > clock.stopped_on:
        raise OUTSIDE_POSTING(started_on=clock.started_on, stopped_on=clock.stopped_on)
    return (InterviewHeld.carrying(command, clock, trigger=case.trigger, posting=clock.posting),)


def file_record(clock: Clock, command: FileRecallRecord) -> Sequence[RecallRecordFiled]:
    """RecallRecordFiled.

    Raises:
        Rejected: ``case_unknown``, ``not_your_business``, ``case_cleared``, ``case_closed``, ``interview_missing``,
            ``recall_missing``, ``date_before_ground``.
    """
    clock, case = _open(clock, command)
    if case.interviewed_on is None:
        raise INTERVIEW_MISSING(act="归档", accepted="HoldInterview", rule="recall.measures")
    if clock.recalled_by != command.case:
        raise RECALL_MISSING()
    not_before(command, clock.stopped_on, "召回", "recall.record")
    return (RecallRecordFiled.carrying(command, clock, trigger=case.trigger, posting=clock.posting),)


def _open(clock: Clock, command: HoldInterview | FileRecallRecord) -> tuple[Clock, Case]:
    by_the_county(clock, command.context.actor, rule="recall.organ")
    case = clock.cases.get(command.case)
    if case is None:
        raise CASE_UNKNOWN(case=command.case, cases=clock.cases or "该岗位尚无召回案件")
    if case.cleared:
        raise CASE_CLEARED()
    if case.recorded_on is not None:
        raise CASE_CLOSED(recorded_on=case.recorded_on)
    return clock, case


def interviewed(clock: Clock, event: InterviewHeld) -> Clock:
    """The state after InterviewHeld."""
    return clock.with_case(event.case, replace(clock.cases[event.case], interviewed_on=event.occurred_on))


def recorded(clock: Clock, event: RecallRecordFiled) -> Clock:
    """The state after RecallRecordFiled."""
    return clock.with_case(event.case, replace(clock.cases[event.case], recorded_on=event.occurred_on))
