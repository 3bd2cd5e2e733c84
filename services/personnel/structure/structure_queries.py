"""The structure of the corps as of a day, for the organs that manage it (PE-043).

Age, sex and education are sealed: they are opened under the asker's right to read those persons, the reading is
recorded like any other, and figures alone are answered. Who may not read a person does not count the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kernel.asking import Find, Page, Where, day, single
from kernel.service import Ask, Query
from services.personnel.persons import history
from services.personnel.privacy.disclosure_queries import opened
from services.personnel.readers import REACH
from services.personnel.structure import corps

MANAGING = frozenset({"province_org", "city_org", "county_org", "channel", "enterprise"})
SHOWN = ("birth_month", "sex", "education_full_time", "education_in_service")
_CHUNK = 1000
_SERVING = """
(select p.person, p.posting as key, p.target, '' as sending, '' as host, p.unit, p.channel, p.city, p.county,
        coalesce(nullif(u.level, ''), '') as level, p.channel as unit_kind, coalesce(c.pool, '') as pool,
        coalesce(n.nomination, '') as nomination
   from postings p left join units u on u.unit = p.unit
   left join candidacies c on c.person = p.person and c.programme = p.programme
   left join lateral (select nomination from nominations n where n.person = p.person and n.programme = p.programme
                       order by nominated_on desc, nomination limit 1) n on true
  where p.programme = %s and p.on_post_since <= %s
    and least(p.recalled_on, p.ended_on, p.returned_on, 'infinity'::date) > %s
  union all
 select l.person, l.leg, '', l.sending, l.host, '', '', l.host_city, l.host, l.level, l.sending_city, '', ''
   from legs l
  where l.programme = %s and l.reported_on <= %s
    and least(l.withdrawn_on, l.ended_on, l.returned_on, 'infinity'::date) > %s) as serving
"""


def structure(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The figures of those who serve on ``as_of`` as one item: ``serving`` and a table for each dimension."""
    on, programme = day(ask), ask.params["programme"]
    where = Where().reach(ask.actor, REACH, ("target", "sending", "host"), ("unit", "channel"))
    where.equal(ask, "city", "county")
    values = [*(programme, on, on) * 2, *where.values]
    found = rows(f"select * from {_SERVING} where {where.text()} order by person, key", *values)
    members = list(_members(rows, ask, tools, found, on))
    about = {"programme": programme, "as_of": on.isoformat(), "serving": len(members)}
    return single(ask, {**about, **corps.figures(members, on)})


def _members(
    rows: Find, ask: Ask, tools: Mapping[str, Any], found: Sequence[Mapping[str, Any]], on: date
) -> Iterator[corps.Member]:
    for start in range(0, len(found), _CHUNK):
        part = found[start : start + _CHUNK]
        said = [row for row in rows(history.VERSIONS, [row["person"] for row in part]) if row["entered_on"] <= on]
        contents = opened(ask, tools, "structure", SHOWN, [(row["person"], row["sealed"]) for row in said])
        entries: dict[str, list[tuple[Mapping[str, Any], Any]]] = {}
        for row, content in zip(said, contents, strict=True):
            entries.setdefault(row["person"], []).append((row, content))
        for one in part:
            own = entries.get(one["person"], [])
            versions = history.said([version for version, _ in own], [content for _, content in own])
            personal = history.personal(versions)
            form: Mapping[str, Any] = history.form(versions, one["nomination"]) or personal.get("form", {})
            yield corps.Member(
                birth_month=personal.get("birth_month", ""),
                sex=personal.get("sex", ""),
                education=(form.get("education_full_time", ""), form.get("education_in_service", "")),
                level=one["level"],
                unit_kind=one["unit_kind"],
                pool=one["pool"],
            )


QUERIES: Mapping[str, Query] = {
    "structure": Query(
        structure,
        MANAGING,
        "队伍结构分析",
        {"programme": "方案编号", "as_of": "事实日期", "city": "市代码", "county": "县（市、区）代码"},
        ("programme", "as_of"),
        discloses=True,
    )
}
