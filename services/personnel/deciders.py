"""Which kind of stream decides which command: one ``match`` a kind, each hand-over to the function named after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.decider import Decider
from kernel.messages import Command
from services.personnel.basis import unknown
from services.personnel.legs import archive, leg, pairing, secondment
from services.personnel.legs.leg import (
    AppointmentRecorded,
    AssessmentNoted,
    CadrePromoted,
    FiledInArchive,
    SecondmentPostNoted,
    SecondmentReported,
    SecondmentWithdrawn,
    SwapLegNominated,
    TermEnded,
)
from services.personnel.legs.submission import SUBMISSION
from services.personnel.nomination import check, nomination, roster
from services.personnel.nomination.channel import CHANNEL
from services.personnel.nomination.roster import (
    CadreNominated,
    CommunicationRecorded,
    FormSubmitted,
    InitialCheckFailed,
    InitialCheckPassed,
    RenominationRequested,
    UnitQuotaNoted,
)
from services.personnel.persons.person import PERSON
from services.personnel.persons.unit import UNIT
from services.personnel.postings import handover, posting, recall
from services.personnel.postings.posting import (
    CadreOnPost,
    CadreRecalled,
    HandoverItemDone,
    PlacementNoted,
    RecallCaseNoted,
    ReplacementDue,
)
from services.personnel.postings.returning import ReturnedToUnit
from services.personnel.privacy.privacy import PRIVACY
from services.personnel.reserves.joint_meeting import JOINT_MEETING
from services.personnel.reserves.reserve import SOURCING


def programme_of(key: str) -> tuple[str | None, str | None]:
    """Scope of a stream whose key starts with the programme: its base rules."""
    return key.split(".", 1)[0], None


def programme_and_target(key: str) -> tuple[str | None, str | None]:
    """Scope of a posting: the programme's rules as supplemented where the target lies."""
    programme, target, _ = key.split(".")
    return programme, target


def decide_roster(
    state: roster.Roster | None, command: Command
) -> list[
    UnitQuotaNoted
    | RenominationRequested
    | CommunicationRecorded
    | InitialCheckFailed
    | InitialCheckPassed
    | CadreNominated
    | FormSubmitted
]:
    """Places, nominations, checks."""
    match command:
        case roster.NoteUnitQuota():
            return roster.note_quota(state, command)
        case nomination.Nominate():
            return nomination.nominate(state, command)
        case check.CheckNominee():
            return check.check(state, command)
        case check.RecordCommunication():
            return check.communicate(state, command)
        case check.RequestRenomination():
            return check.request(state, command)
    raise _foreign("roster", command)


def decide_posting(
    state: posting.Posting | None, command: Command
) -> list[
    CadreRecalled | ReplacementDue | RecallCaseNoted | ReturnedToUnit | PlacementNoted | HandoverItemDone | CadreOnPost
]:
    """Placement, hand-over, recall, return."""
    if isinstance(command, handover.NotePlacement):
        return handover.note_placement(state, command)
    if state is None:
        raise unknown("个选派岗位", "posting")
    match command:
        case handover.HandOver():
            return handover.hand_over(state, command)
        case recall.NoteRecallCase():
            return recall.note_case(state, command)
        case recall.RecallCadre():
            return recall.recall(state, command)
        case recall.TakeBack():
            return recall.take_back(state, command)
    raise _foreign("posting", command)


def decide_leg(
    state: leg.Leg | None, command: Command
) -> list[
    TermEnded
    | FiledInArchive
    | SecondmentWithdrawn
    | ReturnedToUnit
    | SecondmentPostNoted
    | SwapLegNominated
    | CadrePromoted
    | AssessmentNoted
    | AppointmentRecorded
    | SecondmentReported
]:
    """Nomination, service, end, archive, promotion."""
    if isinstance(command, pairing.NominateLeg):
        return pairing.nominate(state, command)
    if state is None:
        raise unknown("个互派人选", "leg")
    match command:
        case secondment.NoteSecondmentPost():
            return secondment.note_post(state, command)
        case secondment.Report():
            return secondment.report(state, command)
        case secondment.Appoint():
            return secondment.appoint(state, command)
        case secondment.WithdrawLeg():
            return secondment.withdraw(state, command)
        case secondment.EndTerm():
            return secondment.end_term(state, command)
        case secondment.TakeBackLeg():
            return secondment.take_back(state, command)
        case archive.NoteAssessment():
            return archive.note(state, command)
        case archive.FileInArchive():
            return archive.file(state, command)
        case archive.PromoteCadre():
            return archive.promote(state, command)
    raise _foreign("leg", command)


def _foreign(kind: str, command: Command) -> TypeError:
    return TypeError(f"a {kind} does not decide {type(command).__name__}")


ROSTER: Decider[roster.Roster | None] = Decider(None, decide_roster, roster.evolve, programme_of)
POSTING: Decider[posting.Posting | None] = Decider(None, decide_posting, posting.evolve, programme_and_target)
LEG: Decider[leg.Leg | None] = Decider(None, decide_leg, leg.evolve, programme_of)

DECIDERS: Mapping[str, Decider[Any]] = {
    "unit": UNIT,
    "channel": CHANNEL,
    "person": PERSON,
    "privacy": PRIVACY,
    "roster": ROSTER,
    "posting": POSTING,
    "leg": LEG,
    "submission": SUBMISSION,
    "reserves": SOURCING,
    "joint-meeting": JOINT_MEETING,
}
