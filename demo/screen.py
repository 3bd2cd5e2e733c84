"""The summary as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.words import counts, yes


def figures(console: Console, summary: Mapping[str, Any]) -> None:
    """Print the summary, one figure a row."""
    table = Table(title="派驻 Paizhu: what the system says after the run", show_lines=False)
    table.add_column("figure")
    table.add_column("value", justify="right")
    annex = "  ".join(f"{name} {townships}/{villages}" for name, townships, villages in summary["annex1"])
    coverage, attendance, swap = summary["coverage"], summary["attendance"], summary["swap"]
    rows = [
        ("annex 1, townships/villages 名额分配表", annex),
        ("tiers province / city / county 分级", " / ".join(str(n) for n in summary["tiers"].values())),
        ("targets 派驻点", summary["targets"]),
        ("nearness, total rank 就近", summary["nearness"]),
        ("on post 在岗", f"{summary['on_post']} (between recall and successor {summary['on_post_between']})"),
        ("coverage 覆盖", f"{coverage['on_post']} of {coverage['of']}, gaps {coverage['gaps']}"),
        ("sealed months 盖章月", attendance["sealed_months"]),
        ("shortfalls 到岗不足", f"{attendance['shortfalls']} (before {attendance['shortfalls_before_correction']})"),
        ("no data 无数据", attendance["no_data"]),
        ("recalls, replacements 召回、调换", f"{summary['recalls']}, {summary['replacements']}"),
        ("swap pairs, named, planned 对口互派", f"{swap['pairs']}, {swap['named']}, {swap['planned']}"),
        ("reported, unbalanced and restored", f"{swap['reported']}, {swap['unbalanced_then_restored']}"),
        ("promotions 提拔", summary["promotions"]),
        *((f"subscriber {city} 订阅", counts(report)) for city, report in summary["subscribers"].items()),
        *((f"events of {service} 事件", count) for service, count in summary["events"].items()),
        ("replay equals live 重放一致", yes(summary["replay_equal"])),
        ("seconds 用时", f"{sum(summary['seconds'].values()):.0f}"),
    ]
    for name, value in rows:
        table.add_row(name, str(value))
    console.print(table)
