"""Contracts of this service's messages, derived from the message classes, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel import parked
from kernel.codec import EventTypes, Upcaster
from kernel.messages import Command, Event
from kernel.profiles import ProfileNoted
from services.personnel.legs import leg, submission
from services.personnel.legs.archive import FileInArchive, PromoteCadre
from services.personnel.legs.pairing import NominateLegs
from services.personnel.legs.secondment import EndTerms, RecordAppointment, ReportForDuty, WithdrawLeg
from services.personnel.legs.submission import SubmitNomination
from services.personnel.nomination import channel, roster
from services.personnel.nomination.channel import FileChannelScheme
from services.personnel.nomination.check import CheckNominee, CheckNominees, RecordCommunication, RequestRenomination
from services.personnel.nomination.roster_plans import COLUMNS, ImportNominees, NominateCadre
from services.personnel.persons import person, unit
from services.personnel.postings import posting, returning
from services.personnel.postings.handover import RecordHandover
from services.personnel.postings.recall import RecallCadre
from services.personnel.postings.returning import RecordReturn
from services.personnel.privacy import disclosure, legal_hold, privacy
from services.personnel.reserves import joint_meeting, reserve

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
