"""What is due: the obligations of a service as one question, of any day, with who owes them, clause and date (X-055).

    QUERIES = due(OBLIGATIONS, holding="select organ, post, person, since, until from office_holders")

Every service answers it, ordered alike: what is open before what is met, then by the last day, so what is overdue comes
first; the gateway lays the pages of all beside each other under one cursor.

Invariant: whoever asks sees what the own role owes in the own area, by the post it holds where one must act, and with
``scope=area`` what is owed below; nobody sees another area's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from typing import Any, Final

from kernel.asking import Find, Page, Where, day, page
from kernel.calendar import day_of
from kernel.log.batch import clock
from kernel.profiles import books
from kernel.refusals import FIELD_VALUE, FOREIGN_AREA
from kernel.rules import RuleBook
from kernel.service import Ask, Query
from programmes.obligation import Obligation, Terms
from programmes.roles import AUDITOR, CADRES, ROLE_NAMES, SECURITY, SYSTEM, SYSTEM_ADMIN

PARAMS: Final = {
    "as_of": "截至日期",
    "scope": "own 为本岗位应办，area 为所辖范围应办；缺省为 own",
    "state": "open 为未办，met 为已办，all 为全部；缺省为 open",
    "programme": "方案编号",
    "kind": "事项",
    "area": "区划代码，含下级",
}
MOST: Final = 10_000
"""Rows of a page at most: each page is worked out anew."""
KEY: Final = ("done", "ranked_on", "kind", "programme", "subject", "period", "part")
"""The order of all obligations, over all services: no two have the same."""
ROLES: Final = frozenset(ROLE_NAMES) - {"witness", "calendar"}
_PROFILES: Final = "select profile, programme, version, base, scope, sha256, rules from rules_in_force order by profile"
_KINDS: Final = {"apart": "text[]", "roles": "text[]", "on_day": "date", "assumed": "bool", "whole": "bool"}
_NUMBERS: Final = ("digits", "months", "times", "within", "number")
_TYPES: Final = {name: _KINDS.get(name, "int" if name in _NUMBERS else "text") for name in Terms._fields}
_BEGUN: Final = (
    "make_date(extract(year from {day})::int, (extract(month from {day})::int - 1) / {months} * {months} + 1, 1)"
)
"""The first day of the period that a day lies in; periods of a calendar's year begin with it."""
_PERIODS: Final = """
cross join lateral (
  select begun::date as first, (begun + interval '{months} months')::date - 1 as last, {label} as period
    from generate_series({begun}::timestamp, least({until}, now.day)::timestamp, interval '{months} months') as begun
) as p
left join (
  select d.programme, d.subject, {done_in} as first, {met_in} as met
    from ({done}) as d where d.met_on <= %s::date group by 1, 2, 3
) as d on d.programme = {programme} and d.subject = {subject} and d.first = p.first
"""
_LABELS: Final = {
    1: "to_char(begun, 'YYYY-MM')",
    3: "to_char(begun, 'YYYY-\"Q\"Q')",
    6: "to_char(begun, 'YYYY-\"H\"') || (1 + extract(month from begun)::int / 6)",
    12: "to_char(begun, 'YYYY')",
}
_ONCE: Final = {
    "period": "{period}",
    "since": "{since}",
    "due_on": "{due}",
    "met_on": "case when {met} <= now.day then {met} end",
}
_EACH: Final = {
    "period": "p.period",
    "since": "case when t.within is null then greatest({since}, p.first) else least({until}, p.last) + 1 end",
    "due_on": "p.last + coalesce(t.within, 0)",
    "met_on": "d.met",
}
_COLUMNS: Final = {
    "programme": "{programme}",
    "kind": "'{name}'",
    "title": "'{title}'",
    "subject": "{subject}",
    "area": "case when {area} = '' then t.scope else left({area}, t.digits) end",
    "unit": "{unit}",
    "person": "{person}",
    "post": "{post}",
    "part": "{part}",
    **{column: f"t.{column}" for column in ("roles", "notice", "clause", "assumed")},
}
_SHOWN: Final = """(
select *, met_on is not null as done, coalesce(due_on, '9999-12-31') as ranked_on,
       case when met_on is null then greatest(0, day - due_on) end as overdue,
       case when met_on is not null then greatest(0, met_on - due_on) end as delay
  from ({owed}) as owed, (select %s::date as day) as today where since <= day
) as due"""


def due(obligations: Sequence[Obligation], holding: str = "", now: Callable[[], int] = clock) -> dict[str, Query]:
    """The question by its name.

    ``holding`` selects who holds a post of an organ, from when until when (``organ, post, person, since, until``).
    """
    known = {one.name: one for one in obligations}
    if len(known) != len(obligations):
        raise TypeError("two obligations have one name")

    def answer(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
        today = day_of(now())
        on = day(ask) if ask.params.get("as_of") else today
        if on > today:
            raise FIELD_VALUE(field="as_of", fault="尚未到来", accepted=f"不晚于 {today}")
        asked = ask.params.get("kind")
        if asked and asked not in known:
            titles = [f"{one.name}（{one.title}）" for one in known.values()]
            raise FIELD_VALUE(field="kind", fault="没有这一事项", accepted="、".join(titles))
        _within_reach(ask)
        profiles = list(books(rows(_PROFILES)).values())
        _published(ask, profiles)
        owed, values = _owed([known[asked]] if asked else list(known.values()), profiles, on)
        if not owed:
            return {"items": [], "next": None}
        where = _mine(ask, on, holding).equal(ask, "programme").under(ask, "area", "area")
        where.add({"open": "not done", "met": "done", "all": "true"}[_one_of(ask, "state", "open", "met", "all")])
        return page(rows, ask, _SHOWN.replace("{owed}", owed), where, KEY, *values, on)

    return {"due": Query(answer, ROLES, "应办事项", PARAMS, most=MOST)}


def _within_reach(ask: Ask) -> None:
    """Check that the area asked for and one of the asker's overlap. Raises Rejected: ``foreign_area``."""
    actor, area = ask.actor, ask.params.get("area")
    if not area or actor.units or actor.role in AUDITOR | SYSTEM | CADRES:
        return
    if not any(area.startswith(own) or own.startswith(area) for own in actor.areas):
        raise FOREIGN_AREA(area=area, areas=actor.areas or "无", field="area", rule=None)


def _published(ask: Ask, known: Sequence[RuleBook]) -> None:
    """Check that the programme asked for was published. Raises BadInput: ``field_value``."""
    programmes = sorted({layer.programme for book in known for layer in book.profiles if not layer.base})
    asked = ask.params.get("programme")
    if asked and asked not in programmes:
        accepted = "、".join(programmes) or "尚未公布任何方案"
        raise FIELD_VALUE(field="programme", fault="没有公布过这一方案", accepted=accepted)


def _owed(obligations: Sequence[Obligation], known: Sequence[RuleBook], on: date) -> tuple[str, list[Any]]:
    """The select of what is owed, and its parameters; "" where no profile asks for anything."""
    selects: list[str] = []
    values: list[Any] = []
    for one in obligations:
        terms = sorted(one.terms(known), key=_rhythm)
        for (months, times), alike in groupby(terms, key=_rhythm):
            group = list(alike)
            selects.append(_select(one, len(group), months, times))
            values += [on, *(value for row in group for value in row), *([on] if months else [])]
    return " union all ".join(selects), values


def _rhythm(row: Terms) -> tuple[int, int]:
    return row.months or 0, row.times


def _select(one: Obligation, terms: int, months: int, times: int) -> str:
    said = {field.name: getattr(one, field.name) for field in fields(one)}
    columns = {**_COLUMNS, **(_EACH if months else _ONCE)}
    shown = ", ".join(f"{text.format(**said)} as {name}" for name, text in columns.items())
    row = f"({', '.join(f'%s::{kind}' for kind in _TYPES.values())})"
    periods = ""
    if months:
        begun, done_in = (_BEGUN.format(day=day, months=months) for day in (one.since, "d.day"))
        # The first of them is found without sorting.
        met_in = "min(d.met_on)" if times == 1 else f"(array_agg(d.met_on order by d.met_on))[{times}]"
        shape = {"months": months, "begun": begun, "done_in": done_in, "met_in": met_in, "label": _LABELS[months]}
        periods = _PERIODS.format(**said, **shape)
    return (
        f"select {shown} from {one.source} as s cross join (select %s::date as day) as now"
        f" join (values {', '.join([row] * terms)}) as t ({', '.join(_TYPES)}) on t.programme = {one.programme}"
        f" and t.per = {one.per} and case when {one.area} = '' then t.whole else starts_with({one.area}, t.scope) end"
        f" and not exists (select from unnest(t.apart) as other where starts_with({one.area}, other))"
        f"{periods} where ({one.where}) and {one.since} is not null"
    )


def _mine(ask: Ask, on: date, holding: str) -> Where:
    """What the asker may see: what the own post owes, or what is owed in the own area."""
    actor, where = ask.actor, Where()
    if actor.role in AUDITOR | SYSTEM:
        return where
    if actor.role in SYSTEM_ADMIN | SECURITY:
        return where.add("%s = any(roles)", actor.role)
    if actor.role in CADRES:
        return where.add("person = %s", actor.person)
    inside, own = Where().inside(actor, "area"), Where().own(actor, "unit")
    where.add(f"({inside.text()} or {own.text()})", *inside.values, *own.values)
    if _one_of(ask, "scope", "own", "area") == "area":
        return where
    where.add("%s = any(roles)", actor.role)
    if not holding:
        return where.add("post = ''")
    held = f"select from ({holding}) as h where h.organ = area and h.post = due.post and h.person = %s"
    then = "h.since <= %s and (h.until is null or h.until >= %s)"
    return where.add(f"(post = '' or exists ({held} and {then}))", actor.person, on, on)


def _one_of(ask: Ask, name: str, default: str, *others: str) -> str:
    """The parameter ``name``. Raises BadInput: ``field_value``."""
    value = ask.params.get(name) or default
    if value not in (default, *others):
        raise FIELD_VALUE(field=name, fault="不在所列之内", accepted="、".join((default, *others)))
    return value
