"""Parked events in one service: one effect however often replayed, a reason for everything, nothing hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kernel import parked
from kernel.codec import EventTypes, recorded
from kernel.door import Door
from kernel.errors import Rejected
from kernel.handler import Handler
from kernel.log.memory import MemoryLog
from kernel.service import Received, Service
from tests.kit import toy

ADMIN = {"person": "p-admin", "post": "系统管理员", "organ": "system", "role": "system_admin", "areas": []}


class Moody:
    """A reaction that fails as it is told, and else counts."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __call__(self, received: Received, context: Any, room: Any) -> Any:
        if self.error is not None:
            raise self.error
        return toy.tally(received, context, room)


@pytest.fixture
def mood() -> Moody:
    return Moody()


@pytest.fixture
def service(mood: Moody) -> Service:
    types = EventTypes((toy.Counted, *parked.EVENTS))
    return replace(toy.service("tally", "toy"), events=types, reactions={"toy.Counted": mood})


@pytest.fixture
def log(service: Service) -> MemoryLog:
    return MemoryLog("tally", service.events, service.project)


@pytest.fixture
def door(service: Service, log: MemoryLog) -> Door:
    handler = Handler(service, log, secret=b"s")
    handler.react([received(1)])
    handler.park(received(2), "ValueError: synthetic")
    handler.react([received(3)])
    return Door(service, log, handler, lambda sql, *params: [])


def received(position: int) -> Received:
    return Received("toy", recorded(toy.line(position, by=10**position)))


def ask(door: Door, act: str, number: int = 2, actor: dict[str, Any] = ADMIN, **more: Any) -> dict[str, Any]:
    asked = {"act": act, "actor": actor, "source": "toy", "number": number, "reason": "修好了", "correlation": "k"}
    line = toy.line(number, by=10**number).decode()
    return door.parked({**asked, "line": line, "occurred_on": "2018-05-03", **more})


def types(log: MemoryLog) -> list[str]:
    return [event.type for event in log.read()]


def test_what_was_parked_is_listed_with_its_reason(door: Door) -> None:
    (item,) = ask(door, "list")["items"]
    assert (item["id"], item["reason"], item["state"]) == ("toy:2", "ValueError: synthetic", "parked")
    assert ask(door, "list")["taken_in"] == {"toy": 3}


def test_a_replayed_event_has_its_effect_once_under_its_own_command_id(door: Door, log: MemoryLog) -> None:
    assert (ask(door, "replay")["state"], ask(door, "replay")["repeated"]) == ("replayed", True)
    assert types(log) == ["Counted", "Counted", "Counted", "ParkedReplayed"]
    effect, note = list(log.read())[2:]
    assert (effect.command, effect.causation, effect.event.by) == ("toy:2", "toy:2", 100)
    assert (note.stream, note.event) == (
        "parked/toy",
        parked.ParkedReplayed(occurred_on=date(2018, 5, 3), source="toy", number=2, reason="修好了"),
    )
    assert note.actor == {"person": "p-admin", "post": "系统管理员", "organ": "system"}
    assert log.taken_in() == {"toy": 3}
    assert ask(door, "list")["items"] == []
    (item,) = ask(door, "list", settled=True)["items"]
    assert item["state"] == "replayed"


@pytest.mark.parametrize(
    ("error", "code"),
    [(Rejected("too_late", "已过期限。"), "too_late"), (ValueError("张三 has 13800138000"), "replay_failed")],
)
def test_a_replay_that_fails_says_why_and_leaves_it_parked(
    door: Door, log: MemoryLog, mood: Moody, error: Exception, code: str
) -> None:
    mood.error, before = error, log.head()
    problem = ask(door, "replay")["problem"]
    assert (problem["kind"], problem["code"]) == ("rule", code)
    assert "13800138000" not in problem["sentence"]
    assert log.head() == before
    assert ask(door, "show")["state"] == "parked"
    mood.error = None
    assert ask(door, "replay") | {"parked_at": 0} == {
        "source": "toy",
        "number": 2,
        "reason": "ValueError: synthetic",
        "parked_at": 0,
        "state": "replayed",
        "id": "toy:2",
        "repeated": False,
    }


def test_a_discarded_event_stays_visible_and_may_be_replayed_after_all(door: Door, log: MemoryLog) -> None:
    assert (ask(door, "discard")["repeated"], ask(door, "discard")["repeated"]) == (False, True)
    shown = ask(door, "show")
    assert shown["state"] == "discarded"
    (done,) = shown["history"]
    assert (done["type"], done["reason"], done["occurred_on"]) == ("ParkedDiscarded", "修好了", "2018-05-03")
    assert types(log) == ["Counted", "Counted", "ParkedDiscarded"]
    assert ask(door, "list")["items"] == []
    assert ask(door, "replay")["state"] == "replayed"
    assert [done["type"] for done in ask(door, "show")["history"]] == ["ParkedDiscarded", "ParkedReplayed"]
    assert ask(door, "discard")["problem"]["code"] == "parked_replayed"


def test_only_what_was_parked_can_be_dealt_with_and_only_as_its_source_has_it(door: Door, log: MemoryLog) -> None:
    before = log.head()
    for act in ("show", "replay", "discard"):
        assert ask(door, act, 3)["problem"]["code"] == "parked_unknown"
    assert ask(door, "replay", line=toy.line(3).decode())["problem"]["code"] == "line_differs"
    assert ask(door, "replay", line="{")["problem"]["code"] == "line_differs"
    assert ask(door, "burn")["problem"]["code"] == "act_unknown"
    assert log.head() == before


@pytest.mark.parametrize("reason", ["", " ", "a\nb", "身份证210102198503011234", 7, None])
def test_a_reason_is_one_line_and_names_nobody_by_number(door: Door, log: MemoryLog, reason: Any) -> None:
    before = log.head()
    for act in ("replay", "discard"):
        problem = ask(door, act, reason=reason)["problem"]
        assert (problem["kind"], problem["field"]) == ("bad_input", "reason")
    assert log.head() == before


@pytest.mark.parametrize(
    ("role", "looks"), [("auditor", True), ("security_admin", False), ("province_org", False), ("system", False)]
)
def test_only_the_system_administrator_settles_and_the_auditor_looks(door: Door, role: str, looks: bool) -> None:
    actor = {**ADMIN, "role": role}
    for act in ("list", "show"):
        assert ("problem" not in ask(door, act, actor=actor)) == looks
    for act in ("replay", "discard"):
        refused = ask(door, act, actor=actor)["problem"]
        assert (refused["code"], refused["accepted"]) == ("role_not_allowed", "系统管理员；仅查看的，审计亦可")
        assert [one["accepted"] for one in refused["details"]] == ["system_admin"]


def test_a_letter_that_cannot_be_read_is_discarded_once_with_its_reason(door: Door, log: MemoryLog) -> None:
    letter: dict[str, Any] = {"number": 0, "letter": "0123456789abcdef"}
    assert ask(door, "discard", **letter)["repeated"] is False
    assert ask(door, "discard", **letter)["repeated"] is True
    (event,) = [one.event for one in log.read() if one.type == "ParkedDiscarded"]
    assert (event.source, event.number, event.letter) == ("toy", 0, "0123456789abcdef")


@pytest.mark.parametrize("ident", ["toy:2", "replayed/toy:2", "discarded/toy:2"])
def test_no_command_may_take_the_id_of_an_effect_or_of_what_became_of_it(door: Door, ident: str) -> None:
    actor = {**ADMIN, "role": "system", "areas": [""]}
    asked = {"command": "Count", "id": ident, "occurred_on": "2018-05-03", "actor": actor}
    problem = door.execute({**asked, "data": {"counter": "a", "by": 1}})["problem"]
    assert problem["code"] == "idempotency_key_invalid"
