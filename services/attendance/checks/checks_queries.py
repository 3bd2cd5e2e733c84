"""Questions about checks: what was found, and the sample drawn again by its seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, single
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from programmes.roles import AUDITOR, CITIES, COUNTIES, PROVINCE, TOWNSHIPS
from services.attendance.checks import checks_projection as tables
from services.attendance.checks.refusals import SAMPLE_UNKNOWN
from services.attendance.checks.sample import drawn_by

ABOVE: Final = PROVINCE | CITIES | COUNTIES | AUDITOR
READERS: Final = ABOVE | TOWNSHIPS
AREA: Final = {"area": "区划代码，含下级"}
PROGRAMME: Final = {"programme": "方案编号"}


def redrawn(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The sample drawn again from its stored seed, beside the one that was drawn. Raises Rejected:
    ``sample_unknown``."""
    where = Where().inside(ask.actor, "area").equal(ask, "sample")
    found = rows(f"select * from samples where {where.text()}", *where.values)
    if not found:
        raise SAMPLE_UNKNOWN()
    (row,) = found
    again = list(drawn_by(row["seed"], row["roster"], len(row["drawn"])))
    told = {name: row[name] for name in ("sample", "area", "month", "seed", "drawn")}
    return single(ask, {**told, "redrawn": again, "same": again == row["drawn"]})


def _dated(title: str, table: Any, filters: Mapping[str, str], *areas: str, roles: frozenset[str] = READERS) -> Listing:
    return Listing(title, table, roles, filters, AREA, areas=areas, dated=("done_on <= %s",))


QUERIES: Final[Mapping[str, Query]] = {
    "sample_redrawn": Query(redrawn, ABOVE, "按种子重抽", {"sample": "抽查编号"}, ("sample",)),
    **queries(
        checks=_dated(
            "到岗检查",
            tables.CHECKS,
            {**PROGRAMME, "level": "township、county 或 city", "posting": "选派编号"},
            "area",
        ),
        inspections=_dated("督查", tables.INSPECTIONS, {**PROGRAMME, "body": "督查机构"}, "area", "inspector"),
        samples=_dated("抽查对象", tables.SAMPLES, {**PROGRAMME, "month": "年月"}, "area", roles=ABOVE),
        management_notes=_dated("日常管理记录", tables.NOTES, {"posting": "选派编号"}, "target"),
        inspection_areas=Listing(
            "承包县（市、区）",
            tables.LEADERS,
            ABOVE,
            PROGRAMME,
            AREA,
            areas=("city",),
            dated=("assigned_on <= %s",),
        ),
    ),
}
