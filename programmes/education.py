"""Schooling: the words that stand in a form for it, and the levels they mean, the lowest first.

Field-standard order of 国家标准 GB/T 4658-2006 学历代码, brought together to the levels that notices ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "primary": ("小学", "文盲或半文盲"),
    "lower_secondary": ("初中", "普通初中", "职业初中"),
    "upper_secondary": ("高中", "普通高中", "中专", "中等专科", "职业高中", "职高", "技工学校", "技校", "中师"),
    "college": ("大专", "大学专科", "专科", "高职"),
    "bachelor": ("大学本科", "本科", "大学"),
    "master": ("硕士研究生", "硕士", "研究生"),
    "doctor": ("博士研究生", "博士"),
}
"""By level the words for it; the first one is the one a refusal shows."""
_LEVELS: Final = tuple(WORDS)


def level_of(written: str) -> str | None:
    """The level that ``written`` names, None where it is none of the words: nothing is guessed."""
    return next((level for level, words in WORDS.items() if written in words), None)


def called(level: str) -> str:
    """The word for a level."""
    return WORDS[level][0]


def at_least(level: str, least: str) -> bool:
    """True where ``level`` is ``least`` or above."""
    return _LEVELS.index(level) >= _LEVELS.index(least)
