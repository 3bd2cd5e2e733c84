"""The body of a command: bytes of a stranger in, date and data out, or a refusal that names what is wrong with it.

Invariant: what two readers of JSON could take for two different things is refused, so what a sender signed off is what
is decided. An object that names a member twice is such a thing (RFC 8259 section 4).
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

import orjson

from kernel.errors import BadInput

DEPTH: Final = 32
"""Levels of lists and objects that are admitted: no command needs ten, and every reader of JSON has its end."""
_FORM: Final = '{"occurred_on": "YYYY-MM-DD", "data": {…}}'
_JOB: Final = '{"kind": "placement_plan", "occurred_on": "YYYY-MM-DD", "data": {…}}'


def opened(body: bytes) -> tuple[str, Any]:
    """(occurred_on, data) of a command's body.

    Raises:
        BadInput: ``json_invalid``, ``json_too_deep``, ``json_duplicate_key``, and for the envelope itself
            ``field_type``, ``field_unknown`` or ``field_missing``.
    """
    content = _members(body, ("occurred_on", "data"), _FORM)
    return day(content["occurred_on"], "occurred_on"), content["data"]


def job(body: bytes) -> tuple[str, str, Any]:
    """(kind, occurred_on, data) of the body that asks for a job. Raises BadInput, as ``opened`` does."""
    content = _members(body, ("kind", "occurred_on", "data"), _JOB)
    if not isinstance(content["kind"], str):
        raise BadInput("“kind”应为文本。", code="field_type", field="kind", accepted="任务的名称")
    return content["kind"], day(content["occurred_on"], "occurred_on"), content["data"]


def _members(body: bytes, names: tuple[str, ...], form: str) -> dict[str, Any]:
    """The members of the object, exactly those of ``names``; ``data`` no deeper than anybody needs."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadInput(
            f"请求体不是有效的 JSON（第 {error.lineno} 行第 {error.colno} 列）。",
            code="json_invalid",
            field="body",
            accepted="UTF-8 编码的 JSON 对象",
        ) from None
    if not isinstance(content, dict):
        raise BadInput("请求体应为 JSON 对象。", code="field_type", field="body", accepted=form)
    for name in content:
        if name not in names:
            raise BadInput(f"请求体没有“{name[:80]}”这一项。", code="field_unknown", field=name[:80], accepted=form)
    for name in names:
        if name not in content:
            raise BadInput(f"请求体缺少“{name}”。", code="field_missing", field=name, accepted=form)
    if _deeper(content["data"], DEPTH):
        sentence = f"请求体的嵌套超过 {DEPTH} 层。"
        raise BadInput(sentence, code="json_too_deep", field="data", accepted=f"不超过 {DEPTH} 层")
    # The fast reader keeps the last of two members; the slow one is asked only whether there are two.
    json.loads(body, object_pairs_hook=_once, parse_int=len, parse_float=len)
    return content


def day(given: Any, field: str) -> str:
    """``given``, where it is a date that exists, as YYYY-MM-DD.

    Raises:
        BadInput: ``field_type``.
    """
    try:
        if not isinstance(given, str) or date.fromisoformat(given).isoformat() != given:  # ISO has other forms
            raise ValueError
        return given
    except ValueError:
        sentence = f"“{field}”应为存在的日期。"
        raise BadInput(sentence, code="field_type", field=field, accepted="YYYY-MM-DD") from None


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
            raise BadInput(
                f"请求体中同一对象内“{name[:80]}”出现了两次。",
                code="json_duplicate_key",
                field=name[:80],
                accepted="每个对象中各项名称只出现一次",
            )
        names.add(name)
