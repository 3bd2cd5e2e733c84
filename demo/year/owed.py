"""What was owed in the year: every obligation, met or listed as open."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final
from urllib.parse import urlencode

from demo.year.extent import YEAR
from demo.year.months import live
from demo.year.world import PROGRAMME, YearWorld

ASKED_ON: Final = f"{YEAR + 1}-01-31"


def rows(world: YearWorld, state: str = "all", **params: str) -> list[dict[str, Any]]:
    """What the city's area owes in the year or before it, by the end of the next January."""
    found: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while True:
        asked = {"as_of": ASKED_ON, "scope": "area", "state": state, "limit": 10_000, **params, **more}
        page = world.gateway.read(world.host, f"due?{urlencode(asked)}")
        found += page["items"]
        if page["next"] is None:
            return found
        more = {"cursor": page["next"]}


def counted(world: YearWorld) -> dict[str, Any]:
    """All of it, what of it is met and what is past its last day, by kind; and whether every served month is met."""
    every = rows(world)
    met = Counter(row["kind"] for row in every if row["met_on"])
    late = sum(row["met_on"] is not None and row["delay"] > 0 for row in every)
    kinds = Counter(row["kind"] for row in every)
    titles = {row["kind"]: row["title"] for row in every}
    past = Counter(row["kind"] for row in every if not row["met_on"] and row["overdue"])
    open_ = len(rows(world, "open"))
    served = {
        (posting, f"{YEAR}-{of:02}")
        for of in range(1, 13)
        for posting in live(world, of)
        if posting.startswith(PROGRAMME)
    }
    sealed = {(row["subject"], row["period"]) for row in every if row["kind"] == "month_sealed" and row["met_on"]}
    return {
        "all": len(every),
        "met": met.total(),
        "late": late,
        "listed": open_,
        "overdue": past.total(),
        "none_lost": len(every) == met.total() + open_,
        "months_served": len(served),
        "months_met": len(served & sealed),
        "kinds": {
            kind: {
                "title": titles[kind],
                "met": met[kind],
                "listed": kinds[kind] - met[kind],
                "overdue": past[kind],
            }
            for kind in sorted(kinds)
        },
    }
