"""Facts under way: a refusal leaves when all that was there has come in; else the client is told what is awaited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from gateway.underway import PATIENCE, ROUNDS, Underway
from kernel.errors import Busy, NotYet

REFUSAL = {"kind": "rule", "code": "interview_missing", "sentence": "尚无约谈记录。"}


class Services:
    """Three services, of which ``deciding`` follows ``near`` and ``near`` follows ``far``; each with its head.

    ``deciding`` takes a command once it has taken in ``wanted``, an event of ``near``.
    """

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.heads = {"deciding": 4, "near": 5, "far": 6}
        self.taken: dict[str, dict[str, int]] = {"deciding": {"near": 5}, "near": {"far": 6}, "far": {}}
        self.asked: list[str] = []

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if method == "events_after":
            return {"lines": [], "head": self.heads[service], "taken_in": dict(self.taken[service])}
        self.asked.append(method)
        taken = dict(self.taken["deciding"])
        if taken["near"] >= self.wanted:
            return {"receipt": {"position": 5}}
        return {"problem": {**REFUSAL, "taken_in": taken}}


class Clock:
    """Time that passes only while somebody waits; ``meanwhile`` is what happens then."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.now = 0.0
        self.meanwhile = meanwhile

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.meanwhile()


def asked(services: Services, clock: Clock, method: str = "execute", **request: Any) -> dict[str, Any]:
    return Underway(services, services, clock, clock.sleep)("deciding", method, request)


def test_what_is_accepted_asks_nobody_anything_else() -> None:
    services = Services(wanted=5)
    services.heads["near"] = 9
    clock = Clock()
    assert "receipt" in asked(services, clock)
    assert (services.asked, clock.now) == (["execute"], 0.0)


def test_a_refusal_on_everything_there_is_leaves_at_once() -> None:
    services, clock = Services(wanted=6), Clock()
    assert asked(services, clock)["problem"]["code"] == "interview_missing"
    assert (services.asked, clock.now) == (["execute"], 0.0)


def test_a_refusal_that_rests_on_no_facts_leaves_at_once() -> None:
    def services(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        assert method == "execute"
        return {"problem": REFUSAL}

    assert Underway(services, services)("deciding", "execute", {}) == {"problem": REFUSAL}


def test_a_fact_on_the_bus_is_waited_for_and_the_request_made_again() -> None:
    services = Services(wanted=7)
    services.heads["near"] = 7

    def arrives() -> None:
        services.taken["deciding"]["near"] = min(7, services.taken["deciding"]["near"] + 1)

    assert "receipt" in asked(services, Clock(arrives))
    assert services.asked == ["execute", "execute"]


def test_the_consequence_of_a_fact_is_waited_for_too() -> None:
    services = Services(wanted=6)
    services.heads["far"] = 7

    def reacts() -> None:
        if services.taken["near"]["far"] < 7:
            services.taken["near"]["far"], services.heads["near"] = 7, 6
        else:
            services.taken["deciding"]["near"] = 6

    assert "receipt" in asked(services, Clock(reacts))
    assert services.asked == ["execute", "execute", "execute"]


def test_what_came_in_while_it_was_refused_is_seen() -> None:
    """The refusal was decided before the fact came in, which everybody has by the time they are asked."""
    services = Services(wanted=6)
    services.heads["near"] = 6

    def deciding(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        answer = services(service, method, request)
        services.taken["deciding"]["near"] = 6
        return answer

    clock = Clock()
    assert "receipt" in Underway(deciding, services, clock, clock.sleep)("deciding", "execute", {})
    assert (services.asked, clock.now) == (["execute", "execute"], 0.0)


@pytest.mark.parametrize(
    ("late", "follower", "source", "position"), [("near", "deciding", "near", 7), ("far", "near", "far", 7)]
)
def test_a_fact_that_does_not_come_is_named_and_never_denied(
    late: str, follower: str, source: str, position: int
) -> None:
    services, clock = Services(wanted=7), Clock()
    services.heads[late] = 7
    with pytest.raises(NotYet) as told:
        asked(services, clock)
    assert (told.value.code, told.value.kind) == ("facts_under_way", "not_yet")
    assert f"服务 {follower} 尚待{source} 的第 {position} 号事件" in told.value.sentence
    assert clock.now >= PATIENCE
    assert services.asked == ["execute"]


def test_a_service_whose_facts_could_matter_and_that_is_away_is_named() -> None:
    services = Services(wanted=7)

    def away(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if service == "far":
            raise Busy("far")
        return services(service, method, request)

    with pytest.raises(NotYet) as told:
        Underway(services, away)("deciding", "execute", {})
    assert (told.value.code, "服务 far 尚待恢复应答" in told.value.sentence) == ("facts_under_way", True)


def test_under_steady_load_a_refusal_leaves_after_so_many_rounds() -> None:
    services = Services(wanted=10**9)

    def busy(service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        if (service, method) == ("near", "events_after"):
            services.heads["near"] += 1
        return services(service, method, request)

    def arrives() -> None:
        services.taken["deciding"]["near"] = services.heads["near"]

    clock = Clock(arrives)
    assert Underway(busy, busy, clock, clock.sleep)("deciding", "execute", {})["problem"]["code"] == "interview_missing"
    assert services.asked == ["execute"] * (ROUNDS + 1)
    assert clock.now < PATIENCE


@pytest.mark.parametrize(
    ("method", "request_"), [("jobs", {"act": "start"}), ("execute", {"data": {"accept": "good", "rows": []}})]
)
def test_what_is_refused_in_part_is_asked_when_everything_has_come_in(method: str, request_: dict[str, Any]) -> None:
    services = Services(wanted=7)
    services.heads["near"] = 7

    def arrives() -> None:
        services.taken["deciding"]["near"] = 7

    assert "receipt" in asked(services, Clock(arrives), method, **request_)
    assert services.asked == [method]
