"""Which posts a person acts in on a day: what a door must know of whoever signs in (X-057).

Source: terms of office and stand-ins as the organs above recorded them (``office``, ``unit_office``). Invariant: the
answer is that of ``programmes.offices.Office.acting``: whoever comes ends the term before, and nobody is in office
again because the successor left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, cut, day
from kernel.service import Ask, Query
from programmes.roles import AUDITOR, SYSTEM

_ACTING = """
with held as (
    select organ, post, since, person, until from office_holders
    union all select organ, post, since, person, until from unit_officers
), acted as (
    select organ, post, since, person, until, holder from stand_ins
    union all select organ, post, since, person, until, holder from unit_stand_ins
), acting as (
    select organ, post, since, until, false as stand_in, '' as holder from held as h
     where person = %s and since <= %s and (until is null or until >= %s)
       and not exists (
           select 1 from held as later
            where later.organ = h.organ and later.post = h.post and later.since > h.since and later.since <= %s
              and (later.until is null or later.until >= later.since))
    union all
    select organ, post, since, until, true, holder from acted
     where person = %s and since <= %s and until >= %s
)
select a.*, coalesce(u.name, '') as name from acting as a left join units as u on u.unit = a.organ
 order by stand_in, organ, post, since
"""


def seats(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Every post the person acts in on the day, their own first: {organ, post, since, until, stand_in, holder, name};
    ``name`` is that of a unit, "" of every other organ."""
    person, on = ask.params["person"], day(ask)
    return cut(rows(_ACTING, person, on, on, on, person, on, on), ask)


QUERIES = {
    "seats": Query(
        seats,
        SYSTEM | AUDITOR,
        "某人某日所任和代理的职务",
        {"person": "任职人编号", "as_of": "日期"},
        ("person", "as_of"),
    )
}
