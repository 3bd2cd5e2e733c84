"""Contracts of this service's messages, derived from the message classes, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.codec import EventTypes, Upcaster
from kernel.messages import Event
from services.personnel import channel, leg, person, posting, programme, returning, roster, submission, unit

EVENTS: tuple[type[Event], ...] = (
    programme.ProfileNoted,
    unit.UnitNoted,
    channel.ChannelSchemeFiled,
    person.PersonRegistered,
    roster.UnitQuotaNoted,
    roster.CadreNominated,
    roster.FormSubmitted,
    roster.InitialCheckPassed,
    roster.InitialCheckFailed,
    roster.CommunicationRecorded,
    roster.RenominationRequested,
    posting.PlacementNoted,
    posting.HandoverItemDone,
    posting.CadreOnPost,
    posting.RecallCaseNoted,
    posting.CadreRecalled,
    posting.ReplacementDue,
    returning.ReturnedToUnit,
    leg.SwapLegNominated,
    submission.NominationSubmitted,
    leg.SecondmentPostNoted,
    leg.SecondmentReported,
    leg.AppointmentRecorded,
    leg.SecondmentWithdrawn,
    leg.TermEnded,
    leg.AssessmentNoted,
    leg.FiledInArchive,
    leg.CadrePromoted,
)

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}

TYPES = EventTypes(EVENTS, UPCASTERS)
