"""Read models of outcomes: promotions as noted, and what villages earn."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.outcomes.promoted import PromotionNoted
from services.evaluation.villages.income import VillageIncomeRecorded

PROMOTIONS = Table(
    "promotions",
    {"source": "text"},
    {"programme": "text", "person": "text", "place": "text", "sending": "text", "promoted_on": "date"},
)
INCOMES = Table(
    "village_incomes",
    {"programme": "text", "target": "text", "year": "text", "version": "int"},
    {"fen": "int", "reaches": "bool", "document": "text", "told_on": "date"},
    (("target",),),
)
TABLES = (PROMOTIONS, INCOMES)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case PromotionNoted():
            yield PROMOTIONS.of(event, sending=event.sending or "", promoted_on=event.occurred_on)
        case VillageIncomeRecorded():
            yield INCOMES.of(event, told_on=event.occurred_on)
