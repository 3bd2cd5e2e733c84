"""Questions about ballots: how many slips there are, each that was cast, and whether the count comes out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.evaluation.ballots.tally import tally
from services.evaluation.readers import AREA, ASSESSORS, POSTING, YEAR

_CAST = "(select c.*, b.posting, b.target from cast_ballots c join ballots b using (ballot)) as slips"
BALLOT = {"ballot": "评议编号"}


def recount(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Each count in the asker's areas beside the one that the stored ballots give now, and whether both are equal."""
    where = Where(["counted_on is not null"]).inside(ask.actor, "target").equal(ask, "ballot", "posting")
    found = page(rows, ask, "ballots", where, ("ballot",))
    return {**found, "items": [_again(one, rows) for one in found["items"]]}


def _again(held: Mapping[str, Any], rows: Find) -> dict[str, Any]:
    cast = rows("select serial, mark from cast_ballots where ballot = %s", held["ballot"])
    worth = {one["mark"]: one["worth"] for one in held["marks"]}
    made = tally({one["serial"]: one["mark"] for one in cast}, [*worth])
    again = {"counts": dict(made.counts), "root": made.root, "score": made.score(worth) if cast else 0}
    stored = {name: held[name] for name in again}
    equal = stored == again and held["cast_slips"] == len(cast)
    about = {name: held[name] for name in ("ballot", "posting", "issued", "cast_slips")}
    return {**about, "stored": stored, "recounted": again, "equal": equal}


QUERIES: Mapping[str, Query] = {
    **queries(
        ballots=Listing(
            "民主评议", "ballots", ASSESSORS, {**POSTING, **YEAR}, AREA, key=("ballot",), areas=("target",)
        ),
        cast_ballots=Listing(
            "收回的评议票",
            _CAST,
            ASSESSORS,
            BALLOT,
            AREA,
            key=("ballot", "serial"),
            areas=("target",),
            needs=("ballot",),
        ),
    ),
    "ballot_recount": Query(recount, ASSESSORS, "民主评议重新计票", {**BALLOT, **POSTING}),
}
