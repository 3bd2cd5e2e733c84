"""The figures of the year, every one read back from the running system, and their table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.words import yes
from demo.year import found
from demo.year.world import PROGRAMME, SECOND, YearWorld


def summarise(world: YearWorld, seconds: dict[str, float]) -> dict[str, Any]:
    """The content of summary.json."""
    planted, seen = found.planted(world), world.notes["found"]
    grades = Counter(row["grade"] for row in world.ask("evaluation", "annual_grades"))
    ratings = Counter(row["band"] for row in world.ask("evaluation", "ratings"))
    heads = world.gateway.read(world.province(), "heads")["services"]
    sheets = world.ask("attendance", "sheets")
    return {
        "seed": world.year.seed,
        "cadres": {name: len(world.of(name)) for name in (PROGRAMME, SECOND)},
        "planted": {kind: sorted(keys) for kind, keys in planted.items()},
        "found": {kind: sorted(keys) for kind, keys in seen.items()},
        "left_out": {kind: sorted(keys) for kind, keys in found.left_out(world).items()},
        "found_is_planted": seen == planted,
        "sheets": {"versions": len(sheets), "sealed": len([row for row in sheets if row["sealed_on"]])},
        "signed_by_others": world.notes["signed by others"],
        "grades": dict(grades),
        "ratings": dict(ratings),
        "days_passed": world.notes["days"],
        "due": world.notes["owed"],
        "events": {service: entry["position"] for service, entry in heads.items()},
        "replay_equal": world.notes["replay"]["equal"],
        "seconds": seconds,
    }


def figures(console: Console, summary: Mapping[str, Any]) -> None:
    """Print the summary, one figure a row."""
    shown = Table(title="派驻 Paizhu: a year of one city, as the system says after the run")
    shown.add_column("figure")
    shown.add_column("value", justify="right")
    due, sheets = summary["due"], summary["sheets"]
    for name, value in (
        ("cadres 干部", "、".join(f"{name} {count}" for name, count in summary["cadres"].items())),
        ("sheets, sealed 月考勤表、已盖章", f"{sheets['versions']}、{sheets['sealed']}"),
        *((f"found of planted: {WORDS[kind]}", _of(summary, kind)) for kind in summary["planted"]),
        ("found is planted 发现与预置一致", yes(summary["found_is_planted"])),
        ("signed by others 非书记本人签字", len(summary["signed_by_others"])),
        ("grades 等次", "、".join(f"{name} {count}" for name, count in summary["grades"].items())),
        ("ratings 结果", "、".join(f"{name} {count}" for name, count in summary["ratings"].items())),
        ("days passed 日程", summary["days_passed"]["days"]),
        ("due: all, met 应办、已办", f"{due['all']}、{due['met']}"),
        ("listed as open, past their day 未办、逾期", f"{due['listed']}、{due['overdue']}"),
        *((f"of these past their day 逾期：{one['title']}", one["overdue"]) for one in _past(due)),
        ("none of them lost 无遗漏", yes(due["none_lost"])),
        *((f"events of {service} 事件", count) for service, count in summary["events"].items()),
        ("replay equals live 重放一致", yes(summary["replay_equal"])),
        ("seconds 用时", round(sum(summary["seconds"].values()))),
    ):
        shown.add_row(name, str(value))
    console.print(shown)


def _past(due: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The kinds of which something is past its last day, the most first."""
    return sorted((one for one in due["kinds"].values() if one["overdue"]), key=lambda one: -one["overdue"])


def _of(summary: Mapping[str, Any], kind: str) -> str:
    return f"{len(summary['found'][kind])} / {len(summary['planted'][kind])}"


WORDS = {
    "shortfall": "a month short by a day 差一天",
    "short_year": "a year short by a day 全年差一天",
    "sham": "sham postings 挂名走读",
    "late": "facts of March told late 迟报",
    "corrected": "corrected after the seal 更正",
    "cut_short": "leave cut short 提前销假",
    "illness": "withdrawn for illness 患病退出",
    "changeover": "changeovers 轮换接替",
    "secretary": "new secretaries 书记更替",
    "new_clock": "successors' new clocks 新起算",
    "fault": "faults of certifying 认定问题",
    "absence": "absences 缺勤",
    "late_day": "days handed in late 逾日上传",
    "trigger": "recall triggers 召回触发",
    "adjusted": "recalled, adjusted 召回调整",
}
