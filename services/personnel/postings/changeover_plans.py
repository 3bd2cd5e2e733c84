"""Which postings a changeover concerns: the incumbent's, and the one that follows (PE-108).

Where a notice lays down steps, the successor is a candidate of them, and appointing one is the step that determines the
village: by whom the profile says, after what it says. Elsewhere it is a nominee of the roster who passed the check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from kernel.grounds import in_force
from kernel.messages import Context
from kernel.service import Room, Step
from programmes.readers.candidacy import NOMINATION
from programmes.readers.organs import POSTS
from services.personnel.persons.person import Identify
from services.personnel.postings.changeover import (
    AppointNext,
    AppointSuccessors,
    DetermineSuccessor,
    Following,
    Lapse,
    PlanChangeover,
    PlanChangeovers,
    Relieve,
    Sign,
    SignHandover,
)
from services.personnel.postings.handover import NotePlacement
from services.personnel.postings.holding_plans import engaged, giving
from services.personnel.postings.posting import PlacementNoted, Posting
from services.personnel.postings.refusals import POSTING_NOT_NOTED, SUCCESSOR_UNCHECKED
from services.personnel.postings.succession import Changeover

_OF_THE_PLACE = ("programme", "target", "kind", "unit", "channel", "tier", "weak")
_AWAITED = """
select posting from postings
 where person = %s and posting <> %s and status in ('placed', 'in_transfer') order by posting
"""


def plan_changeovers(command: PlanChangeovers, room: Room) -> Iterable[Step]:
    """Each posting, by itself."""
    about = {"organ": command.organ, "document": command.document, "reason": command.reason}
    for change in command.changes:
        lapsed = not follows(room.load(f"posting/{change.posting}"), room)
        order = PlanChangeover(context=command.context, takes_over=change.takes_over, lapsed=lapsed, **about)
        yield Step(f"posting/{change.posting}", order)


def sign_handover(command: SignHandover, room: Room) -> Iterable[Step]:
    """The incumbent's posting, told whether the successor comes."""
    lapsed = not follows(room.load(f"posting/{command.posting}"), room)
    yield Step(f"posting/{command.posting}", Sign(**vars(command), lapsed=lapsed))


def appoint_successors(command: AppointSuccessors, room: Room) -> Iterable[Step]:
    """The incumbent's posting and the one that follows, for a checked nominee of the same unit who holds nothing.

    Raises:
        Rejected: ``posting_not_noted``, ``successor_unchecked``.
    """
    for following in command.successors:
        state = room.load(f"posting/{following.posting}")
        if state is None:
            raise POSTING_NOT_NOTED()
        placed = state.placed
        rules = in_force(room.rules(placed.programme, placed.target), placed.programme)
        by_steps = rules.has(NOMINATION.path)
        person = _candidate(following, placed, room) if by_steps else _nominee(following, placed, room)
        if person is None or room.load(f"privacy/{person}").erased:
            raise SUCCESSOR_UNCHECKED(unit=placed.unit, nomination=following.nomination)
        successor = _following_on(following.posting, room)
        appoint = AppointNext(
            context=command.context,
            successor=successor,
            nomination=following.nomination,
            appointed=person,
            lapsed=not follows(state, room),
        )
        yield Step(f"person/{person}", Identify(context=command.context, field="successors"))
        yield Step(f"posting/{following.posting}", appoint)
        if by_steps:
            order = DetermineSuccessor(context=command.context, target=placed.target, posting=successor)
            yield Step(f"candidacy/{following.nomination}", order)
        about = {name: getattr(placed, name) for name in _OF_THE_PLACE}
        note = NotePlacement(
            context=command.context,
            **about,
            role=rules.entry(POSTS, placed.kind),
            posting=successor,
            person=person,
            engaged=engaged(room, person, successor),
        )
        yield from giving(note, room)


def _nominee(following: Following, placed: PlacementNoted, room: Room) -> str | None:
    """The person of a nominee who passed the check for a place of the kind; None where there is none."""
    roster = room.load(f"roster/{placed.programme}.{placed.unit}")
    nominee = roster.nominees.get(following.nomination) if roster else None
    if nominee is None or nominee.status != "passed" or nominee.kind != placed.kind:
        return None
    return str(nominee.person)


def _candidate(following: Following, placed: PlacementNoted, room: Room) -> str | None:
    """The person of a candidate of the unit who has not failed; None where there is none."""
    state = room.load(f"candidacy/{following.nomination}")
    if state is None or state.failed is not None:
        return None
    filed = state.filed
    return str(filed.person) if (filed.programme, filed.unit) == (placed.programme, placed.unit) else None


def _following_on(posting: str, room: Room) -> str:
    """The first number that no posting of the target has had."""
    stem, number = posting.rsplit(".", 1)
    following = int(number) + 1
    while room.load(f"posting/{stem}.{following}") is not None:
        following += 1
    return f"{stem}.{following}"


def follows(state: Posting | None, room: Room) -> bool:
    """Whether somebody is appointed to follow on the posting and still comes."""
    successor = state.changeover.successor if state is not None and state.changeover is not None else None
    found = room.load(f"posting/{successor}") if successor else None
    return found is not None and found.live


def incumbent_of(posting: str, room: Room) -> tuple[Posting, Changeover] | None:
    """The posting that ``posting`` is to follow on, while it is held, and its changeover."""
    for row in room.find("select posting from postings where successor = %s", posting):
        before: Posting | None = room.load(f"posting/{row['posting']}")
        if before is not None and before.live and before.changeover is not None:
            return (before, before.changeover) if before.changeover.successor == posting else None
    return None


def lapsing(
    room: Room, person: str, posting: str, context: Context, cause: Literal["elsewhere", "erased"]
) -> Iterator[Step]:
    """What ``person`` is to follow as, other than ``posting``: whoever is posted elsewhere or erased does not come.

    What allocation confirmed stands: a changeover it had heard of before would have kept it from confirming.
    """
    for row in room.find(_AWAITED, person, posting):
        if incumbent_of(row["posting"], room) is not None:
            yield Step(f"posting/{row['posting']}", Lapse(context=context, cause=cause))


def relieving(context: Context, before: Posting, posting: str, on: date) -> Step:
    """The incumbent's posting ends with the day before ``on``."""
    return Step(f"posting/{before.placed.posting}", Relieve(context=context, successor=posting, on=on))
