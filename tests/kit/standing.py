"""A place for every role, such as a token of it must have."""

from __future__ import annotations

from typing import Final

from kernel.messages import Actor
from programmes.standing import PLACES, SENDERS

VILLAGE: Final = "210727101208"
"""In Yixian of Jinzhou, Liaoning."""
FIGURES: Final = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}


def placed(role: str, village: str = VILLAGE, *units: str, person: str = "p-test") -> Actor:
    """An actor of ``role``: over the division of its level that ``village`` lies in, or for ``units`` (by default a
    channel)."""
    areas = (village[: FIGURES[PLACES[role]]],) if role in PLACES else ()
    own = (units or ("省直机关工委",)) if role in SENDERS else ()
    return Actor(person, f"{role} post", f"{role} organ", role, areas, own)
