"""Clocks and secondments: every command to the function named after it, every event into the state."""

from __future__ import annotations

from collections.abc import Sequence

from kernel.messages import Command, Event
from services.evaluation.assessment import assessment, review, secondment
from services.evaluation.assessment.assessment import SecondmentAssessed
from services.evaluation.assessment.review import SecondmentReportReviewed
from services.evaluation.assessment.secondment import Secondment, SecondmentNoted
from services.evaluation.clocks import case, clock, obligation, trigger
from services.evaluation.clocks.case import InterviewHeld, RecallRecordFiled
from services.evaluation.clocks.clock import Clock, RecallClockStarted, RecallClockStopped
from services.evaluation.clocks.trigger import RecallTriggerCleared, RecallTriggerRaised


def decide_clock(
    state: Clock | None, command: Command
) -> Sequence[
    RecallClockStopped
    | RecallClockStarted
    | RecallRecordFiled
    | RecallTriggerRaised
    | InterviewHeld
    | RecallTriggerCleared
]:
    """What follows from ``command``. Raises Rejected as the functions of the commands say."""
    match command:
        case clock.StartClock():
            return clock.start_clock(state, command)
        case clock.StopClock():
            return clock.stop_clock(state, command)
        case obligation.AcceptIdea() | obligation.AcceptIncomeChannel():
            return obligation.accept(state, command)
        case trigger.RaiseDue():
            return trigger.raise_due(state, command)
        case trigger.ClearTrigger():
            return trigger.clear_trigger(state, command)
        case case.HoldInterview():
            return case.hold_interview(state, command)
        case case.FileRecallRecord():
            return case.file_record(state, command)
    raise TypeError(f"a clock does not take {type(command).__name__}")


def evolve_clock(state: Clock | None, event: Event) -> Clock | None:
    """The state after ``event``; a clock begins with RecallClockStarted."""
    if isinstance(event, clock.RecallClockStarted):
        return clock.started(event)
    if state is None:
        return None
    match event:
        case clock.RecallClockStopped():
            return clock.stopped(state, event)
        case obligation.DevelopmentIdeaAccepted():
            return obligation.happened(state, obligation.IDEA, event.occurred_on)
        case obligation.IncomeChannelAccepted():
            return obligation.happened(state, obligation.CHANNEL, event.occurred_on)
        case trigger.RecallTriggerRaised():
            return trigger.raised(state, event)
        case trigger.RecallTriggerCleared():
            return trigger.cleared(state, event)
        case case.InterviewHeld():
            return case.interviewed(state, event)
        case case.RecallRecordFiled():
            return case.recorded(state, event)
    return state


def decide_secondment(
    state: Secondment | None, command: Command
) -> Sequence[SecondmentNoted | SecondmentReportReviewed | SecondmentAssessed]:
    """What follows from ``command``. Raises Rejected as the functions of the commands say."""
    match command:
        case secondment.NoteSecondment():
            return secondment.note_secondment(state, command)
        case assessment.AssessSecondment():
            return assessment.assess(state, command)
        case review.ReviewReport():
            return review.review(state, command)
    raise TypeError(f"a secondment does not take {type(command).__name__}")


def evolve_secondment(state: Secondment | None, event: Event) -> Secondment | None:
    """The state after ``event``; a secondment begins with SecondmentNoted."""
    if isinstance(event, secondment.SecondmentNoted):
        return Secondment(event)
    if state is None:
        return None
    match event:
        case assessment.SecondmentAssessed():
            return assessment.assessed(state, event)
        case review.SecondmentReportReviewed():
            return review.reviewed(state, event)
    return state
