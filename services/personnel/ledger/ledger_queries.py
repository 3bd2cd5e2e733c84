"""The ledger with names: the eight printed columns of annex 4, the columns of annex 3 assumed alike (X-020).

Invariant: names and numbers are opened only for the organs that manage the cadre (province, host city and county in
their area, the channel for its units); every other reader gets the row masked (X-032), and no blob is opened for it.
The row of an erased person says so, and so does one whose data is damaged (``unreadable``); the other rows are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.service import Ask
from programmes.villages import printed
from services.personnel.privacy.disclosure_queries import Missing, Opened, opened
from services.personnel.readers import REACH

MANAGING = frozenset({"province_org", "city_org", "county_org", "channel"})
MASKED = "＊＊＊"
KEY = ("county", "target", "posting")
LATEST_FORM = """lateral (
    select v.sealed from nominations f join versions v on v.person = f.person and v.nomination = f.nomination
     where f.person = {0}.person and f.programme = {0}.programme and v.part = 'form'
     order by f.nominated_on desc, f.nomination limit 1)"""
"""Whoever was nominated again has several forms in a programme: a row of a ledger rests on the last."""
_SELECT = f"""
select p.posting, p.programme, p.person, p.county, p.target, p.kind, p.role, p.unit, u.name as unit_name,
       s.sealed as personal, coalesce(n.sealed, '') as form,
       row_number() over (order by p.county, p.target, p.posting) as row_no
  from postings p
  left join units u on u.unit = p.unit
  left join persons s on s.person = p.person
  left join {LATEST_FORM.format("p")} n on true
"""


def ledger(rows: Find, ask: Ask, tools: Mapping[str, Any], purpose: str = "ledger") -> Page:
    """One page of cadres on post, in the printed columns and the ids behind them; ``assumed`` marks annex 3."""
    where = Where().add("p.status = 'on_post'").reach(ask.actor, REACH, ("p.target",), ("p.unit", "p.channel"))
    where.equal(ask, programme="p.programme", city="p.city", county="p.county", kind="p.kind")
    # The rows are numbered before a page is cut from them, so that the second page counts on.
    found = page(rows, ask, f"({_SELECT} where {where.text()}) as numbered", Where(), KEY, *where.values)
    people: Sequence[Mapping[str, str]] = [{}] * len(found["items"])
    if ask.actor.role in MANAGING:
        people = personal(rows, ask, found["items"], tools, purpose)
    items = [_row(row, person) for row, person in zip(found["items"], people, strict=True)]
    return {**found, "items": items}


_CORRECTIONS = """
select person, programme, sealed from versions where part = 'correction' and person = any(%s)
 order by entered_on, position
"""


def personal(
    rows: Find, ask: Ask, found: Sequence[Mapping[str, Any]], tools: Mapping[str, Any], purpose: str
) -> list[Mapping[str, str]]:
    """Name, mobile and, where there is a form, post of the person of each row, once the reading is recorded."""
    formed = [row for row in found if row["form"]]
    corrections = rows(_CORRECTIONS, [row["person"] for row in formed]) if formed else []
    blobs = [(row["person"], row["personal"]) for row in found] + [(row["person"], row["form"]) for row in formed]
    blobs += [(row["person"], row["sealed"]) for row in corrections]
    contents = opened(ask, tools, purpose, ("name", "mobile", "sending_unit_and_post"), blobs)
    forms = {row["posting"]: form for row, form in zip(formed, contents[len(found) :], strict=False)}
    keys = {(row["person"], row["programme"]): row["posting"] for row in formed}
    for row, new in zip(corrections, contents[len(found) + len(formed) :], strict=True):
        posting = keys.get((row["person"], row["programme"]))
        old = forms.get(posting or "")
        if isinstance(new, Mapping) and isinstance(old, Mapping) and posting:
            forms[posting] = {**old, **new}
    return [_person(person, forms.get(row["posting"])) for row, person in zip(found, contents, strict=False)]


def _person(person: Opened, form: Opened | None) -> Mapping[str, str]:
    if isinstance(person, Missing):
        return {"name": person, "mobile": person}
    post = "" if form is None or form == Missing.ERASED else form
    return {
        "name": person["name"],
        "mobile": person["mobile"],
        "post": post if isinstance(post, str) else post.get("sending_unit_and_post", ""),
    }


def _row(row: Mapping[str, Any], person: Mapping[str, str]) -> dict[str, Any]:
    return {
        "row_no": row["row_no"],
        "posting": row["posting"],
        "person": row["person"],
        "target": row["target"],
        "host_county": printed(row["county"]),
        "name": person.get("name", MASKED),
        "host_village": printed(row["target"]),
        "host_post": row["role"],
        "unit_and_post": person.get("post") or row["unit_name"] or row["unit"],
        "mobile": person.get("mobile", MASKED),
        "remark": "",
        "unreadable": Missing.UNREADABLE in person.values(),
        "assumed": row["kind"] == "township",
    }
