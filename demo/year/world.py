"""The world of the year: that of the whole batch in one city, with the second programme, the cases and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cli.office import Office
from demo.whole.world import PROGRAMME, WholeWorld
from demo.year.extent import CITY, Extent
from demo.year.planted import Case

SECOND: Final = "SX2015"
"""The second programme: the rules of 晋组通字〔2015〕41号 as a notice of this city, which never had it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A unit of a county that sends to that county's villages in the second programme."""

    id: str
    name: str
    county: str
    places: int


@dataclass
class YearWorld(WholeWorld):
    """``second`` are the units of the second programme, ``villages`` theirs by county; ``registers`` are all there
    were, as attendance says."""

    year: Extent = field(default_factory=lambda: Extent(""))
    second: list[Sender] = field(default_factory=list)
    villages: dict[str, list[str]] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    registers: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def host(self) -> Office:
        """The city's organisation department."""
        return self.city(CITY)

    def sending(self, sender: Sender) -> Office:
        """The personnel department of a unit of the second programme."""
        return Office(f"p-{sender.id.lower()}", "人事处", sender.name, "unit", (), (sender.id,))

    def sent_by(self, unit: str) -> Office:
        """A unit's party committee, of either programme."""
        return Office(f"p-unit-{unit.lower()}", "党委（党组）", unit, "unit", (), (unit,))

    def cadre(self, posting: str) -> Office:
        """The cadre of a posting."""
        return Office(self.registers[posting]["person"], "选派干部", "选派干部", "cadre")

    def played(self, kind: str) -> Iterator[Case]:
        """The cases of a kind that are played."""
        return (case for case in self.cases if case.kind == kind and case.played)

    def ask(self, service: str, name: str, after: Iterable[str] = (), **params: Any) -> list[dict[str, Any]]:
        """All rows of a question of the city."""
        return self.gateway.query(self.host, service, name, after=after, **params)

    def look_up(self) -> None:
        """Read the registers anew."""
        rows = self.ask("attendance", "registers", after=("personnel",))
        self.registers = {row["posting"]: row for row in rows}

    def of(self, programme: str) -> list[str]:
        """The postings of a programme that have a register."""
        return sorted(posting for posting in self.registers if posting.startswith(f"{programme}."))


__all__ = ["PROGRAMME", "SECOND", "Sender", "YearWorld"]
