"""Who may ask evaluation, and how far each sees: everywhere, its own units' cadres, or those of its areas."""

from __future__ import annotations

from typing import Final

from kernel.asking import Reach
from programmes.roles import CADRES, TOWNSHIPS, UNITS

EVERYWHERE: Final = frozenset({"province_org", "auditor", "system"})
READERS: Final = EVERYWHERE | {"city_org", "county_org"}
ASSESSORS: Final = READERS | TOWNSHIPS
"""Who sees how cadres are assessed: besides the departments the township, which scores and counts."""
BY_UNIT: Final = Reach(by_unit=UNITS)
OWN: Final = Reach(
    by_unit=UNITS, by_person=CADRES, mine="posting in (select posting from appraisees where person = %s)"
)
"""Besides, a cadre sees what is the own."""
AREA: Final = {"area": "区划代码，含下级"}
POSTING: Final = {"posting": "选派编号"}
YEAR: Final = {"year": "年度，如 2016"}
PROGRAMME: Final = {"programme": "方案编号"}
