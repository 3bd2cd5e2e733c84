"""The duties that attendance keeps: what must be recorded about whom, by whom, and who lacks it.

One line a duty in ``KNOWN``, its deciding function in the part of its subject, its question in ``QUERIES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.listing import queries
from kernel.part import Part
from kernel.service import Query
from programmes.duty import Duty, duties
from programmes.roles import AUDITOR, CITIES, COUNTIES, PROVINCE
from services.attendance.inspection import management_rules as rules
from services.attendance.inspection.management_rules import MANAGEMENT_RULES
from services.attendance.register.state import programme_and_area

KNOWN: tuple[Duty, ...] = (MANAGEMENT_RULES,)
PARTS: tuple[Part[Any], ...] = (
    duties("county-record/{programme}.{county}", KNOWN, rules.file, rules.cite, scope=programme_and_area),
)
QUERIES: Mapping[str, Query] = queries(
    management_rules_lacking=MANAGEMENT_RULES.lacking(
        "未备案管理办法的县", rules.MANAGING, PROVINCE | CITIES | COUNTIES | AUDITOR, areas=("county",)
    ),
)
