"""What services say of themselves is asked for once in a while, and kept while they are away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.described import Described
from kernel.errors import Busy
from services import SERVICES


class Spoken:
    """Services that say how often they were asked; those in ``away`` do not answer. ``now`` is the time."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.away: set[str] = set()
        self.now = 100.0

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        assert method == "describe"
        self.asked.append(service)
        if service in self.away:
            raise Busy("不在")
        return {"commands": {}, "queries": {}, "times": self.asked.count(service)}


def test_a_description_is_kept_for_a_minute_and_then_asked_for_anew() -> None:
    spoken = Spoken()
    described = Described(spoken, lambda: spoken.now)
    assert described.all() == described.all()
    assert spoken.asked == list(SERVICES)
    spoken.now += 60
    assert {said["times"] for said in described.all().values()} == {2}


def test_one_that_is_away_is_missing_is_let_be_for_a_while_and_then_heard() -> None:
    spoken = Spoken()
    spoken.away.add("personnel")
    described = Described(spoken, lambda: spoken.now)
    assert described.all().keys() == set(SERVICES) - {"personnel"}
    spoken.away.clear()
    assert "personnel" not in described.all()
    spoken.now += 5
    assert described.all().keys() == set(SERVICES)


def test_what_one_said_last_stands_while_it_is_away() -> None:
    spoken = Spoken()
    described = Described(spoken, lambda: spoken.now)
    described.all()
    spoken.away.add("allocation")
    spoken.now += 60
    assert described.all()["allocation"]["times"] == 1
