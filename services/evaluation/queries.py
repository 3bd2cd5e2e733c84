"""Questions evaluation answers, as of a date of fact where one is given.

Invariant: what had not happened by that day is not in the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, day, page
from kernel.service import Ask, Query

READERS = frozenset({"province_org", "city_org", "county_org", "auditor", "system"})
AREA = {"area": "区划代码，含下级"}
AS_OF = {"as_of": "事实日期，缺省为全部"}
POSTING = {"posting": "选派编号"}

TRIGGERS = """(
    select d.*, c.person, c.started_on, c.stopped_on, v.delisted_on from dues d
    join clocks c using (posting) left join villages v on v.programme = c.programme and v.target = c.target
) as found"""

CASES = '(select *, recall_case as "case" from cases) as found'


def clocks(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The recall clocks; with ``as_of`` those that ran on that day."""
    where = _in_area(ask).equal(ask, "posting")
    if ask.params.get("as_of"):
        as_of = day(ask)
        where.add("started_on <= %s and (stopped_on is null or stopped_on > %s)", as_of, as_of)
    return page(rows, ask, "clocks", where, ("posting",))


def triggers(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What each clock waits for and by when; with ``as_of`` those whose day has come."""
    where = _in_area(ask).equal(ask, "posting", "trigger")
    if ask.params.get("as_of"):
        where.add("due <= %s", day(ask))
    return page(rows, ask, TRIGGERS, where, ("posting", "requires"))


def cases(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The recall cases raised by a day, each with its measures."""
    where = _in_area(ask).equal(ask, "posting", "trigger").add("raised_on <= %s", day(ask))
    return page(rows, ask, CASES, where, ("recall_case",))


def recalls(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The cases that had led to a recall by a day."""
    where = _in_area(ask).add("recalled_on <= %s", day(ask))
    return page(rows, ask, CASES, where, ("recall_case",))


def ideas(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Ideas and channels of income accepted by a day (``what`` is development_idea or income_channel)."""
    where = _in_area(ask).equal(ask, "posting", "what").add("accepted_on <= %s", day(ask))
    return page(rows, ask, "acceptances", where, ("position",))


def secondments(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The secondments of the areas that sent or took the person."""
    return page(rows, ask, "secondments", _of_both_sides(ask).equal(ask, "leg"), ("leg",))


def assessments_due(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The secondments whose term had ended by a day without an assessment; a replaced leg is not among them."""
    as_of = day(ask)
    where = _of_both_sides(ask).add("due <= %s", as_of)
    where.add("(assessed_on is null or assessed_on > %s)", as_of)
    where.add("(replaced_on is null or replaced_on > %s)", as_of)
    return page(rows, ask, "secondments", where, ("leg",))


def _in_area(ask: Ask) -> Where:
    return Where().inside(ask.actor, "target").under(ask, "area", "target")


def _of_both_sides(ask: Ask) -> Where:
    return Where().inside(ask.actor, "sending", "host").under(ask, "area", "sending", "host")


QUERIES: Mapping[str, Query] = {
    "clocks": Query(clocks, READERS, "召回期限", {**POSTING, **AREA, **AS_OF}),
    "triggers": Query(triggers, READERS, "期限要求", {**POSTING, "trigger": "T1、T2 或 T3", **AREA, **AS_OF}),
    "cases": Query(cases, READERS, "召回案件", {**POSTING, "trigger": "T1、T2 或 T3", **AREA, **AS_OF}),
    "recalls": Query(recalls, READERS, "已召回", {**AREA, **AS_OF}),
    "ideas": Query(ideas, READERS, "发展思路与增收渠道", {**POSTING, "what": "认定事项", **AREA, **AS_OF}),
    "secondments": Query(secondments, READERS, "挂职锻炼", {"leg": "挂职编号", **AREA}),
    "assessments_due": Query(assessments_due, READERS, "应考核未考核", {**AREA, **AS_OF}),
}
