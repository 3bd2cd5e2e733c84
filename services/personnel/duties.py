"""The duties that personnel keeps: what must be recorded about whom, by whom, and who lacks it.

One line a duty in ``KNOWN``, its deciding function in the part of its subject, its question in ``QUERIES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.listing import queries
from kernel.part import Part
from kernel.service import Query
from programmes.duty import Duty, duties
from services.personnel.postings import handbook
from services.personnel.postings.handbook import HANDBOOK
from services.personnel.readers import EVERYWHERE, REACH, TERRITORY
from services.personnel.scopes import programme_and_target, programme_of

KNOWN: tuple[Duty, ...] = (HANDBOOK,)
PARTS: tuple[Part[Any], ...] = (
    duties("posting-record/{posting}", KNOWN, handbook.issue, scope=programme_and_target),
    duties("programme-record/{programme}", KNOWN, handbook.close, scope=programme_of),
)
QUERIES: Mapping[str, Query] = queries(
    handbooks_lacking=HANDBOOK.lacking(
        "未领工作手册", handbook.CONFIRMED, EVERYWHERE | TERRITORY, areas=("target",), reach=REACH
    ),
)
