"""Questions about leave, absence and official duty."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.listing import Listing, queries
from kernel.service import Query
from services.attendance.readers import OWN

READERS = frozenset({"province_org", "city_org", "county_org", "township", "village", "cadre", "auditor", "system"})
POSTING = {"posting": "选派编号"}
AREA = {"area": "区划代码，含下级"}
UNFILED = "(select * from leaves where decision = 'approved' and file_with <> '' and filed_on is null) as unfiled"


def _of(title: str, rows: str, *key: str) -> Listing:
    return Listing(title, rows, READERS, POSTING, AREA, key=("posting", *key), areas=("target",), reach=OWN)


QUERIES: Mapping[str, Query] = queries(
    leaves=_of("请假", "leaves", "leave"),
    leaves_unfiled=_of("准假未备案", UNFILED, "leave"),
    absences=_of("缺勤", "absences", "day"),
    official_duty=_of("公务外出", "official_duty", "day"),
    sign_ins=_of("本人签到（佐证）", "sign_ins", "day"),
)
