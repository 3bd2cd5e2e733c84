"""The poor counties of the swap programme: a fixed list, by code.

Invariant: the set is the printed one; short forms were resolved to codes at the edge (AL-050).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line, Order
from kernel.part import Part
from programmes.readers.swap import POOR_COUNT, POOR_COUNTIES_LIST
from programmes.roles import PROVINCE
from services.allocation.swap.refusals import POOR_COUNTIES_COUNT, POOR_COUNTIES_DEFINED, POOR_COUNTIES_DIFFER
from services.allocation.words import programme_of


class DefinePoorCounties(Command, title="确定贫困县名单", roles=PROVINCE, concerns=("programme",)):
    """Define the set; a county is named by its code, its full name or a printed short form; none named: as printed."""

    programme: Key
    counties: tuple[Line, ...] = ()


class SetPoorCounties(Order):
    """The set by codes."""

    programme: str
    counties: tuple[str, ...]


class PoorCountySetDefined(Event, title="贫困县名单"):
    """The poor counties of the programme, sorted by code."""

    rule = POOR_COUNTIES_LIST.path

    programme: str
    counties: tuple[str, ...]


def decide(state: tuple[str, ...] | None, command: SetPoorCounties) -> Sequence[PoorCountySetDefined]:
    """Define the set once (AL-050). Source: 辽组通字〔2002〕13号 一."""
    rules = rules_of(command)
    printed = {row.county for row in rules.value(POOR_COUNTIES_LIST)}
    given = tuple(sorted(set(command.counties)))
    if state is not None:
        raise POOR_COUNTIES_DEFINED()
    count = rules.value(POOR_COUNT)
    if len(given) != count or len(command.counties) != count:
        raise POOR_COUNTIES_COUNT(count=count, given_count=len(given))
    if set(given) != printed:
        other = sorted(set(given) - printed)
        raise POOR_COUNTIES_DIFFER(other=other, printed=sorted(printed - set(given)))
    return [PoorCountySetDefined(occurred_on=command.context.occurred_on, programme=command.programme, counties=given)]


def evolve(state: tuple[str, ...] | None, event: Any) -> tuple[str, ...] | None:
    """The set."""
    return event.counties if isinstance(event, PoorCountySetDefined) else state


POOR_COUNTIES: Part[tuple[str, ...] | None] = Part(
    "poor-counties/{programme}", None, decides=(decide,), evolve=evolve, scope=programme_of
)
