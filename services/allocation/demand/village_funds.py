"""Agricultural funds of a county's villages, for the report that shows whether they lean to posted villages (X-043).

Invariant: a figure is what the county's department entered for a village and a year; the notice prints no threshold, so
nothing is refused for being little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kernel.messages import Area, Command, Event, Key
from kernel.part import Part
from programmes.roles import COUNTIES
from services.allocation.demand.refusals import FUNDS_ROW_WRONG, FUNDS_UNCHANGED
from services.allocation.words import CODE_LENGTH, programme_and_area

LEAN = "funds.lean"


@dataclass(frozen=True, slots=True)
class VillageFunds:
    """What a village got in the year, in yuan."""

    target: Area
    yuan: int


class RecordVillageFunds(Command, title="登记涉农资金", roles=COUNTIES, concerns=("county",)):
    """Enter a year's agricultural special funds of villages of a county; a later figure of a village replaces it."""

    programme: Key
    county: Area
    year: int
    funds: tuple[VillageFunds, ...]


class VillageFundsRecorded(Event, title="涉农资金登记"):
    """Villages of the county got these funds in the year."""

    rule = LEAN
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: str
    county: Area
    year: int
    funds: tuple[VillageFunds, ...]


def decide(state: Mapping[tuple[int, str], int], command: RecordVillageFunds) -> Sequence[VillageFundsRecorded]:
    """``state`` holds yuan by year and village. Source: 晋组通字〔2015〕41号 六.3."""
    listed = [one.target for one in command.funds]
    for one in command.funds:
        foreign = len(one.target) != CODE_LENGTH["village"] or not one.target.startswith(command.county)
        if foreign or listed.count(one.target) > 1 or one.yuan < 0:
            raise FUNDS_ROW_WRONG(target=one.target, yuan=one.yuan, county=command.county)
    changed = tuple(one for one in command.funds if state.get((command.year, one.target)) != one.yuan)
    if not changed:
        raise FUNDS_UNCHANGED()
    return [VillageFundsRecorded.carrying(command, funds=changed)]


def evolve(state: Mapping[tuple[int, str], int], event: Event) -> Mapping[tuple[int, str], int]:
    """The figures with those of one more event."""
    if isinstance(event, VillageFundsRecorded):
        return {**state, **{(event.year, one.target): one.yuan for one in event.funds}}
    return state


FUNDS: Part[Mapping[tuple[int, str], int]] = Part(
    "funds/{programme}.{county}", {}, decides=(decide,), evolve=evolve, scope=programme_and_area
)
