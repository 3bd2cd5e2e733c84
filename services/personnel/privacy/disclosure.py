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
