"""Whether every value of a profile is one its reader can read: asked before it is published, not when it is used.

Invariant: what passes is read without a fault by whichever service reads it, alone or laid over its base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kernel.reader import Form, Reader, Unreadable
from programmes.draft import Draft
from programmes.faults import Fault
from programmes.known import form_of, is_clause, nearest
from programmes.layers import out_of_order


def check(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Faults of paths nobody knows and of values their readers cannot read; ``rules`` are those of the plain form."""
    for path, rule in rules.items():
        form, value, at = form_of(path), rule["value"], f"rules.{path}"
        if form is None and not is_clause(path):
            yield draft.fault("rule_path_unknown", at, f"没有规则路径“{path}”。", nearest(path), path)
        elif form is None and value is not None:
            yield draft.fault("value_unexpected", at, f"“{path}”只引条款，不得有值。", "去掉值", path)
        elif form is not None and value is None and rule["origin"] != "unknown":
            yield draft.fault("value_missing", at, f"“{path}”没有值。", "写明值，或把来源写成 unknown", path)
        elif form is not None and value is not None:
            yield from _unreadable(draft, at, form, value, path)
    yield from _disorder(draft, rules)


def _unreadable(draft: Draft, at: str, form: Form[Any], value: Any, path: str) -> Iterator[Fault]:
    try:
        form.of(value)
    except Unreadable as wrong:
        reader = f"“{form.title}”读不懂“{path}”的值" if isinstance(form, Reader) else f"“{path}”的值不合规定形式"
        where = f"（{wrong.at} 处）" if wrong.at else ""
        yield draft.fault("value_unreadable", at, f"{reader}{where}。", wrong.accepted, path)


def _disorder(draft: Draft, rules: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    values = {path: rule["value"] for path, rule in rules.items()}
    for path, sentence, accepted in out_of_order(values):
        yield draft.fault("days_out_of_order", f"rules.{path}", sentence, accepted, path)
