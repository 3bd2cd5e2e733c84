"""The body of a command: bytes of a stranger in, date and data out, or a refusal that names what is wrong with it.

Invariant: what two readers of JSON could take for two different things is refused, so what a sender signed off is what
is decided. An object that names a member twice is such a thing (RFC 8259 section 4).
"""

from __future__ import annotations

import json
from typing import Any, Final

import orjson

from gateway.refusals import JSON_DUPLICATE_KEY, JSON_INVALID, JSON_TOO_DEEP, JSON_TOO_MANY
from kernel.calendar import written_day
from kernel.refusals import FIELD_MISSING, FIELD_TYPE, FIELD_UNKNOWN

DEPTH: Final = 32
"""Levels of lists and objects that are admitted: no command needs ten, and every reader of JSON has its end."""
VALUES: Final = 100_000
"""Values that are admitted: a province's villages with their names are half of that."""
_FORM: Final = '{"occurred_on": "YYYY-MM-DD", "data": {…}}'
_JOB: Final = '{"kind": "placement_plan", "occurred_on": "YYYY-MM-DD", "data": {…}}'


def opened(body: bytes) -> tuple[str, Any]:
    """(occurred_on, data) of a command's body.

    Raises:
        BadInput: ``json_invalid``, ``json_too_deep``, ``json_too_many``, ``json_duplicate_key``, and for the envelope
            itself ``field_type``, ``field_unknown`` or ``field_missing``.
    """
    content = _members(body, ("occurred_on", "data"), _FORM)
    return day(content["occurred_on"], "occurred_on"), content["data"]


def job(body: bytes) -> tuple[str, str, Any]:
    """(kind, occurred_on, data) of the body that asks for a job. Raises BadInput, as ``opened`` does."""
    content = _members(body, ("kind", "occurred_on", "data"), _JOB)
    if not isinstance(content["kind"], str):
        raise FIELD_TYPE(field="kind", wanted="文本", accepted="任务的名称")
    return content["kind"], day(content["occurred_on"], "occurred_on"), content["data"]


def _members(body: bytes, names: tuple[str, ...], form: str) -> dict[str, Any]:
    """The members of the object, exactly those of ``names``; ``data`` no deeper than anybody needs."""
    # Every value but the first stands behind one of these; those inside of texts make no honest body too long.
    if sum(map(body.count, (b",", b"[", b"{"))) > VALUES:
        raise JSON_TOO_MANY(most=VALUES)
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise JSON_INVALID(line=error.lineno, column=error.colno) from None
    if not isinstance(content, dict):
        raise FIELD_TYPE(field="body", wanted="JSON 对象", accepted=form)
    for name in content:
        if name not in names:
            raise FIELD_UNKNOWN(field=name[:80], accepted=form)
    for name in names:
        if name not in content:
            raise FIELD_MISSING(field=name, accepted=form)
    if _deeper(content["data"], DEPTH):
        raise JSON_TOO_DEEP(depth=DEPTH)
    # The fast reader keeps the last of two members; the slow one is asked only whether there are two.
    json.loads(body, object_pairs_hook=_once, parse_int=len, parse_float=len)
    return content


def day(given: Any, field: str) -> str:
    """``given``, where it is a date that exists, as YYYY-MM-DD.

    Raises:
        BadInput: ``field_type``.
    """
    try:
        return written_day(given).isoformat()
    except (TypeError, ValueError):
        raise FIELD_TYPE(field=field, wanted="存在的日期", accepted="YYYY-MM-DD") from None


def _deeper(value: Any, levels: int) -> bool:
    """True where lists and objects are nested more than ``levels`` deep."""
    if not isinstance(value, dict | list):
        return False
    return levels <= 0 or any(
        _deeper(one, levels - 1) for one in (value.values() if isinstance(value, dict) else value)
    )


def _once(members: list[tuple[str, Any]]) -> None:
    names: set[str] = set()
    for name, _ in members:
        if name in names:
            raise JSON_DUPLICATE_KEY(name=name[:80])
        names.add(name)
