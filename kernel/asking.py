"""Questions to read models: what a reader may see, parameters as values, and pages with a cursor.

Invariant: a row outside what the asker reaches is never read, and turning the pages gives every row once. A parameter
given empty counts as not given; an asker without areas sees nothing, the area "" is everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from psycopg2 import DataError

from kernel.calendar import written_day
from kernel.door_refusals import CURSOR_INVALID
from kernel.messages import Actor
from kernel.refusals import FIELD_TYPE, FIELD_VALUE
from kernel.service import Ask

Find = Callable[..., list[dict[str, Any]]]
Page = Mapping[str, Any]
"""{"items": rows as JSON data, "next": the cursor of the page behind this one, None where this is the last}."""

EVER = date.max


@dataclass(frozen=True, slots=True)
class Reach:
    """How roles see rows: all of them, those of their own units, those that are their own as a person, or (every other
    role) those inside their areas. ``mine`` is the condition that holds of a person's own, for whom its one ``%s``
    stands.

    Raises:
        TypeError: where a role sees by person and nothing says what is its own.
    """

    everywhere: frozenset[str] = frozenset()
    by_unit: frozenset[str] = frozenset()
    by_person: frozenset[str] = frozenset()
    mine: str = ""

    def __post_init__(self) -> None:
        if self.by_person and self.mine.count("%s") != 1:
            raise TypeError("nothing says what is a person's own")


@dataclass
class Where:
    """Conditions that all hold, with their parameters in order."""

    terms: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, term: str, *values: Any) -> Where:
        """One more condition; ``%s`` in ``term`` stand for ``values``."""
        self.terms.append(term)
        self.values.extend(values)
        return self

    def equal(self, ask: Ask, *names: str, **columns: str) -> Where:
        """Equality, as text, for every parameter that was given: of the column of its name, or ``parameter=column``."""
        for name, column in {**dict(zip(names, names, strict=True)), **columns}.items():
            if ask.params.get(name):
                self.add(f"{column}::text = %s", ask.params[name])
        return self

    def inside(self, actor: Actor, *columns: str) -> Where:
        """One of ``columns`` holds a division code inside the areas of ``actor``."""
        return self if "" in actor.areas else self._below(actor.areas, columns)

    def own(self, actor: Actor, *columns: str) -> Where:
        """One of ``columns`` holds a unit of ``actor``'s own."""
        own = [*actor.units, *actor.areas]
        return self._any([f"{column} = any(%s::text[])" for column in columns], [own] * len(columns))

    def reach(self, actor: Actor, reach: Reach, areas: Sequence[str], units: Sequence[str]) -> Where:
        """What ``reach`` lets the actor see: ``areas`` and ``units`` name the columns of which one must be its own."""
        if actor.role in reach.everywhere:
            return self
        if actor.role in reach.by_person:
            return self.add(reach.mine, actor.person)
        return self.own(actor, *units) if actor.role in reach.by_unit else self.inside(actor, *areas)

    def under(self, ask: Ask, name: str, *columns: str) -> Where:
        """One of ``columns`` lies under the division code given as parameter ``name``, where it is given.

        Raises:
            BadInput: ``field_value``.
        """
        code = ask.params.get(name)
        if not code:
            return self
        if not (code.isascii() and code.isdigit()):
            raise FIELD_VALUE(field=name, fault="应为区划代码，只含数字", accepted="2、4、6、9 或 12 位数字")
        return self._below((code,), columns)

    def text(self) -> str:
        """The conditions as SQL, true where there is none."""
        return " and ".join(self.terms) or "true"

    def _below(self, codes: Sequence[str], columns: Sequence[str]) -> Where:
        # A range, which an index answers: ':' follows '9' in the order of code points.
        ranges = [(column, code) for column in columns for code in codes]
        terms = [f'({column} collate "C" >= %s and {column} collate "C" < %s)' for column, _ in ranges]
        return self._any(terms, [bound for _, code in ranges for bound in (code, f"{code}:")])

    def _any(self, terms: Sequence[str], values: Sequence[Any]) -> Where:
        return self.add(f"({' or '.join(terms) or 'false'})", *values)


def day(ask: Ask, name: str = "as_of") -> date:
    """The date given as parameter ``name``, the end of time where none is given.

    Raises:
        BadInput: ``field_type``.
    """
    text = ask.params.get(name)
    try:
        return written_day(text) if text else EVER
    except ValueError:
        raise FIELD_TYPE(field=name, wanted="存在的日期", accepted="YYYY-MM-DD") from None


def page(
    rows: Find, ask: Ask, source: str, where: Where, key: Sequence[str], *values: Any, columns: Sequence[str] = ("*",)
) -> Page:
    """One page of ``source``, ordered by ``key``, whose columns are never null and unique together.

    Args:
        source: what SQL reads from: a table's name, or a select in brackets with a name.
        where: conditions on the columns of ``source``.
        values: what the ``%s`` inside ``source`` stand for.
        columns: those to show, the key's among them.

    Raises:
        BadInput: ``cursor_invalid``.
    """
    turned = Where([*where.terms], [*where.values])
    if ask.after:
        marks = ", ".join(["%s"] * len(key))
        turned.add(f"({', '.join(key)}) > ({marks})", *_cursor(ask.after, len(key)))
    sql = f"select {', '.join(columns)} from {source} where {turned.text()} order by {', '.join(key)} limit %s"
    try:
        found = rows(sql, *values, *turned.values, ask.limit + 1)
    except DataError:
        if ask.after:  # the only text that is compared with columns of other types
            raise CURSOR_INVALID() from None
        raise
    items = found[: ask.limit]
    last = [str(items[-1][column]) for column in key] if len(found) > ask.limit else None
    return {"items": [_shown(row) for row in items], "next": last and orjson.dumps(last).decode()}


def cut(items: Sequence[Mapping[str, Any]], ask: Ask) -> Page:
    """One page of ``items`` that were worked out in memory. Raises BadInput: ``cursor_invalid``."""
    (start,) = _cursor(ask.after, 1) if ask.after else ("0",)
    if not (start.isascii() and start.isdigit()) or len(start) > len(str(len(items))):
        raise CURSOR_INVALID()
    end = int(start) + ask.limit
    return {
        "items": [_shown(item) for item in items[int(start) : end]],
        "next": orjson.dumps([str(end)]).decode() if end < len(items) else None,
    }


def whole(ask: Ask) -> None:
    """Check that no further page is asked for of what has one only. Raises BadInput: ``cursor_invalid``."""
    if ask.after:
        raise CURSOR_INVALID()


def single(ask: Ask, item: Mapping[str, Any]) -> Page:
    """The answer that is one row. Raises as ``whole`` does."""
    whole(ask)
    return {"items": [_shown(item)], "next": None}


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _cursor(text: str, length: int) -> list[str]:
    try:
        values = orjson.loads(text)
    except orjson.JSONDecodeError:
        values = None
    if not isinstance(values, list) or len(values) != length:
        raise CURSOR_INVALID()
    if not all(isinstance(value, str) and "\0" not in value for value in values):
        raise CURSOR_INVALID()
    return values
