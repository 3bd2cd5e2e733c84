"""Who holds a place already, for plans that give places.

Invariant: of two confirmations of one person each counts the targets of the person's other proposals as read, so the
second is decided anew and sees the first. Two proposals of one programme that race claim the same attempt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kernel.service import Room
from services.allocation.placement.engagement import Engagement
from services.allocation.targets.target_plans import target_stream

_ENGAGED = """
select person, programme, target as place, state from placements
 where person = any(%s) and state in ('proposed', 'confirmed', 'on_post')
 union all
select s.person, s.programme, s.leg, 'leg' from swap_places s join pairs p using (programme, pair)
 where s.person = any(%s) and s.state <> 'lost' and p.ended_on is null
 order by programme, place
"""


def engagements(room: Room, persons: Iterable[str]) -> Mapping[str, Sequence[Engagement]]:
    """What each of ``persons`` holds; nothing for whoever is not named."""
    ids = sorted(set(persons))
    found: dict[str, list[Engagement]] = defaultdict(list)
    for row in room.find(_ENGAGED, ids, ids):
        found[row["person"]].append(Engagement(row["programme"], row["place"], row["state"]))
    return found


class Confirming:
    """The persons of one confirmation: what each holds elsewhere, the places confirmed by it included."""

    def __init__(self, room: Room, programme: str, persons: Iterable[str]) -> None:
        self._programme = programme
        self._held = {person: list(held) for person, held in engagements(room, persons).items()}
        open_ = [e for held in self._held.values() for e in held if e.state == "proposed"]
        room.load_all(target_stream(e.programme, e.place) for e in open_)

    def elsewhere(self, person: str, target: str) -> Engagement | None:
        """What ``person`` holds that is no mere proposal; from now on ``target`` is held too."""
        held = self._held.setdefault(person, [])
        found = next((e for e in held if e.state != "proposed"), None)
        held.append(Engagement(self._programme, target, "confirmed"))
        return found
