"""Poor households are identified and on file: how many, by poor village and year, and nothing more (EV-043).

Source: 晋组通字〔2015〕41号 四.2, 「带领派驻村开展贫困户识别和建档立卡工作」. Which villages are
registered as poor is told by allocation. Invariant: only the number is taken in; a filing of a year done again is its
next version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order, Pattern
from kernel.part import Part
from programmes.quarters import first_of
from programmes.readers import reports
from programmes.roles import COUNTIES, TOWNSHIPS
from services.evaluation.assistance.refusals import HOUSEHOLDS_EARLY, HOUSEHOLDS_NEGATIVE, VILLAGE_NOT_POOR
from services.evaluation.scopes import scope

FilingYear = Annotated[str, Pattern("[1-9][0-9]{3}", accepted="年份，如 2015")]
_RULE = reports.HOUSEHOLDS.path


@dataclass(frozen=True, slots=True)
class VillageMark:
    """A village, and whether it is registered as poor."""

    target: Area
    poor: bool


class PoorVillagesNoted(Event, title="贫困村抄录"):
    """Villages of a county that are registered as poor from now on, or no longer."""

    rule: ClassVar[str | None] = _RULE
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area
    marks: tuple[VillageMark, ...]


class HouseholdsFiled(Event, title="贫困户建档立卡"):
    """So many poor ``households`` of the village were identified and are on file for the year."""

    rule: ClassVar[str | None] = _RULE
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    target: Area
    year: FilingYear
    households: int
    version: int
    document: Line


class NotePoorVillages(Order):
    """Write down which villages allocation.VillageKindsRecorded says are registered as poor."""

    programme: Key
    county: Area
    marks: tuple[VillageMark, ...]


class FileHouseholds(Command, title="登记贫困户建档立卡", roles=TOWNSHIPS | COUNTIES, concerns=("target",)):
    """Say how many poor households of a village are on file for a year, filed on the day of the command."""

    programme: Key
    target: Area
    year: FilingYear
    households: int
    document: Line


class HouseholdsFor(Order):
    """``FileHouseholds``, told whether the village was registered as poor on a day of the year."""

    programme: Key
    target: Area
    year: FilingYear
    households: int
    document: Line
    poor: bool


Marks = Mapping[str, tuple[tuple[date, bool], ...]]
"""By village the days on which it was registered as poor (True) or no longer (False), in order."""


def note(marks: Marks, command: NotePoorVillages) -> Sequence[PoorVillagesNoted]:
    """What is new of it on its day."""
    on = command.context.occurred_on
    new = tuple(one for one in command.marks if poor_within(marks, one.target, on, on) != one.poor)
    return (PoorVillagesNoted.carrying(command, marks=new),) if new else ()


def noted(marks: Marks, event: Event) -> Marks:
    """The state after PoorVillagesNoted."""
    if not isinstance(event, PoorVillagesNoted):
        return marks
    told = {one.target: {**dict(marks.get(one.target, ())), event.occurred_on: one.poor} for one in event.marks}
    return {**marks, **{target: tuple(sorted(days.items())) for target, days in told.items()}}


def poor_within(marks: Marks, target: str, first: date, last: date) -> bool:
    """Whether the village was registered as poor on any day from ``first`` to ``last``."""
    days = marks.get(target, ())
    before = [poor for since, poor in days if since <= first]
    return any(before[-1:]) or any(poor for since, poor in days if first < since <= last)


def file(filings: Mapping[str, int], command: HouseholdsFor) -> Sequence[HouseholdsFiled]:
    """The filing (EV-043).

    Raises:
        Rejected: ``foreign_area``, ``village_not_poor``, ``households_negative``, ``households_early``,
            ``rule_unknown``.
    """
    rules_of(command).value(reports.HOUSEHOLDS)
    must_cover(command.context.actor, command.target, field="target", rule=_RULE)
    if not command.poor:
        raise VILLAGE_NOT_POOR(target=command.target)
    if command.households < 0:
        raise HOUSEHOLDS_NEGATIVE(households=command.households)
    on = command.context.occurred_on
    if on < first_of(command.year):
        raise HOUSEHOLDS_EARLY(year=command.year, on=on)
    return (HouseholdsFiled.carrying(command, version=filings.get(command.year, 0) + 1),)


def filed(filings: Mapping[str, int], event: Event) -> Mapping[str, int]:
    """The state after HouseholdsFiled."""
    return {**filings, event.year: event.version} if isinstance(event, HouseholdsFiled) else filings


POOR_VILLAGES: Part[Marks] = Part("poor-villages/{programme}.{county}", {}, decides=(note,), evolve=noted, scope=scope)
"""Which villages of a county are registered as poor."""
HOUSEHOLDS: Part[Mapping[str, int]] = Part(
    "households/{programme}.{target}", {}, decides=(file,), evolve=filed, scope=scope
)
"""The filings of one village: by year the number of versions."""
