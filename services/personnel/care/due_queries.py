"""What is owed of a posting while it runs: each duty of care that its profile asks, and check-ups when they come again.

A duty that only some tiers owe is not listed here: ``open_items`` tells it of each posting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.reader import Reader
from kernel.rules import Rules
from programmes.obligation import Obligation, Owers
from programmes.readers.care import CHECKUP_MONTHS
from programmes.readers.duties import Terms
from programmes.roles import UNITS
from services.personnel.care.care import OWED
from services.personnel.care.training import PRE_POST

_ENDED: Final = "s.ended_on is null or s.ended_on > now.day"
_RECORD: Final = (
    "(select min(c.done_on) from care_records c where c.duty = '{}' and c.posting = s.posting and c.lacking = '')"
)
_AGAIN: Final = """(
select c.*, p.unit, p.ended_on,
       (select min(l.done_on) from care_records l where l.duty = c.duty and l.posting = c.posting
         and l.done_on > c.done_on) as next_on
  from care_records c join postings p using (posting) where c.duty = 'checkup' and c.again_by is not null
)"""


def _owers(terms: Reader[Terms]) -> Owers:
    def owers(rules: Rules) -> Mapping[str, frozenset[str]]:
        asked = rules.find(terms)
        return {} if asked is None or asked.value.tiers else {"": frozenset(asked.value.by)}

    return owers


OBLIGATIONS: Final = (
    *(
        Obligation(
            f"care_{duty.name}",
            duty.title,
            duty.terms,
            _owers(duty.terms),
            source="postings",
            where=_ENDED,
            subject="s.posting",
            area="s.target",
            unit="s.unit",
            since="s.placed_on" if duty is PRE_POST else "s.on_post_since",
            met=_RECORD.format(duty.name),
        )
        for duty in OWED
        if duty.terms is not None
    ),
    Obligation(
        "checkup_again",
        "再次体检",
        CHECKUP_MONTHS,
        UNITS,
        source=_AGAIN,
        where=_ENDED,
        subject="s.posting",
        period="s.done_on::text",
        area="s.target",
        unit="s.unit",
        since="s.done_on",
        due="s.again_by",
        met="s.next_on",
    ),
)
