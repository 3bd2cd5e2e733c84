"""The whole batch in one city: three tiers from their rosters to acknowledged ledgers, and every cadre on post."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from demo.performances import whole
from demo.play import play
from demo.whole.extent import PILOT


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A run of the pilot: its data directory and its summary."""
    data = tmp_path_factory.mktemp("whole") / "system"
    return data, play(data, whole(PILOT), Console(quiet=True))


def test_every_tier_is_placed_by_its_own_offices(pilot: tuple[Path, dict[str, Any]]) -> None:
    _, summary = pilot
    tiers = summary["tiers"]
    assert {tier: row["targets"] for tier, row in tiers.items()} == {"province": 45, "city": 77, "county": 105}
    assert all(row["targets"] == row["confirmed"] == row["on_post"] for row in tiers.values())
    assert (tiers["city"]["townships"], tiers["county"]["townships"]) == (6, 0)
    assert summary["placed"] == summary["nominees"] == 227
    assert summary["coverage"] == {"confirmed": 227, "on_post": 227, "of": 227, "gaps": 0}


def test_the_batch_is_fixed_whole_and_the_other_cities_stand_there_by_number(
    pilot: tuple[Path, dict[str, Any]],
) -> None:
    _, summary = pilot
    assert summary["batch"] == {"total": 9025, "townships": 235, "villages": 8790}
    assert summary["tiers_fixed"] == {"province": 838, "city": 2762, "county": 2612}
    assert summary["self_arranged"] == {
        "cities": ["2101", "2102", "2111"],
        "cadres": 2813,
        "townships": 16,
        "villages": 2797,
    }
    assert summary["batch"]["total"] == sum(summary["tiers_fixed"].values()) + summary["self_arranged"]["cadres"]
    assert summary["county_units"] == 64


def test_each_city_has_its_own_rows_and_acknowledged_them(pilot: tuple[Path, dict[str, Any]]) -> None:
    _, summary = pilot
    ledgers = summary["ledgers"]
    assert len(ledgers) == 10
    assert sum(row["rows"] for row in ledgers.values()) == 227
    for row in ledgers.values():
        assert row["acknowledged"] is True
        assert (row["read_by_the_city"], row["foreign"]) == (row["rows"], 0)


def test_every_tier_has_its_certified_plans_and_one_of_each_was_derived_again(
    pilot: tuple[Path, dict[str, Any]],
) -> None:
    _, summary = pilot
    plans = summary["plans"]
    assert {tier: (row["plans"], row["cadres"]) for tier, row in plans.items()} == {
        "province": (1, 45),
        "city": (1, 77),
        "county": (6, 105),
    }
    for tier, row in plans.items():
        assert row["plans"] == row["proven"] == row["unique"] == row["explained"]
        assert row["parts"]["nearness"] == summary["tiers"][tier]["nearness"]
    assert sorted(plan.split(".")[1] for plan in summary["derived_again"]) == ["city", "county", "province"]


def test_the_logs_replay_to_what_is_shown(pilot: tuple[Path, dict[str, Any]]) -> None:
    data, summary = pilot
    assert summary["replay_equal"] is True
    assert json.loads((data / "summary.json").read_text(encoding="utf-8")) == summary
