"""Contracts of this service's messages, derived from the message classes, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel import parked
from kernel.codec import EventTypes, Upcaster
from kernel.messages import Command, Event
from kernel.profiles import ProfileNoted
from services.personnel import (
    channel,
    disclosure,
    joint_meeting,
    leg,
    legal_hold,
    person,
    posting,
    privacy,
    reserve,
    returning,
    roster,
    submission,
    unit,
)
from services.personnel.archive import FileInArchive, PromoteCadre
from services.personnel.channel import FileChannelScheme
from services.personnel.check import CheckNominee, CheckNominees, RecordCommunication, RequestRenomination
from services.personnel.handover import RecordHandover
from services.personnel.pairing import NominateLegs
from services.personnel.recall import RecallCadre
from services.personnel.returning import RecordReturn
from services.personnel.roster_plans import COLUMNS, ImportNominees, NominateCadre
from services.personnel.secondment import EndTerms, RecordAppointment, ReportForDuty, WithdrawLeg
from services.personnel.submission import SubmitNomination

__all__ = ["COLUMNS", "COMMANDS", "EVENTS", "TYPES", "UPCASTERS"]

COMMANDS: tuple[type[Command], ...] = (
    FileChannelScheme,
    ImportNominees,
    NominateCadre,
    CheckNominee,
    CheckNominees,
    RecordCommunication,
    RequestRenomination,
    RecordHandover,
    RecallCadre,
    RecordReturn,
    NominateLegs,
    SubmitNomination,
    ReportForDuty,
    RecordAppointment,
    WithdrawLeg,
    EndTerms,
    FileInArchive,
    PromoteCadre,
    reserve.OpenFallback,
    reserve.RecommendReserve,
    joint_meeting.RecordJointMeeting,
    privacy.RequestErasure,
    privacy.ApproveErasure,
    privacy.ErasePerson,
    legal_hold.PlaceLegalHold,
    legal_hold.LiftLegalHold,
)

EVENTS: tuple[type[Event], ...] = (
    ProfileNoted,
    unit.UnitNoted,
    channel.ChannelSchemeFiled,
    person.PersonRegistered,
    person.PersonEnteredAgain,
    roster.UnitQuotaNoted,
    roster.CadreNominated,
    roster.FormSubmitted,
    roster.InitialCheckPassed,
    roster.InitialCheckFailed,
    roster.CommunicationRecorded,
    roster.RenominationRequested,
    roster.NomineeReplaced,
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
    reserve.FallbackOpened,
    reserve.ReserveRecommended,
    joint_meeting.JointMeetingHeld,
    disclosure.PersonalDataRead,
    privacy.ErasureRequested,
    privacy.ErasureApproved,
    privacy.PersonalDataExported,
    privacy.PersonErased,
    legal_hold.LegalHoldPlaced,
    legal_hold.LegalHoldLifted,
)

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}

TYPES = EventTypes((*EVENTS, *parked.EVENTS), UPCASTERS)
