"""Questions about difficulties: all of them, symposia, and what is open on a day, with its age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, day, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.evaluation.difficulties import difficulties_projection as tables
from services.evaluation.readers import AREA, ASSESSORS, POSTING, PROGRAMME

_KNOWN: Final = """(
    select s.programme, s.county, s.difficulty, s.posting, s.person, s.target, s.kind, s.text, s.raised_on,
        coalesce(a.organ, '') as organ, a.assigned_on,
        case when s.solved_on <= d.day then s.solution else '' end as solution,
        case when s.solved_on <= d.day then s.solved_on end as solved_on,
        d.day - s.raised_on as age
    from (select %s::date as day) as d join difficulties s on s.raised_on <= d.day
    left join lateral (
        select organ, assigned_on from difficulty_assignments a
         where a.difficulty = s.difficulty and a.assigned_on <= d.day order by a.assigned_on desc limit 1
    ) as a on true
) as known"""
"""Each difficulty as it stood on a day."""
_KEY: Final = ("programme", "county", "difficulty")
_TOLD: Final = (*tables.DIFFICULTIES.columns, "organ", "assigned_on")
_OPEN: Final = ("programme", "county", "posting", "target", "kind", "text", "raised_on", "organ", "age")


def still_open(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What is open on the day ``as_of``, by county, with its age in days (X-006)."""
    where = Where().inside(ask.actor, "target").under(ask, "area", "target").equal(ask, "programme", "county")
    where.add("solved_on is null")
    return page(rows, ask, _KNOWN, where, _KEY, day(ask), columns=("difficulty", *_OPEN))


def known(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Every difficulty as it stood on the day ``as_of``, or stands: who solves it, and how it was solved."""
    where = Where().inside(ask.actor, "target").under(ask, "area", "target").equal(ask, "programme", "posting")
    return page(rows, ask, _KNOWN, where, ("difficulty",), day(ask), columns=("difficulty", *_TOLD))


QUERIES: Final[Mapping[str, Query]] = {
    "difficulties_open": Query(
        still_open,
        ASSESSORS,
        "各县尚未解决的困难和天数",
        {"as_of": "截至日期", "county": "县（市、区）代码", **PROGRAMME, **AREA},
        ("as_of",),
    ),
    "difficulties": Query(
        known, ASSESSORS, "选派干部的困难", {**POSTING, **PROGRAMME, **AREA, "as_of": "事实日期，缺省为全部"}
    ),
    **queries(
        symposia=Listing(
            "派驻干部座谈会", tables.SYMPOSIA, ASSESSORS, PROGRAMME, AREA, areas=("county",), dated=("held_on <= %s",)
        ),
    ),
}
