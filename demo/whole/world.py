"""The world of the whole batch: that of the scenario, with the senders of cities and counties."""

from __future__ import annotations

from dataclasses import dataclass, field

from cli.office import Office
from demo.cast import Unit
from demo.whole.extent import FULL, Extent
from demo.whole.selection import Whole
from demo.whole.senders import Sender
from demo.world import World
from kernel.text import digits

PROGRAMME = "LN2018"
TIERS = ("province", "city", "county")


@dataclass
class WholeWorld(World):
    """``senders`` are the cities and counties, ``local`` their units by id, ``picked`` the places that are played."""

    extent: Extent = FULL
    picked: Whole | None = None
    senders: list[Sender] = field(default_factory=list)
    local: dict[str, Unit] = field(default_factory=dict)

    def office(self, channel: str) -> Office:
        """Who speaks for a channel: a committee or enterprise, or the organisation department of a city or county."""
        if not digits(channel):
            return self.channel(channel)
        return self.city(channel) if len(channel) == 4 else self.county(channel)

    @property
    def chosen(self) -> Whole:
        """The places that are played. Raises LookupError before they were picked."""
        if self.picked is None:
            raise LookupError("no places were picked yet")
        return self.picked
