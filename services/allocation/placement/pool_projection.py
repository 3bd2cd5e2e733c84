"""Read model of pools: a unit's nominees in the order in which they are preferred, failures and open places with them.

Invariant: preference orders and drops nobody; only provincial units draw on the preferred pool first (AL-035).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, cut
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from programmes.readers.quota import PREFERRED
from services.allocation.placement.nominee import NomineeListed
from services.allocation.placement.nominee_pool import NomineeFailed, ReplacementNoted
from services.allocation.ranking.preferences import Candidate, pool_membership, ranked
from services.allocation.readers_queries import WAITING
from services.allocation.roles import OFFICES
from services.allocation.rules_queries import rules_for

POOLED = Table(
    "pooled_nominees",
    {"programme": "text", "nomination": "text"},
    {
        "person": "text",
        "unit": "text",
        "channel": "text",
        "kind": "text",
        "tags": "json",
        "check_result": "text",
        "conditions": "json",
        "replaced_by": "text",
        "since": "date",
    },
    indexes=(("programme", "unit"),),
)
TABLES = (POOLED,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    match recorded.event:
        case NomineeListed() as e:
            yield POOLED.of(
                e, tags=list(e.tags), check_result="passed", conditions=[], replaced_by="", since=recorded.occurred_on
            )
        case NomineeFailed() as e:
            yield POOLED.of(
                e,
                tags=[],
                check_result="failed",
                conditions=list(e.conditions),
                replaced_by="",
                since=recorded.occurred_on,
            )
        case ReplacementNoted() as e:
            yield POOLED.put(e.programme, e.replaces, replaced_by=e.person)


_LEVEL = "(select u.level from units u where u.unit = pooled_nominees.unit) as level"


def nominee_pool(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The nominees of units, members of the preferred pool first; whoever failed stands last.

    ``preferred``: a provincial unit's member of the pool the profile names; ``open_place``: the check was failed and
    nobody has taken the place yet. Ids only. Source: 晋组通字〔2015〕41号 一.2.
    """
    programme = ask.params["programme"]
    where = Where().equal(ask, "programme", "unit").reach(ask.actor, WAITING, (), ("channel", "unit"))
    found = rows(f"select *, {_LEVEL} from pooled_nominees where {where.text()}", *where.values)
    preferred = rules_for(rows, programme, PREFERRED).find(PREFERRED)
    pool = preferred.value if preferred else ""
    of = {row["nomination"]: row for row in found}
    passed = [n for n, row in of.items() if row["check_result"] == "passed"]
    order = ranked(Candidate(n, (pool_membership(of[n]["tags"], pool, of[n]["level"] or ""),)) for n in passed)
    failed = sorted(n for n, row in of.items() if row["check_result"] == "failed")
    items = [{**of[one.person], "preferred": one.cost == 0 and bool(pool), "open_place": False} for one in order]
    items += [{**of[n], "preferred": False, "open_place": not of[n]["replaced_by"]} for n in failed]
    return {**cut(items, ask), "open_places": sum(item["open_place"] for item in items)}


QUERIES = {
    "nominee_pool": Query(
        nominee_pool,
        OFFICES,
        "单位人选库",
        {"programme": "方案编号", "unit": "单位编号"},
        ("programme",),
    )
}
