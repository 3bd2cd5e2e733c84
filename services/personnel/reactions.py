"""What this service takes in of others: each foreign fact becomes an own event first. Read tolerantly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kernel.messages import Context
from kernel.profiles import note_profile
from kernel.service import Reaction, Received, Room, Step
from services.personnel.archive import NoteAssessment
from services.personnel.handover import NotePlacement
from services.personnel.recall import NoteRecallCase
from services.personnel.roster import NoteUnitQuota
from services.personnel.secondment import NoteSecondmentPost
from services.personnel.unit import NoteUnit


def unit_registered(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A sending unit and its channel."""
    data = received.data
    yield Step(
        f"unit/{data['unit']}",
        NoteUnit(
            context=context,
            unit=data["unit"],
            name=data.get("name", data["unit"]),
            channel=data["channel"],
            level=data.get("level", ""),
        ),
    )


def unit_quota_set(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The places of a unit."""
    data = received.data
    yield Step(
        f"roster/{data['programme']}.{data['unit']}",
        NoteUnitQuota(
            context=context,
            programme=data["programme"],
            unit=data["unit"],
            channel=data["channel"],
            townships=data["townships"],
            villages=data["villages"],
        ),
    )


def placement_confirmed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """A placement: opens the hand-over."""
    data = received.data
    yield Step(
        f"posting/{data['posting']}",
        NotePlacement(
            context=context,
            programme=data["programme"],
            target=data["target"],
            kind=data["kind"],
            role=data["role"],
            posting=data["posting"],
            person=data["person"],
            unit=data["unit"],
            channel=data["channel"],
            tier=data.get("tier", ""),
            weak=bool(data.get("weak", False)),
        ),
    )


def secondment_post_agreed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The post agreed for a leg."""
    yield Step(f"leg/{received.data['leg']}", NoteSecondmentPost(context=context, post=received.data["post"]))


def interview_held(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The interview of a recall case."""
    data = received.data
    yield Step(
        f"posting/{data['posting']}",
        NoteRecallCase(context=context, case=data["case"], trigger=data["trigger"], posting=data["posting"]),
    )


def secondment_report_reviewed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The reviewed assessment of a leg, cited by the digest of its report, or by the event where it has none."""
    assessment = received.data.get("report_sha256") or received.id
    yield Step(f"leg/{received.data['leg']}", NoteAssessment(context=context, assessment=str(assessment)))


REACTIONS: Mapping[str, Reaction] = {
    "allocation.ProfilePublished": note_profile,
    "allocation.UnitRegistered": unit_registered,
    "allocation.UnitQuotaSet": unit_quota_set,
    "allocation.PlacementConfirmed": placement_confirmed,
    "allocation.SecondmentPostAgreed": secondment_post_agreed,
    "evaluation.InterviewHeld": interview_held,
    "evaluation.SecondmentReportReviewed": secondment_report_reviewed,
}
