"""Contracts of this service's messages, derived from the message classes, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel import parked
from kernel.codec import EventTypes, Upcaster
from kernel.messages import Command, Event
from kernel.profiles import ProfileNoted
from services.evaluation.assessment import assessment, review, secondment
from services.evaluation.clocks import case, clock, obligation, trigger, waiting
from services.evaluation.villages import village

COMMANDS: tuple[type[Command], ...] = (
    obligation.AcceptIdea,
    obligation.AcceptIncomeChannel,
    trigger.RaiseDueTriggers,
    case.HoldInterview,
    case.FileRecallRecord,
    village.RecordDelisting,
    assessment.AssessSecondment,
    review.ReviewReport,
)

EVENTS: tuple[type[Event], ...] = (
    ProfileNoted,
    waiting.PostingHeld,
    waiting.PostingReleased,
    clock.RecallClockStarted,
    clock.RecallClockStopped,
    obligation.DevelopmentIdeaAccepted,
    obligation.IncomeChannelAccepted,
    trigger.RecallTriggerRaised,
    trigger.RecallTriggerCleared,
    case.InterviewHeld,
    case.RecallRecordFiled,
    village.VillageDelisted,
    secondment.SecondmentNoted,
    assessment.SecondmentAssessed,
    review.SecondmentReportReviewed,
)

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}

TYPES = EventTypes((*EVENTS, *parked.EVENTS), UPCASTERS)
