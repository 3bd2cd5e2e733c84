"""A hostile day in small: a few seconds of each attack beside a bystander who must be served, and some of the probes.

How long the bystander waits, `make hostile` says; here whoever has a right is served, and nothing is restarted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from rich.console import Console

from kernel.switchboard import Switchboard
from tests.faults.report import Screen
from tests.hostile import attacks, held, statements
from tests.hostile.bystander import watching
from tests.hostile.crowd import attacking
from tests.hostile.ground import Ground
from tests.hostile.known import known

SECONDS = 1.0
CELLS = 100_000
SHARE = 0.02


@pytest.fixture
def services(ground: Ground) -> Iterator[Switchboard]:
    with closing(Switchboard(ground.system.amqp_url, name="hostile")) as made:
        yield made


def test_nobody_without_right_costs_others_their_service(ground: Ground) -> None:
    bearer, asked = ground.bearer(ground.world.province()), attacks.bystander(ground)
    before = ground.restarts()
    firsts = {attack.point: attack for attack in reversed(list(attacks.attacks(ground, SECONDS, CELLS)))}
    assert len(firsts) == 6
    for attack in firsts.values():
        with watching(ground.system.gateway_url, bearer, asked) as seen, attacking(attack.act, *attack.given) as found:
            pass  # it ends by itself
        assert seen.unserved == 0, f"{attack.title}: {seen.answers}"
        assert found, f"{attack.title} did nothing"
    ground.system.wait_ready()
    assert ground.restarts() == before


@pytest.mark.parametrize("part", ["probes", "doors", "cursors", "commands"])
def test_probes_at_the_gateway_and_past_it_meet_nothing_foreign_and_no_error_of_ours(
    ground: Ground, services: Switchboard, part: str
) -> None:
    with Screen(Console(quiet=True)) as screen:
        screen.begin(part)
        (row,) = held.counted(ground, services, known(ground, services), screen, (part,), 1, SHARE)
    assert row.tried >= 200
    assert row.wrong == []


def test_no_role_of_a_database_changes_what_only_grows(ground: Ground) -> None:
    refused, let = statements.attempts(ground.system)
    assert let == []
    assert len(refused) == 20
    assert refused.total() > 1000
