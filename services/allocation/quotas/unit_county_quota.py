"""Places of provincial units by county, as a notice's table prints them; where only a fragment survives, a fragment.

Invariant: a unit stands in one row, a printed row that is entered otherwise carries its reason, and nothing adds the
rows up to a figure of the province, because the rest of the table is lost (AL-036).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line
from kernel.part import Part
from programmes.readers.quota import FRAGMENT, MORE_FROM, UnitPlaces
from programmes.roles import PROVINCE
from services.allocation.grounds import must_give_reason
from services.allocation.quotas.refusals import COUNTY_ROW_WRONG, QUOTAS_UNCHANGED, UNIT_TWICE
from services.allocation.words import programme_of


@dataclass(frozen=True, slots=True)
class UnitCounty:
    """A row of the table: a unit by its printed name, the county it sends to, its places; ``tags`` say what it is."""

    unit: Line
    county: Area
    places: int
    tags: Few[Key] = ()


class SetUnitCountyQuotas(Command, title="登记省直单位分县名额", roles=PROVINCE, concerns=("programme",)):
    """Enter rows of the table; none named: as printed. ``reason`` is needed where a printed row becomes another."""

    programme: Key
    rows: tuple[UnitCounty, ...] = ()
    reason: str = ""


class UnitCountyQuotaSet(Event, title="省直单位分县名额"):
    """A unit sends so many to the county. ``printed`` are the places printed for both, None where none are.

    ``row`` is the row of the print, 0 where the surviving print has none; ``reason`` says why a printed row is another.
    ``suggested`` names the tags for which the notice wants more from the unit: it prints no amount, so nothing is added
    here, and whoever enters more says why (AL-041).
    """

    rule = FRAGMENT.path
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: str
    unit: str
    county: Area
    places: int
    row: int
    printed: int | None
    reason: str
    tags: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()


def decide(state: Mapping[str, UnitCounty], command: SetUnitCountyQuotas) -> Sequence[UnitCountyQuotaSet]:
    """``state`` holds the rows entered so far, by unit. Source: 晋组通字〔2015〕41号 附件2."""
    printed = {row.unit: row for row in rules_of(command).value(FRAGMENT)}
    rows = command.rows or tuple(UnitCounty(row.unit, row.county, row.places) for row in printed.values())
    units = [row.unit for row in rows]
    for row in rows:
        if units.count(row.unit) > 1:
            raise UNIT_TWICE(unit=row.unit)
        if len(row.county) != 6 or row.places < 1:
            raise COUNTY_ROW_WRONG(unit=row.unit, county=row.county, places=row.places)
    changed = [row for row in rows if state.get(row.unit) != row]
    if not changed:
        raise QUOTAS_UNCHANGED()
    must_give_reason(command.reason, list(_otherwise(changed, printed)), FRAGMENT.path)
    return [_set(command, row, printed.get(row.unit)) for row in changed]


def _otherwise(rows: Sequence[UnitCounty], printed: Mapping[str, UnitPlaces]) -> Iterator[UnitCounty]:
    """The rows whose unit is printed with another county or other places."""
    for row in rows:
        found = printed.get(row.unit)
        if found is not None and (found.county, found.places) != (row.county, row.places):
            yield row


def _set(command: SetUnitCountyQuotas, row: UnitCounty, printed: UnitPlaces | None) -> UnitCountyQuotaSet:
    """The row as entered beside the printed one (AL-036); who is suggested for more gets no more by that (AL-041)."""
    there = printed is not None and printed.county == row.county
    differs = printed is not None and (printed.county, printed.places) != (row.county, row.places)
    return UnitCountyQuotaSet.carrying(
        command,
        row,
        row=printed.row if printed else 0,
        printed=printed.places if printed and there else None,
        reason=command.reason if differs else "",
        suggested=tuple(tag for tag in row.tags if tag in rules_of(command).value(MORE_FROM)),
    )


def evolve(state: Mapping[str, UnitCounty], event: Event) -> Mapping[str, UnitCounty]:
    """The rows with one more entered."""
    if isinstance(event, UnitCountyQuotaSet):
        return {**state, event.unit: UnitCounty(event.unit, event.county, event.places, event.tags)}
    return state


UNIT_COUNTY: Part[Mapping[str, UnitCounty]] = Part(
    "county-quotas/{programme}", {}, decides=(decide,), evolve=evolve, scope=programme_of
)
