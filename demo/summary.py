"""The figures of a run, every one read back from the running system; nothing is counted here."""

from __future__ import annotations

from typing import Any

from demo.stages import planted
from demo.world import World

PROGRAMME = "LN2018"
SWAP = "LN2002"
BEFORE_CORRECTION = "2018-07-15"


def summarise(world: World, seconds: dict[str, float]) -> dict[str, Any]:
    """The content of summary.json."""
    province = world.province()

    def ask(service: str, name: str, **params: Any) -> list[dict[str, Any]]:
        return world.gateway.query(province, service, name, **params)

    (batch,) = ask("allocation", "figures", programme=PROGRAMME)
    (swap,) = ask("allocation", "figures", programme=SWAP)
    (persons,) = ask("personnel", "figures", programme=PROGRAMME)
    (legs,) = ask("personnel", "figures", programme=SWAP)
    (month,) = ask("attendance", "sealed_months", month=planted.MONTH)
    (before,) = ask("attendance", "sealed_months", month=planted.MONTH, as_of=BEFORE_CORRECTION)
    channels = ask("allocation", "channels", programme=PROGRAMME)
    heads = world.gateway.read(province, "heads")["services"]
    reports = world.notes["subscribers"]
    kept = ("received", "missing", "duplicates", "foreign")
    return {
        "annex1": [[row["channel"], row["townships"], row["villages"]] for row in channels],
        "tiers": batch["tiers"],
        "targets": batch["targets"],
        "on_post": batch["on_post"],
        "on_post_between": world.notes["on post between"],
        "coverage": {"tier": "province", "on_post": batch["on_post"], "of": batch["targets"], "gaps": batch["gaps"]},
        "nearness": batch["nearness"],
        "attendance": {
            "sealed_months": month["sealed_months"],
            "shortfalls": month["shortfalls"],
            "shortfalls_before_correction": before["shortfalls"],
            "no_data": month["no_data"],
        },
        "recalls": persons["recalls"],
        "replacements": persons["replacements"],
        "swap": {
            "pairs": swap["pairs"],
            "named": swap["named"],
            "planned": swap["planned"],
            "reported": legs["reported"],
            "unbalanced_then_restored": swap["unbalanced_then_restored"],
        },
        "promotions": legs["promotions"],
        "subscribers": {city: {name: report[name] for name in kept} for city, report in reports.items()},
        "events": {service: entry["position"] for service, entry in heads.items()},
        "replay_equal": world.notes["replay"]["equal"],
        "seconds": seconds,
    }
