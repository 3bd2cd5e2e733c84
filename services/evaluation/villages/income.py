"""What a village earns in a year, with the paper that says so (EV-041).

Source: the Jinzhou measures 二.2, 「年收入5万元以上的村增加到393个」. Invariant: a figure is never changed; a second
one for a year is its next version, and a village without a figure has none, not 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Final

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Pattern
from kernel.part import Part
from programmes.money import fen
from programmes.readers import works
from programmes.roles import COUNTIES
from services.evaluation.scopes import scope
from services.evaluation.villages.refusals import INCOME_BELOW_NOTHING, INCOME_YEAR_AHEAD

IncomeYear = Annotated[str, Pattern("[1-9][0-9]{3}", accepted="年份，如 2018")]
RULE: Final = works.INCOME.path


class VillageIncomeRecorded(Event, title="村集体收入"):
    """The collective of the village earned ``fen`` in ``year``, as ``document`` shows; ``reaches`` where that is what
    the profile counts, or more."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    target: Area
    year: IncomeYear
    version: int
    fen: int
    reaches: bool
    document: Line


class RecordVillageIncome(Command, title="登记村集体收入", roles=COUNTIES, concerns=("target",)):
    """Record the yearly income of a village's collective, on the evidence of ``document``."""

    programme: Key
    target: Area
    year: IncomeYear
    fen: int
    document: Line


Versions = Mapping[str, int]
"""How often each year of one village was told."""


def record(versions: Versions, command: RecordVillageIncome) -> Sequence[VillageIncomeRecorded]:
    """The figure of a year, held against what the profile counts from.

    Raises:
        Rejected: ``income_year_ahead``, ``income_below_nothing``, ``foreign_area``,
            ``rule_unknown``.
    """
    least = fen(rules_of(command).value(works.INCOME))
    must_cover(command.context.actor, command.target, field="target", rule=RULE)
    if int(command.year) > (on := command.context.occurred_on).year:
        raise INCOME_YEAR_AHEAD(year=command.year, on=on)
    if command.fen < 0:
        raise INCOME_BELOW_NOTHING(fen=command.fen)
    version = versions.get(command.year, 0) + 1
    return (VillageIncomeRecorded.carrying(command, version=version, reaches=command.fen >= least),)


def _recorded(versions: Versions, event: Event) -> Versions:
    return {**versions, event.year: event.version} if isinstance(event, VillageIncomeRecorded) else versions


INCOME: Final[Part[Versions]] = Part(
    "village-income/{programme}.{target}", {}, decides=(record,), evolve=_recorded, scope=scope
)
"""The income of one village, year by year."""
