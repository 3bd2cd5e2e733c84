"""Plans of bindings: a unit is bound with the posting it sends, and released with its village's target alone.

Invariant: whichever is heard first, posting or target, the binding ends as it would have ended in the order of the
facts; none is left that nothing can release any more (AL-040).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kernel.messages import Context
from kernel.service import Room, Step
from services.allocation.targets.binding import Bind, Release
from services.allocation.targets.village_target import VillageTargetNoted


def bind(context: Context, programme: str, unit: str, target: str, room: Room, *, refused: bool) -> Iterable[Step]:
    """The binding of a posting; where the village has reached its target, released at once.

    ``refused``: the notice lets a village that has reached its target take no unit any more, on or after that day.
    """
    reached_on: date | None = room.load(village_stream(programme, target))
    stream = binding_stream(programme, unit, target)
    yield Step(stream, Bind(context=context, unit=unit, target=target, reached_on=reached_on if refused else None))
    if reached_on is not None:
        yield Step(stream, Release(context=context, unit=unit, target=target, cause=VillageTargetNoted.__name__))


def binding_stream(programme: str, unit: str, code: str) -> str:
    """The stream of a unit-village binding."""
    return f"binding/{programme}.{unit}.{code}"


def village_stream(programme: str, code: str) -> str:
    """The stream of whether a village has reached its target."""
    return f"village-target/{programme}.{code}"
