"""Disclosure: that personal data was shown, and to whom.

Basis: 个人信息保护法（主席令第九十一号）第五十一条 and 第五十四条: who may read what, and that it can be examined.
"""

from __future__ import annotations

from kernel.messages import Event, Key, Line


class PersonalDataRead(Event, title="查阅个人信息"):
    """Personal data was shown: to whom, by which question, of whom, which fields. ``count`` is that of ``persons``."""

    reader: Line
    role: Key
    purpose: Key
    persons: tuple[Key, ...]
    fields: tuple[Key, ...]
    count: int


class PersonalDataReadAgain(Event, title="重复查阅个人信息"):
    """The reading at position ``first`` of this log was made ``again`` so many times within the window after it: by the
    same reader in the same role and post, by the same question, of the same persons and fields."""

    reader: Line
    role: Key
    purpose: Key
    first: int
    again: int
