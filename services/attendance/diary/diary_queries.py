"""Questions about logs, diaries and occasions. A sending unit reads what its own cadres wrote, a cadre what is the
own, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from programmes.roles import AUDITOR, CADRES, CITIES, COUNTIES, PROVINCE, TOWNSHIPS, UNITS, VILLAGES
from services.attendance.diary import diary_projection as tables
from services.attendance.readers import OWN

ABOVE: Final = PROVINCE | CITIES | COUNTIES | AUDITOR
READERS: Final = ABOVE | TOWNSHIPS | VILLAGES | CADRES
AREA: Final = {"area": "区划代码，含下级"}
POSTING: Final = {"posting": "选派编号"}
GAPS: Final = """(
select d.posting, d.day, d.target, d.month from days_on_post d
 where not exists (select from work_logs l where l.posting = d.posting and l.day = d.day)
) as gaps"""

QUERIES: Final[Mapping[str, Query]] = queries(
    work_logs=Listing(
        "工作日志",
        tables.LOGS,
        READERS,
        POSTING,
        AREA,
        areas=("target",),
        reach=OWN,
        dated=("written_at <= %s",),
    ),
    days_without_log=Listing(
        "到岗无日志",
        GAPS,
        READERS,
        {**POSTING, "month": "年月"},
        AREA,
        key=("posting", "day"),
        areas=("target",),
        reach=OWN,
        needs=("posting",),
    ),
    diary_entries=Listing(
        "民情日记和工作台账",
        tables.ENTRIES,
        ABOVE | UNITS | CADRES,
        {**POSTING, "kind": "日记 diary 或台账 ledger"},
        AREA,
        areas=("target",),
        units=("unit",),
        reach=OWN,
        dated=("written_on <= %s",),
    ),
    incidents=Listing(
        "群体性事件直报",
        tables.INCIDENTS,
        READERS,
        POSTING,
        AREA,
        areas=("target",),
        reach=OWN,
        dated=("reported_on <= %s",),
    ),
    occasions=Listing(
        "五必到",
        tables.OCCASIONS,
        READERS,
        POSTING,
        AREA,
        areas=("target",),
        reach=OWN,
        dated=("recorded_on <= %s",),
    ),
)
