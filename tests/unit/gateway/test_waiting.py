"""Threads that wait for services: they are let through in turns, and who is not let through asked nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from gateway.waiting import InTurn, Limited
from kernel.errors import Busy, PaizhuError, TooMany
from tests.kit.waiting import BOUND, BRIEF, eventually


class Gate:
    """A service that lets the test say when it answers; ``inside`` are those who came in, in order."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.leave = threading.Semaphore(0)

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.inside.append(str(request["n"]))
        assert self.leave.acquire(timeout=BOUND)
        return {"n": request["n"]}


class Crowd:
    """Threads that ask through ``ask``; ``got`` are the answers and refusals by number."""

    def __init__(self, ask: Callable[..., dict[str, Any]]) -> None:
        self._ask = ask
        self.got: dict[str, Any] = {}
        self.threads: list[threading.Thread] = []

    def come(self, *numbers: str, method: str = "query", items: int = 0) -> None:
        """Let one ask for each number such as ``a1``, of the subject of its letter; a command has so many items."""
        for number in numbers:
            thread = threading.Thread(target=self._one, args=(number, method, items))
            self.threads.append(thread)
            thread.start()

    def _one(self, number: str, method: str, items: int) -> None:
        request = {"n": number, "actor": {"person": number[0]}, "data": {"rows": [{}] * items}}
        try:
            self.got[number] = self._ask("personnel", method, request)["n"]
        except PaizhuError as refusal:
            self.got[number] = refusal.code

    def home(self) -> None:
        """Wait until all have their answer."""
        for thread in self.threads:
            thread.join(BOUND)
        assert not any(thread.is_alive() for thread in self.threads)


def test_sixty_four_questions_of_one_keep_another_waiting_for_two() -> None:
    gate = Gate()
    crowd = Crowd(InTurn(gate, workers=64, patience=BOUND))
    crowd.come(*(f"a{number}" for number in range(64)))
    assert len(eventually(lambda: gate.inside if len(gate.inside) == 2 else None)) == 2
    crowd.come("b0")
    assert eventually(lambda: "b0" in gate.inside)
    assert len(gate.inside) == 3  # nothing has been answered yet
    for _ in range(65):
        gate.leave.release()
    crowd.home()
    assert crowd.got == {number: number for number in (*(f"a{n}" for n in range(64)), "b0")}


def test_commands_have_turns_of_their_own_and_commit_together() -> None:
    gate = Gate()
    crowd = Crowd(InTurn(gate, workers=64, patience=BOUND))
    crowd.come(*(f"a{number}" for number in range(4)))
    crowd.come(*(f"c{number}" for number in range(40)), method="execute", items=100)
    assert eventually(lambda: len(gate.inside) == 2 + 16)
    # A large one takes the service as long as a question, and waits as one.
    crowd.come(*(f"d{number}" for number in range(5)), method="execute", items=101)
    assert eventually(lambda: len(gate.inside) == 2 + 16 + 2)
    for _ in range(49):
        gate.leave.release()
    crowd.home()
    assert len(crowd.got) == 49


def test_whose_turn_does_not_come_is_busy_and_asked_nobody_and_leaves_no_place_empty() -> None:
    gate = Gate()
    crowd = Crowd(InTurn(gate, workers=1, patience=BRIEF))
    crowd.come("a1", "a2")
    assert eventually(lambda: len(gate.inside) == 2)
    crowd.come("a3")
    assert eventually(lambda: crowd.got) == {"a3": "gateway_full"}
    for _ in range(3):
        gate.leave.release()
    crowd.home()
    crowd.come("a4")
    crowd.home()
    assert crowd.got == {"a1": "a1", "a2": "a2", "a3": "gateway_full", "a4": "a4"}
    assert gate.inside[2:] == ["a4"]


def test_a_failure_gives_the_turn_back() -> None:
    def away(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        raise Busy("没有答复。", accepted="稍后")

    ask = InTurn(away, workers=1, patience=BRIEF)
    for _ in range(10):
        with pytest.raises(Busy, match="没有答复"):
            ask("personnel", "query", {"actor": {"person": "a"}})


def test_one_subject_has_its_share_of_those_that_wait_and_the_rest_is_for_others() -> None:
    gate = Gate()
    limited = Limited(gate, most=3, own=2)
    crowd = Crowd(limited)
    crowd.come("a1", "a2")
    assert eventually(lambda: len(gate.inside) == 2)
    with pytest.raises(TooMany) as refused:
        limited("personnel", "query", {"n": "a3", "actor": {"person": "a"}})
    assert refused.value.code == "share_full"
    crowd.come("b1")
    assert eventually(lambda: "b1" in gate.inside)
    with pytest.raises(Busy) as full:
        limited("personnel", "query", {"n": "c1", "actor": {"person": "c"}})
    assert full.value.code == "gateway_full"
    for _ in range(4):
        gate.leave.release()
    crowd.home()
    assert limited("personnel", "query", {"n": "a4", "actor": {"person": "a"}}) == {"n": "a4"}
    assert sorted(gate.inside) == ["a1", "a2", "a4", "b1"]
