"""Values of a profile held against each other: days in their order, a supplement against its base.

Invariant: a supplement tells a value otherwise, it never takes away what its base knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

_IN_ORDER = (
    ("batch.opens", "batch.opens_until", "batch.deadline"),
    ("nomination.deadline", "report.deadline"),
    ("commendation.granted_from", "commendation.granted_until"),
)
"""Paths of days that follow each other."""


def out_of_order(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(path, sentence, what would be accepted) of each day in ``values``, by path, that comes before an earlier one."""
    for paths in _IN_ORDER:
        days = [(path, day) for path in paths if isinstance(day := values.get(path), str)]
        for (earlier, since), (later, day) in pairwise(days):
            if day < since:
                yield later, f"“{later}”（{day}）早于“{earlier}”（{since}）。", f"{since} 起"


def against_base(base: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(path, sentence, what would be accepted) of what a supplement may not do to its base; both are values by path.

    A supplement's value takes the place of the whole value of its base.
    """
    for path, value in own.items():
        known = base.get(path)
        if known is not None and value is None:
            yield path, f"补充规定不得把原方案已定的“{path}”改为未定。", "写明值，或不写这一项"
        elif isinstance(known, Mapping) and isinstance(value, Mapping) and (left := known.keys() - value.keys()):
            yield path, f"补充规定的“{path}”缺少原方案已定的{'、'.join(sorted(left))}。", f"{'、'.join(known)} 各有一项"
    yield from out_of_order({**base, **own})
