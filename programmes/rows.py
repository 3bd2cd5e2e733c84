"""Rows of a table that were refused: all that is wrong with all of them, as one refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kernel.errors import Rejected


def pointed(error: Rejected) -> Rejected:
    """The refusal of one row, with itself as its one finding where it lists none."""
    if not error.details:
        found: dict[str, Any] = {name: getattr(error, name) for name in ("field", "code", "sentence", "accepted")}
        error.details = [found]
    return error


def all_refused(refused: Sequence[tuple[int, Rejected]], given: int, looked: int, field: str, noun: str) -> Rejected:
    """Every finding of every refused item as one refusal, the first at its head.

    Args:
        refused: (number of the item, its refusal with its findings).
        given: how many items were given, ``looked`` how many of them were read.
        field: what lists them in the command; ``noun`` is one of them in Chinese.
    """
    number, first = refused[0]
    kinds = {error.kind for _, error in refused}
    details = [{"row": item, **finding} for item, error in refused for finding in error.details]
    read = "" if looked == given else f"；问题较多，只查看了前 {looked} {noun}"
    return Rejected(
        first.code,
        f"第 {number} {noun}：{first.sentence}（{given} {noun}中 {len(refused)} {noun}不合格，全部未收{read}。）",
        rule=first.rule,
        field=f"{field}[{number}].{first.field}",
        accepted=first.accepted,
        kind=first.kind if len(kinds) == 1 else Rejected.kind,
        details=details,
    )
