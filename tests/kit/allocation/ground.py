"""What the tests of allocation stand on: the real profiles as rules, actors, a room that needs no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from kernel.messages import Actor, Context
from kernel.rules import Rules
from kernel.service import Step
from kernel.testing import actor, context, rules_of
from programmes import loader
from services.allocation.wiring import SERVICE

LN2018 = rules_of(loader.load("LN2018").published())
LN2002 = rules_of(loader.load("LN2002").published())
SX2015 = rules_of(loader.load("SX2015").published())
PROVINCE = actor("province_org", areas=("21",))
JINZHOU = actor("city_org", areas=("2107",))
ORGANS = "省直机关工委"
CHANNEL = actor("channel", units=(ORGANS, "U01", "U02"))
OTHER_CHANNEL = actor("channel", units=("省委高校工委", "U27"))
SYSTEM = actor("system", areas=("",))


def ctx(by: Actor = PROVINCE, on: str = "2018-04-16", rules: Rules | None = LN2018) -> Context:
    """A context under the rules of 2018 unless said otherwise."""
    return context(on, by, rules=rules)


def with_values(rules: Rules, **values: Any) -> Rules:
    """The rules with other values; ``__`` in a name stands for the dot of a path, None for "not printed"."""
    entries = dict(rules.entries)
    for name, value in values.items():
        path = name.replace("__", ".")
        entries[path] = replace(entries[path], value=value)
    return replace(rules, entries=entries)


class Plain:
    """A room with given states and given answers to ``find``; a stream not named holds its initial state."""

    def __init__(
        self, states: Mapping[str, Any] | None = None, find: Callable[..., list[dict[str, Any]]] | None = None
    ) -> None:
        self.states = dict(states or {})
        self.tools: Mapping[str, Any] = {}
        self.answer = find or (lambda sql, *params: [])

    def load(self, stream: str) -> Any:
        return self.states.get(stream, SERVICE.parts[stream.split("/", 1)[0]].initial)

    def load_all(self, streams: Iterable[str]) -> dict[str, Any]:
        return {stream: self.load(stream) for stream in streams}

    def find(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        return self.answer(sql, *params)

    def rules(self, programme: str, area: str | None = None) -> Rules | None:
        return {"LN2018": LN2018, "LN2002": LN2002, "SX2015": SX2015}.get(programme)

    def judge(self, step: Step) -> None:
        rules = self.rules("LN2018")
        command = replace(step.command, context=replace(step.command.context, rules=rules))
        SERVICE.part(step.stream).decide(self.load(step.stream), command)

    def refuse(self, item: int, error: Any) -> None:
        raise AssertionError(f"item {item} was refused: {error}")


def decided(steps: Iterable[Step], room: Plain, rules: Rules = LN2018) -> list[Any]:
    """The events of the steps, each decided on the state the ones before it left; kept all or none."""
    events: list[Any] = []
    states = dict(room.states)
    for step in steps:
        decider = SERVICE.parts[step.stream.split("/", 1)[0]]
        command = replace(step.command, context=replace(step.command.context, rules=rules))
        state = states.get(step.stream, decider.initial)
        made = decider.decide(state, command)
        states[step.stream] = decider.fold(state, made)
        events += made
    room.states = states
    return events
