"""Free pairing as read: the wishes of a round, and the best pairing of them, which records nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, cut
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.refusals import FIELD_TYPE
from kernel.rules import Rules
from kernel.service import Ask, Query
from programmes.readers.swap import NOT_AGAIN, PAIRS, POOR_COUNTIES_LIST, RINGS, WEIGHTS
from programmes.roles import AUDITOR, PROVINCE
from services.allocation.readers_queries import SHARED
from services.allocation.roles import OFFICES
from services.allocation.rules_queries import rules_for
from services.allocation.swap.pairing import REASONS, Wishes
from services.allocation.swap.pairing_plans import known_of, poor_areas, solved, weights_of
from services.allocation.swap.swap_wish import SwapPairingAdopted, SwapWishRecorded, SwapWishWithdrawn, must_ask_for

WISHES = Table(
    "swap_wishes", {"programme": "text", "batch": "int", "area": "text"}, {"hosts": "json", "wished_on": "date"}
)
ADOPTED = Table(
    "swap_pairings",
    {"programme": "text", "batch": "int", "digest": "text"},
    {
        "rings": "json",
        "total": "int",
        "best": "int",
        "bound": "int",
        "alone": "json",
        "reason": "text",
        "adopted_on": "date",
    },
)
TABLES = (WISHES, ADOPTED)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case SwapWishRecorded() as e:
            yield WISHES.of(e, hosts=list(e.hosts), wished_on=on)
        case SwapWishWithdrawn() as e:
            yield WISHES.drop(e.programme, e.batch, e.area)
        case SwapPairingAdopted() as e:
            yield ADOPTED.of(e, rings=[list(ring.areas) for ring in e.rings], alone=list(e.alone), adopted_on=on)


_PAIRED = (
    "select poor_area, developed_area, department, party, batch from pairs where programme = %s and batch = any(%s)"
)


def swap_pairing(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The best pairing of a round: pairs, or with ``cycles=3`` rings of three as well, and who stays alone and why.

    ``total`` is proven the greatest by the solver's bound; ``bound`` is what rings of any length could reach.
    ``digest`` names all it was worked out on and is what an adoption cites. An area alone shows why others fall out,
    what a partner for it would cost the total, and whom it would displace.
    """
    programme, batch, cycles = ask.params["programme"], _number(ask, "batch"), _number(ask, "cycles", "2")
    rules = rules_for(rows, programme, NOT_AGAIN, POOR_COUNTIES_LIST, PAIRS, RINGS, WEIGHTS)
    must_ask_for(cycles, rules.value(RINGS))
    known = _known(rows, programme, batch, rules)
    found = solved(known, cycles, tools)
    items = [
        {"kind": "pair" if len(ring.areas) == 2 else "ring", "areas": list(ring.areas), "weight": ring.weight,
         "parts": dict(ring.parts)}
        for ring in found.rings
    ]  # fmt: skip
    alone = [
        {
            "kind": "alone",
            "areas": [one.area],
            "reasons": {REASONS[name]: count for name, count in sorted(one.reasons.items())},
            "loss": one.loss,
            "instead": list(one.instead),
            "displaced": list(one.displaced),
        }
        for one in found.alone
    ]
    return {
        **cut([*items, *alone], ask),
        "total": found.total,
        "bound": found.bound,
        "paired": sum(len(ring.areas) for ring in found.rings),
        "alone": len(alone),
        "cycles": cycles,
        "digest": known.digest(),
    }


def _known(rows: Find, programme: str, batch: int, rules: Rules) -> Wishes:
    wishes = rows("select area, hosts from swap_wishes where programme = %s and batch = %s", programme, batch)
    paired = rows(_PAIRED, programme, [batch - 1, batch])
    here = [row for row in paired if row["batch"] == batch]
    quota = rows("select quota from swap_batches where programme = %s and batch = %s", programme, batch)
    last = [(r["poor_area"], r["developed_area"]) for r in paired if r["batch"] != batch and r["developed_area"]]
    return known_of(
        {row["area"]: tuple(row["hosts"]) for row in wishes},
        poor_areas(rules),
        weights_of(rules),
        last if rules.value(NOT_AGAIN) else [],
        [side for row in here for side in _sides(row)],
        {row["party"]: row["pairs"] for row in quota[0]["quota"]} if quota and quota[0]["quota"] else None,
        [row["party"] for row in here],
    )


def _sides(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (row["poor_area"],) if row["department"] else (row["poor_area"], row["developed_area"])


def _number(ask: Ask, name: str, default: str = "") -> int:
    text = ask.params.get(name) or default
    if not (text.isascii() and text.isdigit() and len(text) < len(str(2**31))):
        raise FIELD_TYPE(field=name, wanted="整数", accepted="整数")
    return int(text)


_ROUND = {"programme": "方案编号", "batch": "批次"}
QUERIES = {
    "swap_pairing": Query(
        swap_pairing,
        PROVINCE | AUDITOR,
        "互派自由配对方案",
        {**_ROUND, "cycles": "环的最多方数：2 或 3"},
        ("programme", "batch"),
    ),
    **queries(
        swap_wishes=Listing("互派意向", WISHES, OFFICES, {**_ROUND, "area": "区划代码"}, areas=("area",)),
        # The pairings adopted, each with its total, the best there was and the bound.
        swap_pairings=Listing("已确定的互派配对", ADOPTED, OFFICES, _ROUND, reach=SHARED),
    ),
}
