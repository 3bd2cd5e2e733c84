"""What is owed of legs: that the sending city hands its persons in and brings them to the host by the printed days
(PE-054, X-055).

A substitute comes after a loss and owes no day of the first group's.
"""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.nomination import SUBMITTED_BY
from programmes.readers.swap import REPORT_BY
from programmes.roles import CITIES

_SENDING: Final = """(
select programme, sending_city as city, min(nominated_on) as since from legs where not substitute
 group by programme, sending_city
)"""

OBLIGATIONS: Final = (
    Obligation(
        "secondment_submission",
        "报送互派人选",
        SUBMITTED_BY,
        CITIES,
        source=_SENDING,
        subject="s.city",
        area="s.city",
        since="s.since",
        on=lambda day: day,
        met="(select min(b.submitted_on) from submissions b where b.programme = s.programme and b.city = s.city)",
    ),
    Obligation(
        "secondment_report",
        "组织报到",
        REPORT_BY,
        CITIES,
        source="legs",
        where="not s.substitute and (s.withdrawn_on is null or s.withdrawn_on > now.day)",
        subject="s.leg",
        area="s.sending_city",
        since="s.nominated_on",
        on=lambda day: day,
        met="s.reported_on",
    ),
)
