"""What is owed of identities: whether who was entered is the one who holds the number is settled.

The province owes it and sees them all. An organ that sent the person before may settle it too (``SettleIdentity``), but
who entered the number is not told by this list that another holds it. A question that ended because the number was
corrected was owed until then, and stays known.
"""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.roles import PROVINCE

_QUESTIONS: Final = """(
select q.person, q.known, q.since, p.erased_on, (select min(left(scope, 2)) from rules_in_force) as province,
       (select min(e.since) from identity_marks e where e.person = q.person and e.since >= q.since
           and case when e.state = 'moved' then e.known <> q.known else e.state <> 'open' and e.known = q.known end
       ) as settled_on
  from identity_marks q join persons p using (person) where q.state = 'open'
)"""

OBLIGATIONS: Final = (
    Obligation(
        "identity_settled",
        "核定人员身份",
        None,
        PROVINCE,
        source=_QUESTIONS,
        where="s.erased_on is null or s.erased_on > now.day",
        programme="''",
        subject="s.person",
        area="s.province",
        period="s.since::text",
        part="s.known",
        since="s.since",
        due="null::date",
        met="s.settled_on",
    ),
)
