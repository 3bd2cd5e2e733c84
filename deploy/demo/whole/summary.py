"""The figures of the whole batch, every one read back from the running system; nothing is counted here but rows."""

from __future__ import annotations

from typing import Any

from deploy.demo.whole.world import PROGRAMME, TIERS, WholeWorld


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
    heads = world.gateway.read(province, "/api/v1/heads")["services"]
    itself = groups["city"]
    return {
        "batch": {name: batch[name] for name in ("total", "townships", "villages")},
        "tiers_fixed": {tier: batch[tier] for tier in TIERS},
        "county_units": len([row for row in batch["counties"] if row["villages"]]),
        "self_arranged": {name: itself[name] for name in ("cities", "cadres", "townships", "villages")},
        "tiers": {tier: _tier(tiers[tier]) for tier in TIERS},
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


def _ledger(world: WholeWorld, city: str, fed_back: dict[str, Any]) -> dict[str, Any]:
    """What was fed back to a city and acknowledged, beside what its own office reads; ``foreign``: rows of others."""
    own = world.gateway.query(world.city(city), "allocation", "ledger", programme=PROGRAMME)
    return {
        "rows": fed_back["rows"],
        "acknowledged": fed_back["acknowledged"] == fed_back["edition"],
        "read_by_the_city": len(own),
        "foreign": sum(not row["target"].startswith(city) for row in own),
    }
