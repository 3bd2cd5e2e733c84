"""Which postings a changeover concerns: the incumbent's, and the one that follows (PE-108)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kernel.grounds import in_force
from kernel.messages import Context
from kernel.service import Room, Step
from programmes.readers.organs import POSTS
from services.personnel.persons.person import Identify
from services.personnel.postings.changeover import (
    AppointNext,
    AppointSuccessors,
    PlanChangeover,
    PlanChangeovers,
    Relieve,
)
from services.personnel.postings.handover import NotePlacement
from services.personnel.postings.holding_plans import engaged
from services.personnel.postings.posting import Posting
from services.personnel.postings.refusals import POSTING_NOT_NOTED, SUCCESSOR_UNCHECKED
from services.personnel.postings.succession import Changeover

_OF_THE_PLACE = ("programme", "target", "kind", "unit", "channel", "tier", "weak")


def plan_changeovers(command: PlanChangeovers, room: Room) -> Iterable[Step]:
    """Each posting, by itself."""
    about = {"organ": command.organ, "document": command.document, "reason": command.reason}
    for change in command.changes:
        order = PlanChangeover(context=command.context, takes_over=change.takes_over, **about)
        yield Step(f"posting/{change.posting}", order)


def appoint_successors(command: AppointSuccessors, room: Room) -> Iterable[Step]:
    """The incumbent's posting and the one that follows, for a checked nominee of the same unit who holds nothing."""
    for following in command.successors:
        state = room.load(f"posting/{following.posting}")
        if state is None:
            raise POSTING_NOT_NOTED()
        placed = state.placed
        roster = room.load(f"roster/{placed.programme}.{placed.unit}")
        nominee = roster.nominees.get(following.nomination) if roster else None
        if nominee is None or nominee.status != "passed" or nominee.kind != placed.kind:
            raise SUCCESSOR_UNCHECKED(unit=placed.unit, nomination=following.nomination)
        successor, lapsed = _following_on(following.posting, room)
        appoint = AppointNext(
            context=command.context,
            successor=successor,
            nomination=following.nomination,
            appointed=nominee.person,
            lapsed=lapsed,
        )
        yield Step(f"person/{nominee.person}", Identify(context=command.context, field="successors"))
        yield Step(f"posting/{following.posting}", appoint)
        rules = in_force(room.rules(placed.programme, placed.target), placed.programme)
        about = {
            name: getattr(placed, name) for name in ("programme", "target", "kind", "unit", "channel", "tier", "weak")
        }
        note = NotePlacement(
            context=command.context,
            **about,
            role=rules.entry(POSTS, placed.kind),
            posting=successor,
            person=nominee.person,
            engaged=engaged(room, nominee.person, successor),
        )
        yield Step(f"posting/{successor}", note)


def _following_on(posting: str, room: Room) -> tuple[str, bool]:
    """The first number that no posting of the target has had, and whether those since the incumbent are over."""
    stem, number = posting.rsplit(".", 1)
    following, over = int(number) + 1, False
    while (state := room.load(f"posting/{stem}.{following}")) is not None:
        following, over = following + 1, not state.live
    return f"{stem}.{following}", over


def incumbent_of(posting: str, room: Room) -> tuple[Posting, Changeover] | None:
    """The posting that ``posting`` is to follow on, while it is held, and its changeover."""
    for row in room.find("select posting from postings where successor = %s", posting):
        before: Posting | None = room.load(f"posting/{row['posting']}")
        if before is not None and before.live and before.changeover is not None:
            return (before, before.changeover) if before.changeover.successor == posting else None
    return None


def relieving(context: Context, before: Posting, posting: str, on: date) -> Step:
    """The incumbent's posting ends with the day before ``on``."""
    return Step(f"posting/{before.placed.posting}", Relieve(context=context, successor=posting, on=on))
