"""One registration form, opened for the organs that manage the person.

Invariant: nobody but the province, the person's channel and unit, and the host city and county of a placed person ever
has a form opened; whoever may not is told the same as where there is none. Of an erased person the name says so and
nothing else is left; of a form that is damaged the name says that (``unreadable``). The form as submitted is version 1;
once the placement is confirmed the place stands in field 16, and that is version 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, single, whole
from kernel.service import Ask
from services.personnel.ledger.ledger_queries import place
from services.personnel.ledger.refusals import NOMINATION_NOT_SHOWN
from services.personnel.privacy.disclosure_queries import Missing, opened
from services.personnel.readers import MANAGERS, REACH

ROLES = frozenset({"province_org", "city_org", "county_org", "channel", "enterprise", "unit"})
_SELECT = """
select n.programme, n.nomination, n.person, n.form, n.copies, n.recipient, n.status, n.sealed,
       coalesce(p.target, '') as target, coalesce(p.role, '') as role
  from nominations n left join postings p on p.person = n.person and p.programme = n.programme
"""


def form(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The form of ``nomination`` as one item: its fields by key, ``family`` a list, ``version`` 1 or 2."""
    whole(ask)
    where = Where().add("n.nomination = %s", ask.params["nomination"])
    if ask.actor.role in MANAGERS:
        # A department sees who is posted in its area, and whom its own units nominate before there is a place.
        placed, own = Where().inside(ask.actor, "p.target"), Where().own(ask.actor, "n.unit", "n.channel")
        where.add(f"({placed.text()} or {own.text()})", *placed.values, *own.values)
    else:
        where.reach(ask.actor, REACH, ("p.target",), ("n.unit", "n.channel"))
    found = rows(f"{_SELECT} where {where.text()}", *where.values)
    if not found:
        raise NOMINATION_NOT_SHOWN()
    (row,) = found
    (filled,) = opened(ask, tools, "form", ("form",), [(row["person"], row["sealed"])])
    fields = {"name": filled, "family": []} if isinstance(filled, Missing) else dict(filled)
    if row["target"]:
        fields["intended_unit_and_post"] = f"{place(row['target'])} {row['role']}"
    about = {name: row[name] for name in ("programme", "nomination", "person", "form", "copies", "recipient", "status")}
    unreadable = filled == Missing.UNREADABLE
    return single(ask, {**about, "version": 2 if row["target"] else 1, "unreadable": unreadable, "fields": fields})
