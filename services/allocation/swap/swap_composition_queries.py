"""The composition of the lists as read: three shares by city and by round, with a warning where one is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kernel.asking import Find, Page, Where, cut
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from programmes.readers.swap import SHARE_FLOORS, SHARES
from programmes.readers.words import Share as Ratio
from services.allocation.roles import OFFICES
from services.allocation.rules_queries import rules_for
from services.allocation.swap.swap_composition import CompositionNoted, shares

LISTS = Table(
    "swap_compositions",
    {"programme": "text", "submission": "text"},
    {
        "batch": "int",
        "city": "text",
        "persons": "int",
        "counted": "bool",
        "counts": "json",
        "submitted_on": "date",
    },
    indexes=(("programme", "batch", "city"),),
)
TABLES = (LISTS,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The row of one event."""
    match recorded.event:
        case CompositionNoted() as e:
            yield LISTS.of(e, counts=dict(e.counts), submitted_on=recorded.occurred_on)


def swap_composition(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Persons of the lists and the three shares, by round and city, and for each round in all (city empty).

    Of the lists in the asker's area.

    ``uncounted`` are persons of lists that came without counts: they are in no share. ``warnings`` name the shares that
    count no person, and those below a floor where the rules name one; neither refuses anything.
    """
    programme = ask.params["programme"]
    rules = rules_for(rows, programme, SHARES, SHARE_FLOORS)
    names, least = rules.value(SHARES), rules.find(SHARE_FLOORS)
    where = Where().add("programme = %s", programme).equal(ask, "batch", "city").inside(ask.actor, "city")
    found = rows(
        f"select batch, city, persons, counted, counts from swap_compositions where {where.text()}", *where.values
    )
    groups: dict[tuple[int, str], list[Mapping[str, Any]]] = {}
    for row in found:
        for city in (row["city"], ""):
            groups.setdefault((row["batch"], city), []).append(row)
    items = [_item(key, lists, names, least.value if least else {}) for key, lists in sorted(groups.items())]
    return cut([{"programme": programme, **item} for item in items], ask)


def _item(
    key: tuple[int, str], lists: list[Mapping[str, Any]], names: Sequence[str], floors: Mapping[str, Ratio]
) -> dict[str, Any]:
    counted = [row for row in lists if row["counted"]]
    persons = sum(row["persons"] for row in counted)
    counts = {name: sum(row["counts"].get(name, 0) for row in counted) for name in names}
    found = shares(names, persons, counts, floors)
    return {
        "batch": key[0],
        "city": key[1],
        "lists": len(lists),
        "persons": sum(row["persons"] for row in lists),
        "uncounted": sum(row["persons"] for row in lists) - persons,
        "shares": {one.name: {"count": one.count, "of": one.of, "missing": one.missing} for one in found},
        "warnings": {one.name: one.warning for one in found if one.warning},
    }


QUERIES = {
    "swap_composition": Query(
        swap_composition,
        OFFICES,
        "互派名单构成",
        {"programme": "方案编号", "batch": "批次", "city": "市代码"},
        ("programme",),
    )
}
