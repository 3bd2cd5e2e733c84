"""Who holds a place already, for plans that give places.

Invariant: whatever gives a person a place moves the person's own stream (``holder``), so of two at once the second is
decided anew and sees the first. Two proposals of one programme that race claim the same attempt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kernel.messages import Context
from kernel.service import Received, Room, Step
from services.allocation.placement.engagement import Engagement
from services.allocation.placement.holder import Disengage, Engage, State

_ENGAGED = """
select person, programme, target as place, state from placements
 where person = any(%s) and state in ('proposed', 'confirmed', 'on_post')
 union all
select s.person, s.programme, s.leg, 'leg' from swap_places s join pairs p using (programme, pair)
 where s.person = any(%s) and s.state <> 'lost' and p.ended_on is null
 union all
select person, programme, target, 'confirmed' from demanded_villages where person = any(%s) and assigned <> ''
 order by programme, place
"""


def engagements(room: Room, persons: Iterable[str]) -> Mapping[str, Sequence[Engagement]]:
    """What each of ``persons`` holds; nothing for whoever is not named."""
    ids = sorted(set(persons))
    found: dict[str, list[Engagement]] = defaultdict(list)
    for person in ids:
        held = room.load(holder_stream(person))
        found[person] += [place for place in held.places.values() if place.state == "team"] if held else []
    for row in room.find(_ENGAGED, ids, ids, ids):
        found[row["person"]].append(Engagement(row["programme"], row["place"], row["state"]))
    return found


class Confirming:
    """The persons of one confirmation: what each holds elsewhere, the places confirmed by it included."""

    def __init__(self, room: Room, programme: str, persons: Iterable[str]) -> None:
        self._programme = programme
        ids = sorted(set(persons))
        room.load_all(map(holder_stream, ids))  # before looking: whatever gives one of them a place moves this stream
        self._held = {person: list(held) for person, held in engagements(room, ids).items()}

    def elsewhere(self, person: str, target: str) -> Engagement | None:
        """What ``person`` holds that is no mere proposal; from now on ``target`` is held too."""
        held = self._held.setdefault(person, [])
        found = next((e for e in held if e.state != "proposed"), None)
        held.append(Engagement(self._programme, target, "confirmed"))
        return found


def holder_stream(person: str) -> str:
    """The stream of what a person holds."""
    return f"holder/{person}"


def engaging(
    context: Context, person: str, holds: str, state: State, field: str, before: Engagement | None = None
) -> Step:
    """The person is given a place: ``holds`` is the posting or member ``<programme>.<target>.<n>``, or a leg's key."""
    programme, place = _place(holds, state)
    order = Engage(
        context=context,
        person=person,
        programme=programme,
        place=place,
        state=state,
        holds=holds,
        field=field,
        before=before,
    )
    return Step(holder_stream(person), order)


def engaging_alone(room: Room, context: Context, person: str, holds: str, state: State, field: str) -> Step:
    """``engaging`` for one person, told what the read models say of a place given before the person had a stream."""
    before = None
    if room.load(holder_stream(person)) is None:
        own = _place(holds, state)
        held = (e for e in engagements(room, (person,)).get(person, ()) if (e.programme, e.place) != own)
        before = next((e for e in held if e.state != "proposed"), None)
    return engaging(context, person, holds, state, field, before)


def _place(holds: str, state: State) -> tuple[str, str]:
    programme, place = holds.split(".", 1)
    return programme, holds if state == "leg" else place.rsplit(".", 1)[0]


def released(received: Received, context: Context, holds: str) -> Iterable[Step]:
    """The posting or leg of the person that the event names is over."""
    if person := received.data.get("person"):
        yield disengaging(context, person, holds, received.recorded.type)


def disengaging(context: Context, person: str, holds: str, cause: str) -> Step:
    """The posting or leg of a person is over."""
    return Step(holder_stream(person), Disengage(context=context, person=person, holds=holds, cause=cause))


def member_joined(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """WorkTeamMemberJoined: who is in a work team gets no other place meanwhile (AL-047, PE-110)."""
    member = received.data["member"]
    yield engaging(context, received.data["person"], member, "team", "person")


def member_left(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """WorkTeamMemberLeft: the person is free of the team."""
    yield from released(received, context, received.data["member"])
