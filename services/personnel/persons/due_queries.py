"""What is owed of identities: whether who was entered is the one who holds the number is settled.

The province owes it and sees them all. An organ that sent the person before may settle it too (``SettleIdentity``), but
who entered the number is not told by this list that another holds it.
"""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.roles import PROVINCE

OBLIGATIONS: Final = (
    Obligation(
        "identity_settled",
        "核定人员身份",
        None,
        PROVINCE,
        source="(select *, (select min(left(scope, 2)) from rules_in_force) as province from persons)",
        where="s.erased_on is null or s.erased_on > now.day",
        programme="''",
        subject="s.person",
        area="s.province",
        since="s.questioned_on",
        due="null::date",
        met="s.settled_on",
    ),
)
