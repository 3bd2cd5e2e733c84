"""What attendance does about events of other services: a profile, an office holder, a posting that begins or ends.

Invariant: each foreign fact becomes one event of this log, in the stream that will decide by it.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Context
from kernel.profiles import note_profile
from kernel.service import Reaction, Received, Room, Step
from programmes import managed, noted_calendar, offices
from services.attendance.money.quarter import NoteQuarterReview
from services.attendance.register.appointment import NoteAppointment
from services.attendance.register.register import CloseRegister, MoveRegister, OpenRegister


def on_post(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.CadreOnPost: the register opens on that day."""
    facts = received.fields("programme", "posting", "person", "target", "kind", "role")
    told = {name: received.data.get(name, "") for name in ("unit", "tier")}
    yield Step(f"register/{facts['posting']}", OpenRegister(context=context, **facts, **told))


def seconded(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.SecondmentReported: the register of a swapped cadre opens, at the host; leave is asked there."""
    facts = received.fields("programme", "person")
    leg, host, level = (received.data[name] for name in ("leg", "host", "level"))
    opening = OpenRegister(
        context=context, **facts, posting=leg, target=host, kind="secondment", role="挂职", unit="", tier=level
    )
    yield Step(f"register/{leg}", opening)


def member_joined(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.WorkTeamMemberJoined: a register opens where the profile has the attendance of members kept."""
    if received.data["register"]:
        facts = received.fields("programme", "person", "target", "role", "unit")
        member = received.data["member"]
        opening = OpenRegister(context=context, **facts, posting=member, kind="village", tier="")
        yield Step(f"register/{member}", opening)


def member_left(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.WorkTeamMemberLeft: the member's register closes, where there is one."""
    member = received.data["member"]
    closing = CloseRegister(context=context, posting=member, cause=received.recorded.type)
    yield Step(f"register/{member}", closing)


def quarter_reviewed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """evaluation.QuarterReviewHeld: the allowance of that quarter may be paid."""
    facts = received.fields("programme", "county", "quarter")
    stream = f"quarter-reviews/{facts['programme']}.{facts['county']}"
    yield Step(stream, NoteQuarterReview(context=context, **facts))


def appointed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.PostAppointmentRecorded: from that day on the register is good; days before it are flagged."""
    facts = received.fields("posting", "target")
    yield Step(f"appointment/{facts['posting']}", NoteAppointment(context=context, **facts))


def moved(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """personnel.PostingMoved: the register goes on under the new code of its place."""
    facts = received.fields("posting", "target")
    yield Step(f"register/{facts['posting']}", MoveRegister(context=context, **facts))


def ended(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The posting or secondment ends (recall, withdrawal, end of term): its register closes."""
    posting = received.data.get("posting") or received.data.get("leg")
    if posting:
        yield Step(
            f"register/{posting}",
            CloseRegister(context=context, posting=posting, cause=received.recorded.type),
        )


REACTIONS: dict[str, Reaction] = {
    "allocation.ProfilePublished": note_profile,
    **noted_calendar.REACTION,
    **offices.REACTIONS,
    "evaluation.QuarterReviewHeld": quarter_reviewed,
    **managed.REACTION,
    "personnel.CadreOnPost": on_post,
    "personnel.PostAppointmentRecorded": appointed,
    "personnel.PostingMoved": moved,
    "personnel.CadreRecalled": ended,
    "personnel.CadreWithdrawn": ended,
    "personnel.PostAdjusted": ended,
    "personnel.TermEnded": ended,
    "personnel.SecondmentReported": seconded,
    "personnel.SecondmentWithdrawn": ended,
    "personnel.WorkTeamMemberJoined": member_joined,
    "personnel.WorkTeamMemberLeft": member_left,
}

HEARD: frozenset[str] = frozenset(
    {
        "allocation.ProfilePublished",
        "allocation.OfficeHolderRecorded",
        "personnel.CadreOnPost",
        "personnel.CadreRecalled",
        "personnel.CadreWithdrawn",
        "personnel.TermEnded",
    }
)
"""What versions before 0.3.0 followed, whose logs do not say so; nothing is added here (``kernel.following``)."""
