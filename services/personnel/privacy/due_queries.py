"""What is owed of personal data: the second hand at an erasure that was asked for, the erasure, the end of a hold that
another asked to end.

Basis: 个人信息保护法 第四十七条. While the law has data kept nothing of it can be destroyed, and nothing is owed.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from programmes.obligation import Obligation
from programmes.roles import SECURITY

_FREE: Final = """not exists (
select from holds h where h.person = s.person and h.placed_on <= now.day
   and (h.lifted_on is null or h.lifted_on > now.day)
)"""
_owed = partial(Obligation, reader=None, by=SECURITY, programme="''", subject="s.person", due="null::date")

OBLIGATIONS: Final = (
    _owed(
        "erasure_approval",
        "批准销毁个人信息",
        source="erasures",
        where=_FREE,
        since="s.requested_on",
        met="s.approved_on",
    ),
    _owed(
        "erasure",
        "销毁个人信息",
        source="erasures",
        where=_FREE,
        since="s.approved_on",
        met="s.erased_on",
    ),
    _owed(
        "hold_lift",
        "解除依法保存",
        source="holds",
        period="s.hold",
        since="s.lift_requested_on",
        met="s.lifted_on",
    ),
)
