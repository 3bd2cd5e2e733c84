"""The door of a service: what it measures, and what it refuses before a question is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kernel import metrics
from kernel.asking import single
from kernel.door import Door
from kernel.errors import Rejected
from kernel.handler import Handler
from kernel.log import Append
from kernel.log.memory import MemoryLog
from kernel.service import Query, Service
from tests.kit import toy

NAME = "toy-door"
ACTOR = {"person": "p", "post": "clerk", "organ": "o", "role": "system", "areas": [""], "units": []}


def service() -> Service:
    asked = Query(
        lambda rows, ask, tools: single(ask, ask.params),
        frozenset({"system"}),
        "回声",
        {"word": "词", "tone": "调"},
        ("word",),
    )
    return replace(toy.service(NAME), queries={"echo": asked})


@pytest.fixture
def door() -> Door:
    made = service()
    log = MemoryLog(NAME, made.events, made.project)
    return Door(made, log, Handler(made, log, secret=b"s"), lambda sql, *params: [])


def labels() -> set[str]:
    found = (sample.labels for metric in metrics.COMMAND_SECONDS.collect() for sample in metric.samples)
    return {sample["command"] for sample in found if sample["service"] == NAME}


def test_only_names_the_service_knows_become_time_series(door: Door) -> None:
    for n in range(3):
        assert door.query({"query": f"made-up-{n}", "actor": ACTOR})["problem"]["code"] == "query_unknown"
        assert door.execute({"command": f"MadeUp{n}", "actor": ACTOR})["problem"]["code"] == "command_unknown"
    assert door.query({"query": "echo", "actor": ACTOR, "params": {"word": "回"}})["items"] == [{"word": "回"}]
    assert labels() == {"unknown", "query:echo"}


def test_what_is_not_known_is_answered_with_what_is(door: Door) -> None:
    def accepted(answer: Any) -> Any:
        return answer["problem"]["accepted"]

    assert accepted(door.query({"query": "ecco", "actor": ACTOR})) == "echo"
    assert accepted(door.query({"query": "echo", "actor": ACTOR, "params": {"wort": "x"}})) == "word、tone"
    assert "Count" in accepted(door.execute({"command": "MadeUp", "actor": ACTOR})).split("、")


@pytest.mark.parametrize("params", [{}, {"word": ""}, {"tone": "高"}])
def test_what_a_query_needs_is_asked_for_by_name(door: Door, params: dict[str, str]) -> None:
    problem = door.query({"query": "echo", "actor": ACTOR, "params": params})["problem"]
    assert (problem["kind"], problem["code"], problem["field"]) == ("bad_input", "field_missing", "word")
    assert problem["accepted"] == "?word=…（词）"


def test_it_says_which_commands_and_queries_there_are(door: Door) -> None:
    found = door.describe({})
    count = door.service.commands["Count"]
    assert found["commands"]["Count"] == {"title": count.title, "roles": sorted(count.roles)}
    assert found["commands"].keys() == door.service.commands.keys()
    echo = {"title": "回声", "roles": ["system"], "params": {"word": "词", "tone": "调"}, "needs": ["word"]}
    assert found["queries"] == {"echo": echo}


@pytest.mark.parametrize("value", ["a\0b", 7, None])
def test_a_parameter_is_text_that_the_database_can_hold(door: Door, value: Any) -> None:
    problem = door.query({"query": "echo", "actor": ACTOR, "params": {"word": value}})["problem"]
    assert (problem["kind"], problem["code"], problem["field"]) == ("bad_input", "field_type", "word")


def test_a_refusal_says_what_it_rests_on_and_is_decided_again_where_more_had_come_in() -> None:
    made = toy.service(NAME, "elsewhere")
    log = MemoryLog(NAME, made.events, made.project)
    tried: list[int] = []

    class Refusing(Handler):
        def execute(self, request: Any) -> Any:
            tried.append(log.taken_in().get("elsewhere", 0))
            if len(tried) == 2:  # while it is being refused something comes in
                log.append(Append("a", b"", (), {}, {"person": "p"}, taken_in=("elsewhere", 1)))
            raise Rejected("no", "不行。")

    door = Door(made, log, Refusing(made, log, secret=b"s"), lambda sql, *params: [])
    asked = {"command": "Count", "actor": ACTOR}
    assert door.execute(asked)["problem"]["taken_in"] == {"elsewhere": 0}
    assert door.execute(asked)["problem"]["taken_in"] == {"elsewhere": 1}
    assert door.execute(asked)["problem"]["taken_in"] == {"elsewhere": 1}
    # First nothing was known of what is in; then something had come in; then nothing more.
    assert tried == [0, 0, 1, 1, 1]


def test_what_is_wrong_with_the_request_itself_rests_on_nothing(door: Door) -> None:
    assert "taken_in" not in door.execute({"command": "MadeUp", "actor": ACTOR})["problem"]
    assert "taken_in" not in door.query({"query": "echo", "actor": ACTOR, "params": {}})["problem"]
