"""The figures of the whole batch, every one read back from the running system; nothing is counted here but rows."""

from __future__ import annotations

from typing import Any

from demo.whole.world import PROGRAMME, TIERS, WholeWorld


def summarise(world: WholeWorld, seconds: dict[str, float]) -> dict[str, Any]:
    """The content of summary.json."""
    province = world.province()

    def ask(service: str, name: str, **params: Any) -> list[dict[str, Any]]:
        return world.gateway.query(province, service, name, programme=PROGRAMME, **params)

    (batch,) = ask("allocation", "batches")
    groups = {row["arranger"]: row for row in ask("allocation", "groups")}
    tiers = {row["tier"]: row for row in ask("allocation", "coverage", by="tier")}
    (persons,) = ask("personnel", "figures")
    fed_back = {row["city"]: row for row in ask("allocation", "ledgers")}
    plans = ask("allocation", "plans")
    heads = world.gateway.read(province, "heads")["services"]
    itself = groups["city"]
    return {
        "batch": {name: batch[name] for name in ("total", "townships", "villages")},
        "tiers_fixed": {tier: batch[tier] for tier in TIERS},
        "county_units": len([row for row in batch["counties"] if row["villages"]]),
        "self_arranged": {name: itself[name] for name in ("cities", "cadres", "townships", "villages")},
        "tiers": {tier: _tier(tiers[tier]) for tier in TIERS},
        "plans": {tier: _plans([plan for plan in plans if plan["tier"] == tier]) for tier in TIERS},
        "derived_again": world.notes["derived again"],
        "placed": sum(row["confirmed"] for row in tiers.values()),
        "nominees": persons["passed"],
        "ledgers": {city: _ledger(world, city, fed_back[city]) for city in sorted(fed_back)},
        "coverage": {
            "confirmed": sum(row["confirmed"] for row in tiers.values()),
            "on_post": sum(row["on_post"] for row in tiers.values()),
            "of": sum(row["targets"] for row in tiers.values()),
            "gaps": sum(row["gaps"] for row in tiers.values()),
        },
        "events": {service: entry["position"] for service, entry in heads.items()},
        "replay_equal": world.notes["replay"]["equal"],
        "seconds": seconds,
    }


def _tier(row: dict[str, Any]) -> dict[str, Any]:
    names = ("targets", "townships", "villages", "confirmed", "on_post", "nearness")
    return {name: row[name] for name in names}


def _plans(plans: list[dict[str, Any]]) -> dict[str, Any]:
    """The certified cost of a tier: total and its parts before weighing, over the plans that are ``proven``."""
    heads = [plan["head"] for plan in plans]
    proven = [head["certificate"]["gap"] == 0 and head["certificate"]["least_reduced_cost"] >= 0 for head in heads]
    parts = sorted({part for head in heads for part in head["measures"]})
    return {
        "plans": len(heads),
        "proven": sum(proven),
        "unique": sum(head["unique"] for head in heads),
        "explained": sum(head["explained"] for head in heads),
        "cadres": sum(head["rows"] for head in heads),
        "total": sum(head["total"] for head in heads),
        "parts": {part: sum(head["measures"][part] for head in heads) for part in parts},
    }


def _ledger(world: WholeWorld, city: str, fed_back: dict[str, Any]) -> dict[str, Any]:
    """What was fed back to a city and acknowledged, beside what its own office reads; ``foreign``: rows of others."""
    own = world.gateway.query(world.city(city), "allocation", "ledger", programme=PROGRAMME)
    return {
        "rows": fed_back["rows"],
        "acknowledged": fed_back["acknowledged"] == fed_back["edition"],
        "read_by_the_city": len(own),
        "foreign": sum(not row["target"].startswith(city) for row in own),
    }
