"""Who of the cadres on post is called so: names are sealed, so they are looked for by opening those within reach.

Invariants: it opens what the ledger would open, for the same organs, once the reading of every one of them is recorded;
more than a county's or a city's worth is opened for nobody at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where
from kernel.service import Ask
from services.personnel.ledger.ledger_queries import LATEST_FORM, personal
from services.personnel.ledger.refusals import NAME_SEARCH_TOO_WIDE
from services.personnel.readers import REACH

MOST: Final = 1500
"""Cadres whose names are opened for one look."""
_SELECT: Final = f"""
select p.posting, p.programme, p.person, p.target, p.role, p.unit, p.on_post_since,
       s.sealed as personal, coalesce(n.sealed, '') as form
  from postings p join persons s on s.person = p.person
  left join {LATEST_FORM.format("p")} n on true
"""


def cadres_named(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The cadres on post within reach whose name holds what is asked for. Raises Rejected: ``name_search_too_wide``."""
    where = Where().add("p.status = 'on_post'").reach(ask.actor, REACH, ("p.target",), ("p.unit", "p.channel"))
    where.equal(ask, programme="p.programme", city="p.city", county="p.county", unit="p.unit")
    found = rows(f"{_SELECT} where {where.text()} order by p.target, p.posting limit {MOST + 1}", *where.values)
    if len(found) > MOST:
        raise NAME_SEARCH_TOO_WIDE(most=MOST)
    wanted = "".join(ask.params["name"].split())
    people = personal(rows, ask, found, tools, "cadres_named")
    items = [
        {"name": person["name"], **{name: row[name] for name in _SHOWN}}
        for row, person in zip(found, people, strict=True)
        if wanted and wanted in person["name"]
    ]
    return {"items": items, "next": None}


_SHOWN: Final = ("posting", "programme", "target", "role", "unit", "on_post_since", "person")
