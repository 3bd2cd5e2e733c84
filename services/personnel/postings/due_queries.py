"""What is owed of postings: the removal from the post once it has ended, the handbook."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers import duties
from programmes.readers.nomination import ITEMS
from programmes.readers.swap import TERM
from programmes.roles import COUNTIES, PROVINCE, UNITS

_RECORD: Final = """(
select min(d.done_on) from duties d where d.duty = '{}' and d.programme = s.programme and d.subject = s.posting
)"""

OBLIGATIONS: Final = (
    Obligation(
        "post_removal",
        "免去所挂职务",
        duties.POST_REMOVAL,
        COUNTIES,
        source="postings",
        where="s.term_ends is not null",
        subject="s.posting",
        area="s.target",
        since="coalesce(s.ended_on, s.term_ends)",
        due="coalesce(s.ended_on, s.term_ends) + 1",
        met=_RECORD.format("post_removal"),
    ),
    Obligation(
        "handbook",
        "发放工作手册",
        duties.HANDBOOK,
        PROVINCE,
        source="postings",
        where="s.ended_on is null or s.ended_on > now.day",
        subject="s.posting",
        area="s.target",
        since="s.placed_on",
        met=_RECORD.format("handbook"),
    ),
    Obligation(
        "handover",
        "到岗交接",
        ITEMS,
        COUNTIES | UNITS,
        source="postings",
        where="s.ended_on is null or s.ended_on > now.day",
        subject="s.posting",
        area="s.target",
        unit="s.unit",
        since="s.placed_on",
        met="s.on_post_since",
    ),
    Obligation(
        "term_end",
        "任期届满",
        TERM,
        COUNTIES,
        source="postings",
        where="s.term_ends is not null",
        subject="s.posting",
        area="s.target",
        since="s.on_post_since",
        due="s.term_ends",
        met="s.ended_on",
    ),
    Obligation(
        "replacement",
        "选派接替人选",
        None,
        UNITS,
        source="replacements",
        programme="''",
        subject="s.posting",
        area="s.target",
        unit="s.unit",
        since="s.due_on",
        met="s.filled_on",
    ),
)
