"""A short, seeded slice of `make faults`: a few hundred commands while one process of several kinds is killed."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from deploy.local.system import System
from tests.faults import kills
from tests.faults.killer import schedule
from tests.faults.report import Screen
from tests.faults.workload import CITIES

SEED = 78  # seven different kinds in seven kills
COMMANDS = 160
KILLS = 7


def test_killed_processes_lose_nothing_and_do_nothing_twice(data: Path) -> None:
    folder = data / "faults"
    with Screen(Console(quiet=True)) as screen:
        screen.begin("slice")
        verdict = kills.run(folder, SEED, screen, COMMANDS, KILLS, year=False)
    assert verdict.failed == []
    assert verdict.findings == []
    assert verdict.acknowledged == COMMANDS
    assert sum(verdict.facts["killed"].values()) == KILLS
    assert verdict.public > 0
    assert all(verdict.received.values())
    assert not System(folder).is_up()


def test_the_same_seed_gives_the_same_kills_and_every_process_has_its_turn() -> None:
    plan = schedule(SEED, 200, 20_000, CITIES)
    assert plan == schedule(SEED, 200, 20_000, CITIES)
    assert plan != schedule(SEED + 1, 200, 20_000, CITIES)
    assert [at for at, _ in plan] == sorted(at for at, _ in plan)
    victims = [victim for _, victim in plan]
    assert len(set(victims)) == 27
    assert min(victims.count(victim) for victim in set(victims)) >= 5
