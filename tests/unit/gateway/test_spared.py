"""What a service died of twice is refused for a while; what it answered is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from gateway.spared import DEATHS, REFUSED, REMEMBERED, Spared
from kernel.door_refusals import REQUEST_INTERRUPTED
from kernel.errors import Busy


class Behind:
    """A service that dies of what holds ``poison``."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.now = 0.0
        self.dying = True

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.given.append(request["id"])
        if self.dying and request["data"] == "poison":
            raise REQUEST_INTERRUPTED()
        return {"receipt": request["id"]}


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def spared(behind: Behind) -> Spared:
    return Spared(behind, lambda: behind.now, most=10)


def code(spared: Spared, ident: str, data: Any = "poison", person: str = "p") -> str:
    try:
        answer = spared(
            "toy", "execute", {"id": ident, "data": data, "actor": {"person": person}, "correlation": ident}
        )
    except Busy as refused:
        return refused.code
    return str(answer["receipt"])


def test_it_may_be_sent_once_more_and_then_no_more_under_whatever_key(spared: Spared, behind: Behind) -> None:
    told = [code(spared, str(n)) for n in range(5)]
    assert told == ["request_interrupted"] * DEATHS + ["request_died_before"] * 3
    assert behind.given == ["0", "1"]
    assert [code(spared, "6", data="other"), code(spared, "7", person="q")] == ["6", "request_interrupted"]


def test_after_a_while_it_is_tried_again_and_then_refused_for_twice_as_long(spared: Spared, behind: Behind) -> None:
    for n in range(DEATHS):
        code(spared, str(n))
    for seconds in (REFUSED, 2 * REFUSED, 4 * REFUSED):
        begun = behind.now
        behind.now = begun + seconds - 1
        assert code(spared, "early") == "request_died_before"
        behind.now = begun + seconds
        assert code(spared, "late") == "request_interrupted"
    behind.now += REMEMBERED
    behind.dying = False
    assert code(spared, "at last") == "at last"


def test_the_longest_refusal_ends_when_the_last_death_is_forgotten(spared: Spared, behind: Behind) -> None:
    seconds = REFUSED
    for _ in range(DEATHS):
        code(spared, "c")
    while seconds < REMEMBERED:
        behind.now += seconds
        seconds *= 2
        assert code(spared, "c") == "request_interrupted"
    behind.now += REMEMBERED - 1
    assert code(spared, "c") == "request_died_before"
    behind.now += 1
    assert [code(spared, "c"), code(spared, "c"), code(spared, "c")] == [
        "request_interrupted",
        "request_interrupted",
        "request_died_before",
    ]


def test_an_answer_in_between_clears_it(spared: Spared, behind: Behind) -> None:
    for _ in range(3):
        behind.dying = True
        assert code(spared, "c") == "request_interrupted"
        behind.dying = False
        assert code(spared, "c") == "c"


def test_deaths_far_apart_are_not_added_up(spared: Spared, behind: Behind) -> None:
    for _ in range(3):
        assert code(spared, "c") == "request_interrupted"
        behind.now += REMEMBERED


def test_no_more_than_so_many_are_remembered(spared: Spared, behind: Behind) -> None:
    code(spared, "first")
    for n in range(10):
        code(spared, str(n), person=str(n))
    assert code(spared, "again") == "request_interrupted"
    assert code(spared, "and again") == "request_interrupted"
    assert code(spared, "at last") == "request_died_before"
