"""One registration form, opened for the organs that manage the person.

Invariant: nobody but the province, the person's channel and unit, and the host city and county of a placed person ever
has a form opened; whoever may not is told the same as where there is none. Of an erased person the name says so and
nothing else is left; of a form that is damaged the name says that (``unreadable``). The form as submitted is version 1;
every correction of one of its fields is one more (PE-109), and so is the confirmed placement, whose place stands in
field 16. As of a day it says what it said then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel import asking
from kernel.asking import Find, Page, Where, single, whole
from kernel.service import Ask
from programmes.villages import printed
from services.personnel.ledger.refusals import NOMINATION_NOT_SHOWN
from services.personnel.persons import history
from services.personnel.privacy.disclosure_queries import Missing, opened
from services.personnel.readers import MANAGERS, REACH

ROLES = frozenset({"province_org", "city_org", "county_org", "channel", "enterprise", "unit"})
SHOWN = ("form", "id_number_tail", "mobile")
CAME_OF_IT = """left join postings p on p.person = n.person and p.programme = n.programme
  and p.placed_on >= n.nominated_on and not exists (
    select from nominations later where later.person = n.person and later.programme = n.programme
       and later.nominated_on > n.nominated_on and later.nominated_on <= p.placed_on)"""
"""The postings that came of a nomination: where an earlier one led, no form of a later one is opened."""
_SELECT = f"""
select n.programme, n.nomination, n.person, n.form, n.copies, n.recipient, n.status,
       coalesce(p.target, '') as target, coalesce(p.role, '') as role, p.placed_on
  from nominations n {CAME_OF_IT}
"""
_LATEST = "order by p.placed_on desc nulls last, p.posting desc limit 1"
"""Whoever served before has several postings in a programme: the form is that of the last one the asker sees."""


def reached(where: Where, ask: Ask) -> Where:
    """``where`` narrowed to the nominations ``n``, with the posting ``p`` that came of each, that the asker may see."""
    if ask.actor.role not in MANAGERS:
        return where.reach(ask.actor, REACH, ("p.target",), ("n.unit", "n.channel"))
    # A department sees who is posted in its area, and whom its own units nominate before there is a place.
    placed, own = Where().inside(ask.actor, "p.target"), Where().own(ask.actor, "n.unit", "n.channel")
    return where.add(f"({placed.text()} or {own.text()})", *placed.values, *own.values)


def form(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The form of ``nomination`` as one item, as it stood on the day ``as_of``: its fields by key, ``family`` a list,
    the end of the id number and the mobile number beside them, ``version`` of ``said_on``, by stage the ``seals``,
    ``photo`` the last one attached by then ({sha256, media, attached_on, base64}), None without one."""
    whole(ask)
    day = asking.day(ask)
    where = reached(Where().add("n.nomination = %s", ask.params["nomination"]), ask)
    found = rows(f"{_SELECT} where {where.text()} {_LATEST}", *where.values)
    versions = [
        row
        for row in (rows(history.VERSIONS, [found[0]["person"]]) if found else ())
        if row["entered_on"] <= day and (row["part"] != "form" or row["nomination"] == found[0]["nomination"])
    ]
    if not any(row["part"] == "form" for row in versions):
        raise NOMINATION_NOT_SHOWN()
    (row,) = found
    photos = rows(history.PHOTOS, row["person"])
    picture = next((photo for photo in reversed(photos) if photo["attached_on"] <= day), None)
    kept = tools["attachments"].get([picture["sha256"]]) if picture else {}
    blobs = [(row["person"], sealed) for sealed in (*(version["sealed"] for version in versions), *kept.values())]
    contents = opened(ask, tools, "form", (*SHOWN, *(("photo",) if kept else ())), blobs)
    photo = contents.pop() if kept else None
    missing = [one for one in contents if isinstance(one, Missing)]
    said = history.said(versions, contents)
    fields = history.form(said, row["nomination"])
    if missing:
        fields = {"name": missing[0], "family": []}
    placed_by_then = bool(row["target"]) and row["placed_on"] <= day
    if placed_by_then:
        fields["intended_unit_and_post"] = f"{printed(row['target'])} {row['role']}"
    numbers = history.personal(said)
    revisions = history.revisions(versions, row["nomination"])
    revisions += history.replaced(photos, versions, row["nomination"], day)
    about = {name: row[name] for name in ("programme", "nomination", "person", "form", "copies", "recipient", "status")}
    return single(
        ask,
        {
            **about,
            "version": 1 + revisions + placed_by_then,
            "photo": {**picture, **photo} if picture and isinstance(photo, Mapping) else None,
            "unreadable": Missing.UNREADABLE in missing,
            # Nobody is ever shown a whole number; one wrong figure of it changes the check digit, which is among these.
            "id_number_tail": numbers.get("id_number", "")[-4:],
            "mobile": numbers.get("mobile", ""),
            "said_on": max(version["entered_on"] for version in versions),
            "seals": _seals(rows, row),
            "fields": fields,
        },
    )


_SEALS = """
select distinct on (mark) mark, organ, marked_on from paper_marks where programme = %s and document = %s
 order by mark, version desc
"""


def _seals(rows: Find, row: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    found = rows(_SEALS, row["programme"], row["nomination"])
    return {one["mark"]: {"organ": one["organ"], "on": one["marked_on"].isoformat()} for one in found}
