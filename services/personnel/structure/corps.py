"""The corps as figures: age, sex, level, unit kind, education, pool of everybody who serves on a day (PE-043).

Invariant: figures alone leave; the same persons give the same figures in the same order. What is not known of somebody
is counted as not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from programmes.education import WORDS, called, level_of

UNKNOWN: Final = "未知"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One who serves. ``birth_month`` is YYYY-MM; text that is not known is empty."""

    birth_month: str = ""
    sex: str = ""
    education: tuple[str, ...] = ()
    level: str = ""
    unit_kind: str = ""
    pool: str = ""


def figures(members: Iterable[Member], on: date) -> Mapping[str, Mapping[str, int]]:
    """{dimension: {value: how many}}, each sorted by value; ages in full years, by the first day of the month."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    for one in members:
        said = (_age(one.birth_month, on), one.sex, one.level, one.unit_kind, degree(one.education), one.pool)
        for name, value in zip(DIMENSIONS, said, strict=True):
            counted[name][value or UNKNOWN] += 1
    return {name: dict(sorted(values.items())) for name, values in counted.items()}


DIMENSIONS: Final = ("age", "sex", "level", "unit_kind", "education", "pool")


def degree(entries: Iterable[str]) -> str:
    """The word for the highest education that the entries name, empty where none names one."""
    levels = [level for entry in entries if (level := level_of(entry)) is not None]
    return called(max(levels, key=list(WORDS).index)) if levels else ""


def _age(birth_month: str, on: date) -> str:
    if not birth_month:
        return ""
    year, month = map(int, birth_month.split("-"))
    return str(on.year - year - (on.month < month))
