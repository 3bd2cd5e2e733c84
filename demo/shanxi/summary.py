"""The figures of 2015, every one read back from the running system, and their table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.shanxi.world import PROGRAMME, ShanxiWorld
from demo.words import counts, yes


def summarise(world: ShanxiWorld, seconds: dict[str, float]) -> dict[str, Any]:
    """The content of summary.json."""
    province = world.province()

    def ask(service: str, name: str, **params: Any) -> list[dict[str, Any]]:
        return world.gateway.query(province, service, name, programme=PROGRAMME, **params)

    rows = ask("allocation", "county_quotas")
    (demand,) = ask("allocation", "demand", by="programme")
    ended = ask("personnel", "postings")
    rows_of, filed = ask("personnel", "ledger_rows"), ask("personnel", "ledgers")
    sanctions = Counter(row["step"] for row in ask("evaluation", "sanctions"))
    candidates = Counter(row["status"] for row in ask("personnel", "candidacies"))
    heads = world.gateway.read(province, "heads")["services"]
    return {
        "places": sum(row["places"] for row in rows),
        "rows": len(rows),
        "counties": len({row["county"] for row in rows}),
        "candidates": dict(candidates),
        "on_post": world.notes["on post"],
        "ledger": {
            "rows": len(rows_of),
            "filed_rows": sum(len(row["postings"]) for row in filed),
            "cities_filed": len([row for row in filed if row["filed_on"]]),
            "late": len([row for row in filed if row["late"]]),
        },
        "sanctions": dict(sanctions),
        "before_the_term": {row["ended_by"]: row["ground"] for row in ended if row["ground"]},
        "after_the_term": dict(Counter(row["status"] for row in ended)),
        "extended": len([row for row in ended if row["term_ends"] == "2018-07-13"]),
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
    villages, ledger = summary["villages"], summary["ledger"]
    filed = f"{ledger['filed_rows']} 行，{ledger['cities_filed']} 市；现 {ledger['rows']} 行"
    covered = f"{villages['mandatory_covered']} / {villages['mandatory']} 村"
    for name, value in (
        ("fragment 名额分配表", f"{summary['places']} 名，{summary['rows']} 个单位，{summary['counties']} 县"),
        ("candidates 人选", counts(summary["candidates"])),
        ("on post 在岗", counts(summary["on_post"])),
        ("ledgers filed, rows now 台账", filed),
        ("steps of the ladder 批评教育、不良后果", counts(summary["sanctions"])),
        ("ended before the term 调整、退出", counts(summary["before_the_term"])),
        ("after the second year 期满", counts(summary["after_the_term"])),
        ("extended, returned 留任、返回", f"{summary['extended']}、{summary['returned']}"),
        ("villages 覆盖", covered),
        ("replay equals live 重放一致", yes(summary["replay_equal"])),
        ("seconds 用时", round(sum(summary["seconds"].values()))),
    ):
        shown.add_row(name, str(value))
    console.print(shown)
