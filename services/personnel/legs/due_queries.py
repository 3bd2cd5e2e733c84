"""What is owed of legs: that the sending city brings its persons to the host by the printed day (PE-054, X-055).

A substitute comes after a loss and owes no day of the first group's.
"""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.swap import REPORT_BY
from programmes.roles import CITIES

OBLIGATIONS: Final = (
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
