"""Pages of read models: rows in the order of their key, as far as the asker's areas and units reach.

Invariant: whoever holds a city or county sees rows of that area only, a channel or unit those of its own only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from kernel.errors import BadInput
from kernel.messages import Actor
from kernel.service import Ask

Rows = Callable[..., list[dict[str, Any]]]
Page = Mapping[str, Any]

BY_UNIT = frozenset({"channel", "enterprise", "unit"})


class Where:
    """Conditions of a question, joined by AND."""

    def __init__(self) -> None:
        self.terms: list[str] = []
        self.values: list[Any] = []

    def add(self, term: str, *values: Any) -> Where:
        """One condition with its parameters."""
        self.terms.append(term)
        self.values.extend(values)
        return self

    def named(self, ask: Ask, *names: str) -> Where:
        """Equality for each parameter of ``names`` that was given."""
        for name in names:
            if name in ask.params:
                self.add(f"{name} = %s", ask.params[name])
        return self

    def within(self, actor: Actor, *columns: str) -> Where:
        """One of the columns, a division code, lies in one of the actor's areas."""
        ranges = [(column, area) for column in columns for area in actor.areas]
        if "" in actor.areas:
            return self
        term = " or ".join(f"({column} >= %s and {column} < %s)" for column, _ in ranges) or "false"
        # ':' follows '9' in code point order, in which the tables sort.
        return self.add(f"({term})", *(value for _, area in ranges for value in (area, f"{area}:")))

    def reach(self, actor: Actor, *columns: str) -> Where:
        """``within`` for those who hold areas; own units and channels for those who hold units."""
        if actor.role in BY_UNIT:
            return self.add("(channel = any(%s) or unit = any(%s))", list(actor.units), list(actor.units))
        return self.within(actor, *columns)

    def __str__(self) -> str:
        return " and ".join(self.terms) or "true"


def wanted(ask: Ask, name: str) -> str:
    """A parameter that must be given. Raises BadInput ``field_missing``."""
    if not ask.params.get(name):
        raise BadInput(f"缺少参数 {name}。", code="field_missing", field=name)
    return ask.params[name]


def paged(rows: Rows, source: str, key: Sequence[str], where: Where, ask: Ask) -> Page:
    """A page of ``source`` (a table or a parenthesised query) in the order of ``key``; ``next`` goes on behind it."""
    values = list(where.values)
    term = str(where)
    if ask.after:
        last = _cursor(ask.after, len(key))
        term += f" and ({', '.join(key)}) > ({', '.join('%s' for _ in key)})"
        values += last
    sql = f"select * from {source} where {term} order by {', '.join(key)} limit %s"
    found = rows(sql, *values, ask.limit + 1)
    items = found[: ask.limit]
    more = len(found) > ask.limit
    return {"items": items, "next": orjson.dumps([items[-1][k] for k in key]).decode() if more else None}


def _cursor(text: str, length: int) -> list[Any]:
    try:
        last = orjson.loads(text)
    except orjson.JSONDecodeError:
        last = None
    if not isinstance(last, list) or len(last) != length:
        raise BadInput("页码标记无效。", code="cursor_invalid", field="cursor", accepted="上一页给出的 next")
    return last
