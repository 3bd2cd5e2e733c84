"""The figures of 2017, every one read back from the running system, and their table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.qingshen.world import COUNTY, PROGRAMME, QingshenWorld
from demo.words import counts, yes


def summarise(world: QingshenWorld, seconds: dict[str, float]) -> dict[str, Any]:
    """The content of summary.json."""
    county = world.county(COUNTY)

    def ask(service: str, name: str, **params: Any) -> list[dict[str, Any]]:
        return world.gateway.query(county, service, name, programme=PROGRAMME, **params)

    states = Counter(row["status"] for row in ask("personnel", "reserves"))
    (progress,) = ask("allocation", "reserve_progress")
    posted = ask("personnel", "reserve_publicities")
    heads = world.gateway.read(world.province(), "heads")["services"]
    return {
        "villages": progress["villages"],
        "states": dict(states),
        "active": progress["active"],
        "missing": progress["missing"],
        "short": progress["short"],
        "publicities": len(posted),
        "first_decidable": min(row["decidable"] for row in posted if row["stage"] == "targets_public"),
        "use_decidable": sorted(row["decidable"] for row in posted if row["stage"] == "use_public"),
        "replacements_due": len(ask("personnel", "reserve_replacements")),
        "untrained_2018": len(ask("personnel", "reserves_untrained", as_of="2018-12-31")),
        "events": {service: entry["position"] for service, entry in heads.items()},
        "replay_equal": world.notes["replay"]["equal"],
        "seconds": seconds,
    }


def figures(console: Console, summary: Mapping[str, Any]) -> None:
    """Print the summary, one figure a row."""
    shown = Table(title="派驻 Paizhu: the reserves of 2017, as the system says after the run")
    shown.add_column("figure")
    shown.add_column("value", justify="right")
    for name, value in (
        ("villages 村（社区）", summary["villages"]),
        ("reserves 后备干部", counts(summary["states"])),
        ("active, missing, short 在册、缺额", f"{summary['active']}、{summary['missing']}、{summary['short']}"),
        ("publicities 公示", summary["publicities"]),
        ("decided from 首次公示期满", summary["first_decidable"]),
        ("use decided from 使用公示期满", "、".join(summary["use_decidable"])),
        ("replacements due 跟进补充", summary["replacements_due"]),
        ("replay equals live 重放一致", yes(summary["replay_equal"])),
        ("seconds 用时", round(sum(summary["seconds"].values()))),
    ):
        shown.add_row(name, str(value))
    console.print(shown)
