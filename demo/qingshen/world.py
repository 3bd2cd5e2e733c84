"""The world of 2017: the county of 青神 with its townships, villages and communities."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from cli.office import Office
from demo.world import World
from programmes.areas import registered
from programmes.organs import organ_of

PROGRAMME: Final = "QS2017"
SCOPE: Final = "51"
COUNTY: Final = "511425"
AREAS: Final = registered(SCOPE)
PER_VILLAGE: Final = 2


@dataclass(frozen=True, slots=True)
class Reserve:
    """A person in the pool: the key of commands, and the village."""

    key: str
    village: str


@dataclass
class QingshenWorld(World):
    """``reserves`` are those in the pool, by their villages' codes."""

    reserves: list[Reserve] = field(default_factory=list)
    villages: tuple[str, ...] = tuple(village.code for village in AREAS.within(COUNTY, "village"))

    @property
    def townships(self) -> tuple[str, ...]:
        """The townships that have villages."""
        return tuple(dict.fromkeys(village[:9] for village in self.villages))

    def province(self, post: str = "干部处") -> Office:
        """The provincial organisation department."""
        return Office("p-province", post, organ_of("province_org", (SCOPE,), {}), "province_org", (SCOPE,))

    def system(self) -> Office:
        """The system itself: what falls due on a date that is given."""
        return replace(super().system(), areas=(SCOPE,))
