"""What is known of a cadre's assessment, and the promotion that rests on it."""

from __future__ import annotations

from kernel.messages import Area, Event, Key


class ResultNoted(Event, title="考核结果抄录"):
    """Evaluation came to a result of the cadre: ``kind`` is rating, grade or inspection."""

    rule = "results.basis"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    result: Key
    kind: Key
    excellent: bool


class PostedCadrePromoted(Event, title="提拔使用选派干部"):
    """The cadre was promoted to ``post`` on the ground of ``result``; ``preferred`` where the person went before others
    as excellent, on conditions that were ``equal``."""

    rule = "results.basis"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    result: Key | None
    preferred: bool
    equal: str
    post: str
