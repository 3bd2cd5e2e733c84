"""The world of one run: the gateway, the offices that act, the places and persons, and what the run remembers.

A stage is a function of the world. Numbers that the summary shows are never kept here: they are read back at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from cli.client import Refused
from cli.office import Office
from demo.cast import Place, Unit
from demo.offices import Offices
from demo.people import People
from programmes.organs import organ_of
from programmes.roles import post_of

T = TypeVar("T")
R = TypeVar("R")


class Unexpected(Exception):
    """The system did what the scenario says it must not, or did not what it must."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of the scenario is played: so many places of each kind, None for all.

    ``spoiled`` are the roster rows with a wrong id number, too few copies, a doubled id number; ``failing`` those that
    fail the check.
    """

    name: str
    townships: int | None
    villages: int | None
    spoiled: tuple[int, int, int]
    failing: tuple[int, ...]


SCENARIO = Scale("scenario", None, None, (101, 301, 501), (50, 150, 250, 350, 400))
SMALL = Scale("small", 6, 34, (11, 21, 31), (3, 5, 8, 27, 29))


@dataclass
class World:
    """What the stages share."""

    gateway: Offices
    scale: Scale
    advance: Callable[[int], None]
    expect: Callable[[int], None]
    people: People
    channels: list[dict[str, Any]] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    pool: tuple[str, ...] = ()
    targets: dict[str, str] = field(default_factory=dict)
    secretaries: dict[str, str] = field(default_factory=dict)
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    # Offices

    def province(self, post: str = "干部处") -> Office:
        """The provincial organisation department."""
        return replace(_territorial("province_org", "p-province", "21"), post=post)

    def city(self, code: str) -> Office:
        """A city's organisation department."""
        return _territorial("city_org", f"p-city-{code}", code)

    def county(self, code: str) -> Office:
        """A county's organisation department."""
        return _territorial("county_org", f"p-county-{code}", code)

    def township(self, code: str) -> Office:
        """A township's party committee."""
        return _territorial("township", f"p-township-{code}", code)

    def secretary(self, code: str) -> Office:
        """The party secretary of a township, as recorded."""
        return replace(_territorial("township", self.secretaries[code], code), post="党委书记")

    def village(self, code: str) -> Office:
        """A village's party organisation."""
        return _territorial("village", f"p-village-{code}", code)

    def channel(self, name: str) -> Office:
        """A channel's cadre office; an enterprise acts for itself."""
        number, kind = next((n, c["kind"]) for n, c in enumerate(self.channels, 1) if c["channel"] == name)
        role = "enterprise" if kind == "enterprise" else "channel"
        units = tuple(u.id for u in self.units if u.channel == name)
        return Office(f"p-channel-{number:02d}", "干部处", name, role, (), (name, *units))

    def unit(self, unit: Unit) -> Office:
        """A unit's party committee."""
        return Office(f"p-unit-{unit.id.lower()}", "党委（党组）", unit.name, "unit", (), (unit.id,))

    def system(self) -> Office:
        """The system itself: what falls due on a date that is given."""
        return Office("system", "定时任务", "派驻系统", "system", ("21",))

    # Doing

    def each(self, act: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """Do the same for many things at once, with progress; gives what each gave."""
        calls = [partial(act, item) for item in items]
        self.expect(len(calls))
        return self.gateway.together(calls, self.advance)

    def one(
        self, office: Office, name: str, data: dict[str, Any], on: str, after: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Give one command, with progress."""
        self.expect(1)
        receipt = self.gateway.command(office, name, data, on, after=after)
        self.advance(1)
        return receipt

    def refused(
        self, code: str, office: Office, name: str, data: dict[str, Any], on: str, after: Iterable[str] = ()
    ) -> None:
        """Try a command that must be refused with ``code``."""
        self.expect(1)
        try:
            self.gateway.command(office, name, data, on, after=after)
        except Refused as refusal:
            if refusal.code != code:
                raise Unexpected(f"{name} was refused with {refusal.code}, not {code}: {refusal}") from None
            self.advance(1)
            return
        raise Unexpected(f"{name} was accepted; it must be refused with {code}")


def _territorial(role: str, person: str, area: str) -> Office:
    return Office(person, post_of(role), organ_of(role, (area,), {}), role, (area,))
