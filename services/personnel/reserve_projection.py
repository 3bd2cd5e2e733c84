"""Read models of reserves: how far a village may look for them, and who was recommended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.reserve import FallbackOpened, ReserveRecommended

FALLBACKS = Table(
    "fallbacks",
    {"programme": "text", "village": "text", "stage": "text", "scope": "text"},
    {"finding": "text", "opened_on": "date"},
)
RESERVES = Table(
    "reserve_recommendations",
    {"programme": "text", "village": "text", "person": "text"},
    {"home": "text", "channel": "text", "recommended_on": "date"},
    (("person",),),
)
TABLES = (FALLBACKS, RESERVES)


def _opened(e: FallbackOpened) -> Iterable[Op]:
    yield FALLBACKS.put(e.programme, e.village, e.stage, e.scope, finding=e.finding, opened_on=e.occurred_on)


def _recommended(e: ReserveRecommended) -> Iterable[Op]:
    about = {"home": e.home, "channel": e.channel}
    yield RESERVES.put(e.programme, e.village, e.person, **about, recommended_on=e.occurred_on)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {FallbackOpened: _opened, ReserveRecommended: _recommended}
