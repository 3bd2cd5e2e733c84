"""The organs of a leg: which departments send and receive a cadre of a pair."""

from __future__ import annotations

from dataclasses import dataclass

from services.allocation.swap.pair_state import Pair


@dataclass(frozen=True, slots=True)
class LegOrgans:
    """The city departments of a leg: whose cadre it is and where the cadre serves (X-003)."""

    sending: str
    receiving: str


def leg_organs(pair: Pair, direction: str) -> LegOrgans:
    """The departments of a leg: out goes from the poor side, back comes from the developed side."""
    sending, receiving = pair.side(direction)
    return LegOrgans(sending, receiving)
