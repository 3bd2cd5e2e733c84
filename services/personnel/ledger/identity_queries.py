"""Whose identity is open: what was entered under a number somebody holds, beside what is registered.

Invariant: only who has the person is shown it, and the province: the fields in which both differ and no other, after an
event says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.service import Ask, Query
from programmes.roles import CITIES, MANAGERS, PROVINCE
from services.personnel.persons.entry_plans import COMPARED, compared
from services.personnel.privacy.disclosure_queries import Missing, Opened, opened

_OPEN = """
select e.person as entered, e.known, e.sealed, k.sealed as registered, v.entered_on, v.organ as entered_by,
       had.unit, had.channel, had.sending
  from persons e join persons k on k.person = e.known
  join lateral (
       select organ, entered_on from versions where person = e.person and part = 'personal' order by position limit 1
       ) v on true
  join lateral (
       select n.unit, n.channel, '' as sending, n.nominated_on as since, n.nomination as key
         from nominations n join persons r on r.person = n.person where r.record_of = k.record_of
        union all
       select o.unit, o.channel, '', o.placed_on, o.posting
         from postings o join persons r on r.person = o.person where r.record_of = k.record_of
        union all
       select '', '', l.sending, l.nominated_on, l.leg
         from legs l join persons r on r.person = l.person where r.record_of = k.record_of
        order by since desc, key desc limit 1
       ) had on true
 where e.identity = 'open'
"""


def open_identities(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One page of what is to settle: {entered, known, entered_by, entered_on, differs}.

    ``differs`` gives by field what is registered and what was entered.
    """
    where = Where().equal(ask, "entered", "known")
    if ask.actor.role not in PROVINCE:
        own = Where().own(ask.actor, "unit", "channel")
        sent = Where().inside(ask.actor, "sending") if ask.actor.role in CITIES else Where().add("false")
        where.add(f"({own.text()} or {sent.text()})", *own.values, *sent.values)
    found = page(rows, ask, f"({_OPEN}) as entries", where, ("entered",))
    items = found["items"]
    blobs = [(row["entered"], row["sealed"]) for row in items] + [(row["known"], row["registered"]) for row in items]
    contents = opened(ask, tools, "open_identities", COMPARED, blobs)
    pairs = zip(items, contents[: len(items)], contents[len(items) :], strict=True)
    return {**found, "items": [_item(row, entered, kept) for row, entered, kept in pairs]}


def _item(row: Mapping[str, Any], entered: Opened, kept: Opened) -> dict[str, Any]:
    about = {name: row[name] for name in ("entered", "known", "entered_by", "entered_on")}
    if isinstance(entered, Missing) or isinstance(kept, Missing):
        return {**about, "differs": kept if isinstance(kept, Missing) else entered}
    new, old = compared(entered), compared(kept)
    differs = {key: [old[key], new[key]] for key in new if key in old and old[key] != new[key]}
    return {**about, "differs": differs}


QUERIES: Mapping[str, Query] = {
    "open_identities": Query(
        open_identities,
        PROVINCE | MANAGERS,
        "待核定的人员身份",
        {"entered": "录入的人员编号", "known": "持有该号码的人员编号"},
        discloses=True,
    )
}
