"""What all questions share: who may see which rows, and how pages follow each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kernel.errors import BadInput
from kernel.messages import Actor

Rows = Callable[..., list[dict[str, Any]]]

EVERYWHERE = frozenset({"province_org", "auditor", "system"})
TERRITORY = frozenset({"city_org", "county_org", "township"})
SENDERS = frozenset({"channel", "unit", "enterprise"})
READERS = EVERYWHERE | TERRITORY | SENDERS


def scope(actor: Actor, areas: Sequence[str], units: Sequence[str]) -> tuple[str, list[Any]]:
    """The condition that keeps an asker within the own area, channel or unit, with its parameters."""
    if actor.role in EVERYWHERE:
        return "true", []
    if actor.role in TERRITORY:
        within = [f"{area}%" for area in actor.areas]
        return _any([f"{column} like any(%s::text[])" for column in areas]), [within] * len(areas)
    own = list(actor.units)
    return _any([f"{column} = any(%s::text[])" for column in units]), [own] * len(units)


def _any(conditions: Sequence[str]) -> str:
    return f"({' or '.join(conditions)})" if conditions else "false"


def after(cursor: str | None, key: Sequence[str]) -> tuple[str, list[Any]]:
    """The condition that a page starts behind ``cursor``. Raises BadInput for anything that is no cursor of ours."""
    if cursor is None:
        return "true", []
    try:
        values = json.loads(cursor)
    except ValueError:
        values = None
    if not isinstance(values, list) or len(values) != len(key) or not all(isinstance(part, str) for part in values):
        raise BadInput("翻页标记无效。", code="cursor_invalid", field="cursor", accepted="上一页返回的 next")
    return f"({', '.join(key)}) > ({', '.join(['%s'] * len(key))})", values


def following(rows: Sequence[Mapping[str, Any]], key: Sequence[str], limit: int) -> str | None:
    """The cursor of the next page, None where this one was the last."""
    return json.dumps([rows[-1][part] for part in key]) if rows and len(rows) == limit else None


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON data: dates as text."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
