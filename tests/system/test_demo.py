"""The demo itself on a small scale: the same steps through the same doors, fewer places, processes killed meanwhile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from deploy.local.system import System
from tests.kit.killing import KILLED

Played = tuple[Path, dict[str, Any], list[str]]


def test_every_kind_of_process_was_killed(played: Played) -> None:
    assert set(played[2]) == set(KILLED)


def test_the_figures_that_do_not_depend_on_the_scale(played: Played) -> None:
    _, summary, _ = played
    assert summary["annex1"] == [
        ["省直机关工委", 21, 319],
        ["省委高校工委", 12, 188],
        ["省国资委党委", 15, 225],
        ["沈铁", 1, 19],
        ["鞍钢", 1, 19],
        ["辽油", 1, 14],
        ["东油", 0, 3],
    ]
    assert summary["tiers"] == {"province": 838, "city": 2762, "county": 2612}
    assert summary["recalls"] == summary["replacements"] == summary["promotions"] == 1
    assert summary["swap"] == {
        "pairs": 17,
        "named": 160,
        "planned": 184,
        "reported": 161,
        "unbalanced_then_restored": 1,
    }
    attendance = summary["attendance"]
    assert (attendance["shortfalls"], attendance["shortfalls_before_correction"], attendance["no_data"]) == (2, 3, 1)


def test_the_figures_of_the_small_scale(played: Played) -> None:
    _, summary, _ = played
    assert (summary["targets"], summary["on_post"], summary["on_post_between"]) == (40, 40, 39)
    assert summary["coverage"]["gaps"] == 0
    assert summary["attendance"]["sealed_months"] == 39


def test_every_city_has_everything_once_and_nothing_of_others(played: Played) -> None:
    _, summary, _ = played
    for report in summary["subscribers"].values():
        assert report["received"] > 0
        assert (report["missing"], report["duplicates"], report["foreign"]) == (0, 0, 0)


def test_replay_equals_the_live_read_models(played: Played) -> None:
    data, summary, _ = played
    assert summary["replay_equal"] is True
    assert json.loads((data / "summary.json").read_text(encoding="utf-8")) == summary


def test_nothing_is_left_running(played: Played) -> None:
    data, _, _ = played
    system = System(data)
    assert not system.is_up()
    assert all(process.pid is None for process in system.processes)
