"""The world of 2015: the province of Shanxi, the units of the fragment with their counties and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cli.office import Office
from demo.world import World
from programmes import loader
from programmes.areas import registered
from programmes.organs import organ_of

PROGRAMME: Final = "SX2015"
SCOPE: Final = "14"
CHANNEL: Final = "山西省直机关"
AREAS: Final = registered(SCOPE)


@dataclass(frozen=True, slots=True)
class Sender:
    """A row of the fragment: a provincial unit by its printed name, the county it sends to, its places."""

    id: str
    name: str
    county: str
    places: int


def senders() -> tuple[Sender, ...]:
    """The rows of the fragment in their printed order."""
    rows = loader.load(PROGRAMME).rules["quota.fragment"]["value"]
    return tuple(Sender(f"SX{n:02d}", row["unit"], row["county"], row["places"]) for n, row in enumerate(rows, 1))


@dataclass
class ShanxiWorld(World):
    """``senders`` are the units, ``villages`` the villages of each county that somebody is sent to."""

    senders: tuple[Sender, ...] = field(default_factory=senders)
    villages: dict[str, list[str]] = field(default_factory=dict)
    candidates: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def counties(self) -> tuple[str, ...]:
        """The counties of the fragment."""
        return tuple(dict.fromkeys(sender.county for sender in self.senders))

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities of these counties."""
        return tuple(dict.fromkeys(county[:4] for county in self.counties))

    def of(self, county: str) -> Iterator[Sender]:
        """The units that send to a county."""
        return (sender for sender in self.senders if sender.county == county)

    def province(self, post: str = "干部处") -> Office:
        """The provincial organisation department."""
        return Office("p-province", post, organ_of("province_org", (SCOPE,), {}), "province_org", (SCOPE,))

    def poverty_office(self) -> Office:
        """The province's office for poverty."""
        return replace(self.province("社会扶贫处"), person="p-poverty", organ="山西省扶贫开发办公室")

    def senders_office(self) -> Office:
        """Who manages the provincial units."""
        units = (CHANNEL, *(sender.id for sender in self.senders))
        return Office("p-channel", "干部处", CHANNEL, "channel", (), units)

    def sending(self, sender: Sender) -> Office:
        """The personnel department and the party committee of a unit."""
        return Office(f"p-{sender.id.lower()}", "人事处", sender.name, "unit", (), (sender.id,))

    def system(self) -> Office:
        """The system itself: what falls due on a date that is given."""
        return replace(super().system(), areas=(SCOPE,))
