"""The summary of the whole batch as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.words import yes

_NAMES = {"province": "province 省级", "city": "cities 市级", "county": "counties 县级"}


def figures(console: Console, summary: Mapping[str, Any]) -> None:
    """Print the summary, one figure a row."""
    table = Table(title="派驻 Paizhu: the whole batch of 2018, as the system says after the run", show_lines=False)
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, value in _rows(summary):
        table.add_row(name, str(value))
    console.print(table)


def _rows(summary: Mapping[str, Any]) -> list[tuple[str, Any]]:
    batch, itself, coverage = summary["batch"], summary["self_arranged"], summary["coverage"]
    ledgers = summary["ledgers"].items()
    return [
        ("batch 批次", f"{batch['total']} = {batch['townships']} townships + {batch['villages']} villages"),
        ("tiers fixed 三级", " + ".join(str(n) for n in summary["tiers_fixed"].values())),
        (
            "arranged by cities themselves, by number 自行安排",
            f"{itself['cadres']} = {itself['townships']} + {itself['villages']}, {len(itself['cities'])} cities",
        ),
        ("county units 县（市、区）", summary["county_units"]),
        *((f"{_NAMES[tier]}: places, confirmed, on post", _tier(row)) for tier, row in summary["tiers"].items()),
        *((f"{_NAMES[tier]}: exact plans", _plans(row)) for tier, row in summary["plans"].items()),
        ("plans derived again bit for bit 重算", len(summary["derived_again"])),
        ("placed by the system 分配", summary["placed"]),
        ("coverage 覆盖", f"{coverage['on_post']} of {coverage['of']}, gaps {coverage['gaps']}"),
        *((f"ledger {city} 台账", _ledger(row)) for city, row in ledgers),
        *((f"events of {service} 事件", count) for service, count in summary["events"].items()),
        ("replay equals live 重放一致", yes(summary["replay_equal"])),
        ("seconds 用时", f"{sum(summary['seconds'].values()):.0f}"),
    ]


def _tier(row: Mapping[str, Any]) -> str:
    return f"{row['targets']}, {row['confirmed']}, {row['on_post']}; total rank {row['nearness']}"


def _plans(row: Mapping[str, Any]) -> str:
    return f"{row['plans']}, proven {row['proven']}; cost {row['total']}"


def _ledger(row: Mapping[str, Any]) -> str:
    return f"{row['rows']} rows, {'acknowledged' if row['acknowledged'] else 'NOT acknowledged'}"
