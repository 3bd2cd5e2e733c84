"""The read model of the bags."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.dossier.dossier import DossierItemAdded

ITEMS = Table(
    "dossier_items",
    {"posting": "text", "kind": "text", "title": "text", "version": "int"},
    {"programme": "text", "target": "text", "added_on": "date"},
    (("target",),),
)
TABLES = (ITEMS,)


def rows(event: Event | None) -> Iterable[Op]:
    """The row an event writes."""
    if isinstance(event, DossierItemAdded):
        yield ITEMS.of(event, added_on=event.occurred_on)
