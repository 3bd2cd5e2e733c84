"""Questions about difficulties: all of them, symposia, and what is open on a day, with its age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, day, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.evaluation.difficulties import difficulties_projection as tables
from services.evaluation.readers import AREA, ASSESSORS, POSTING, PROGRAMME

_OPEN: Final = """(
    select programme, county, difficulty, posting, target, kind, text, raised_on,
        case when assigned_on <= d.day then organ else '' end as organ, d.day - raised_on as age
    from difficulties, (select %s::date as day) as d
    where raised_on <= d.day and (solved_on is null or solved_on > d.day)
) as open"""


def still_open(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What is open on the day ``as_of``, by county, with its age in days (X-006)."""
    where = Where().inside(ask.actor, "target").under(ask, "area", "target").equal(ask, "programme", "county")
    return page(rows, ask, _OPEN, where, ("programme", "county", "difficulty"), day(ask))


QUERIES: Final[Mapping[str, Query]] = {
    "difficulties_open": Query(
        still_open,
        ASSESSORS,
        "各县尚未解决的困难和天数",
        {"as_of": "截至日期", "county": "县（市、区）代码", **PROGRAMME, **AREA},
        ("as_of",),
    ),
    **queries(
        difficulties=Listing(
            "选派干部的困难",
            tables.DIFFICULTIES,
            ASSESSORS,
            {**POSTING, **PROGRAMME},
            AREA,
            areas=("target",),
            dated=("raised_on <= %s",),
        ),
        symposia=Listing(
            "派驻干部座谈会", tables.SYMPOSIA, ASSESSORS, PROGRAMME, AREA, areas=("county",), dated=("held_on <= %s",)
        ),
    ),
}
