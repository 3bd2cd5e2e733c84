"""The figures of 2015, every one read back from the running system, and their table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.shanxi.world import PROGRAMME, ShanxiWorld


def summarise(world: ShanxiWorld, seconds: dict[str, float]) -> dict[str, Any]:
    """The content of summary.json."""
    province = world.province()

    def ask(service: str, name: str, **params: Any) -> list[dict[str, Any]]:
        return world.gateway.query(province, service, name, programme=PROGRAMME, **params)

    rows = ask("allocation", "county_quotas")
    (demand,) = ask("allocation", "demand", by="programme")
    postings = Counter(row["status"] for row in ask("personnel", "postings"))
    candidates = Counter(row["status"] for row in ask("personnel", "candidacies"))
    heads = world.gateway.read(province, "heads")["services"]
    return {
        "places": sum(row["places"] for row in rows),
        "rows": len(rows),
        "counties": len({row["county"] for row in rows}),
        "candidates": dict(candidates),
        "on_post": world.notes["on post"],
        "after_the_term": dict(postings),
        "extended": len([row for row in ask("personnel", "postings") if row["term_ends"] == "2018-07-13"]),
        "returned": len(ask("personnel", "returns")),
        "villages": {name: demand[name] for name in ("mandatory", "mandatory_covered", "optional_covered")},
        "events": {service: entry["position"] for service, entry in heads.items()},
        "replay_equal": world.notes["replay"]["equal"],
        "seconds": seconds,
    }


def figures(console: Console, summary: Mapping[str, Any]) -> None:
    """Print the summary, one figure a row."""
    shown = Table(title="派驻 Paizhu: the first secretaries of 2015, as the system says after the run")
    shown.add_column("figure")
    shown.add_column("value", justify="right")
    villages = summary["villages"]
    for name, value in (
        ("fragment 名额分配表", f"{summary['places']} in {summary['counties']} counties, {summary['rows']} units"),
        ("candidates 人选", summary["candidates"]),
        ("on post 在岗", summary["on_post"]),
        ("after the second year 期满", summary["after_the_term"]),
        ("extended, returned 留任、返回", f"{summary['extended']}, {summary['returned']}"),
        ("villages 覆盖", f"{villages['mandatory_covered']} of {villages['mandatory']}"),
        ("replay equals live 重放一致", "yes" if summary["replay_equal"] else "no"),
        ("seconds 用时", round(sum(summary["seconds"].values()))),
    ):
        shown.add_row(name, str(value))
    console.print(shown)
