"""How much of the year is played: the city, or a county of it; how many cases of each kind, drawn by which seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from demo.selection import spread

CITY: Final = "2107"
YEAR: Final = 2019
KINDS: Final = (
    "shortfall",
    "bound",
    "sham",
    "late",
    "corrected",
    "cut_short",
    "illness",
    "changeover",
)
"""What may befall a cadre of 2018; ``bound`` is no case: a month of just the days asked for."""
MANY: Final[Mapping[str, int]] = MappingProxyType(
    {
        "shortfall": 3,
        "bound": 3,
        "sham": 2,
        "late": 3,
        "corrected": 3,
        "cut_short": 3,
        "illness": 2,
        "changeover": 2,
        "secretary": 2,
        "short_year": 2,
        "bound_year": 2,
    }
)
"""Cases of each kind; ``secretary`` counts townships, the last two cadres of the second programme."""


@dataclass(frozen=True, slots=True)
class Extent:
    """``townships`` and ``villages`` places of the city's tier inside ``area``; ``of_counties`` those of the counties
    that send themselves; ``seconds`` places of the second programme in each of its counties.

    ``left_out`` are kinds of which the last case drawn is not played.
    """

    name: str
    area: str = CITY
    townships: int | None = None
    villages: int | None = None
    of_counties: tuple[str, ...] = ()
    seconds: Mapping[str, int] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=lambda: MANY)
    seed: str = f"{CITY}-{YEAR}"
    left_out: tuple[str, ...] = ()

    def thinned(self, codes: tuple[str, ...], places: int | None) -> tuple[str, ...]:
        """``places`` of the codes inside the area, at even distances; None for all."""
        inside = tuple(code for code in codes if code.startswith(self.area))
        return inside if places is None else spread(inside, min(places, len(inside)))


CITY_YEAR: Final = Extent("year", of_counties=("210726", "210727"), seconds={"210781": 105, "210782": 105})
COUNTY_YEAR: Final = Extent(
    "county",
    area="210727",
    townships=2,
    villages=26,
    seconds={"210727": 12},
    cases={**MANY, **dict.fromkeys(("illness", "changeover", "secretary"), 1)},
)
