"""What is owed of summaries: each copy by its last day."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation, worded
from programmes.readers.commendation import SUMMARY_DEADLINE
from programmes.roles import CITIES
from services.evaluation.summaries.summaries_queries import OWED

SUMMARY: Final = Obligation(
    "secondment_summary",
    "报送集体与个人总结",
    SUMMARY_DEADLINE,
    CITIES,
    source=OWED,
    where="s.gone_on is null or s.gone_on > now.day",
    subject="s.subject",
    period=worded("s.recipient"),
    part="s.recipient",
    area="s.area",
    person="s.person",
    since="s.called_on",
    due="s.due",
    met="s.filed_on",
)
