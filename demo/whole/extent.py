"""How much of the batch is played: all ten cities, or a few of them and fewer places of the province."""

from __future__ import annotations

from dataclasses import dataclass, replace

from demo.selection import Selection, spread
from demo.whole.selection import Whole


@dataclass(frozen=True, slots=True)
class Extent:
    """``cities`` None: all. ``province``: (townships, villages) of the province's tier that are played, None: all."""

    name: str
    cities: tuple[str, ...] | None = None
    province: tuple[int, int] | None = None

    def of(self, every: Whole) -> Whole:
        """The places that are played: cities and counties keep theirs whole, the province's are thinned evenly."""
        province = every.province
        if self.province is not None:
            townships, villages = self.province
            province = Selection(spread(province.townships, townships), spread(province.villages, villages))
        if self.cities is None:
            return replace(every, province=province)
        cities = self.cities
        city = Selection(
            tuple(code for code in every.city.townships if code.startswith(cities)),
            tuple(code for code in every.city.villages if code.startswith(cities)),
        )
        county = tuple(code for code in every.county if code.startswith(cities))
        return replace(every, province=province, city=city, county=county)


FULL = Extent("full")
PILOT = Extent("pilot", ("2105",), (5, 40))
