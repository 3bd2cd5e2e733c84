"""One cadre, one posting: whoever holds a place is not given a second one (AL-047).

Invariant: an open proposal, a placement, a leg and a place in a work team count alike, whatever the programme; each
ends with itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from kernel.errors import PaizhuError
from services.allocation.placement.refusals import NOMINEE_PLACED


@dataclass(frozen=True, slots=True)
class Engagement:
    """What a person holds. ``place`` is the code of the target, or with the ``state`` leg the key of the leg.

    With the ``state`` team it is the village of the team.
    """

    programme: str
    place: str
    state: str

    def __str__(self) -> str:
        return _SAID[self.state].format(f"{self.programme} {self.place}")


_SAID = {
    "proposed": "列入 {} 的分配方案",
    "confirmed": "确定到 {}",
    "on_post": "在 {} 任职",
    "leg": "列为 {} 的互派人选",
    "team": "在 {} 的驻村工作组",
}


def must_be_free(person: str, engaged: Engagement | None, *, field: str) -> None:
    """Check that ``person`` holds nothing. Raises Rejected: ``nominee_placed``, naming what the person holds."""
    if engaged is not None:
        raise NOMINEE_PLACED(person=f"人选 {person} ", engaged=engaged, field=field)


def proposed_meanwhile() -> PaizhuError:
    """The refusal where another proposal of the person won the race and is not to be seen yet."""
    return NOMINEE_PLACED(person="该人选", engaged="列入另一派驻点的分配方案", field="placements.person")
