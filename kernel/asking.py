"""Questions to read models: what a reader may see, parameters as values, and pages with a cursor.

Invariant: a row outside the areas of who asks is never read, and turning the pages gives every row once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from kernel.errors import BadInput
from kernel.messages import Actor
from kernel.service import Ask

Find = Callable[..., list[dict[str, Any]]]
EVER = date.max


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

    def equal(self, ask: Ask, **columns: str) -> Where:
        """Equality for every parameter that was given: ``parameter=column``."""
        for name, column in columns.items():
            if ask.params.get(name):
                self.add(f"{column} = %s", ask.params[name])
        return self

    def inside(self, actor: Actor, *columns: str) -> Where:
        """One of ``columns`` holds a division code inside the areas of ``actor``."""
        areas = [f"{area}%" for area in actor.areas]
        return self.add("(" + " or ".join(f"{c} like any(%s)" for c in columns) + ")", *[areas for _ in columns])

    def under(self, ask: Ask, name: str, *columns: str) -> Where:
        """One of ``columns`` lies under the division code given as parameter ``name``, where it is given."""
        code = ask.params.get(name)
        if code is None:
            return self
        if not code.isdigit():
            raise BadInput("区划代码只含数字。", code="field_value", field=name, accepted="2、4、6、9 或 12 位数字")
        return self.add("(" + " or ".join(f"{c} like %s" for c in columns) + ")", *[f"{code}%" for _ in columns])

    def text(self) -> str:
        """The conditions as SQL, true where there is none."""
        return " and ".join(self.terms) or "true"


def day(ask: Ask, name: str = "as_of") -> date:
    """The date given as parameter ``name``, the end of time where none is given.

    Raises:
        BadInput: ``field_type``.
    """
    text = ask.params.get(name)
    try:
        return date.fromisoformat(text) if text else EVER
    except ValueError:
        raise BadInput("应为存在的日期。", code="field_type", field=name, accepted="YYYY-MM-DD") from None


def needed(ask: Ask, name: str) -> str:
    """The parameter ``name``. Raises BadInput: ``field_missing``."""
    text = ask.params.get(name)
    if not text:
        raise BadInput("缺少必填的查询参数。", code="field_missing", field=name)
    return text


def page(rows: Find, ask: Ask, select: str, where: Where, key: Sequence[str], *values: Any) -> Mapping[str, Any]:
    """One page of ``select``, ordered by ``key``, whose columns are unique together and among those selected.

    Args:
        select: an SQL select; ``where`` and the cursor are conditions on its columns.
        values: what the ``%s`` inside ``select`` stand for.

    Raises:
        BadInput: ``cursor_unreadable``.
    """
    columns = ", ".join(key)
    where = Where([*where.terms], [*where.values])
    if ask.after:
        where.add(f"({columns}) > ({', '.join(['%s'] * len(key))})", *_cursor(ask.after, len(key)))
    sql = f"select * from ({select}) as answer where {where.text()} order by {columns} limit %s"
    found = rows(sql, *values, *where.values, ask.limit + 1)
    items = found[: ask.limit]
    more = len(found) > ask.limit
    return {"items": items, "next": orjson.dumps([items[-1][c] for c in key]).decode() if more else None}


def _cursor(text: str, length: int) -> list[Any]:
    try:
        values = orjson.loads(text)
    except orjson.JSONDecodeError:
        values = None
    if not isinstance(values, list) or len(values) != length:
        raise BadInput("翻页游标无法识别。", code="cursor_unreadable", field="cursor", accepted="上一页给出的 next")
    return values
