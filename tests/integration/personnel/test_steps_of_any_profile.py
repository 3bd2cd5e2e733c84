"""Whatever is published of 2015, each step to a village is taken or refused; nothing breaks or is set aside."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from kernel.reader import Reader
from kernel.rules import Rules
from programmes import loader
from programmes.known import FORMS
from tests.kit import shanxi
from tests.kit.databases import rows_of
from tests.kit.desk import Desk
from tests.kit.personnel.candidates import PROVINCE, SX2015
from tests.kit.readable import first, variants
from tests.kit.spoiled import saying

ROUNDS, AT_ONCE = 11, 2
"""A village is left for each; so few values are changed at once, or the first step would be as far as anybody gets."""


def said(paths: set[str], seed: int) -> Iterator[dict[str, Any]]:
    """For each round other values at some of the paths."""
    rules, draw = loader.load(SX2015).rules, random.Random(seed)
    near = {path: variants(FORMS[path], rules.get(path, {}).get("value") or first(FORMS[path])) for path in paths}
    order = draw.sample(sorted(path for path, values in near.items() if values), ROUNDS * AT_ONCE // 2) * 2
    for number in range(ROUNDS):
        yield {path: draw.choice(near[path]) for path in order[number * AT_ONCE :][:AT_ONCE]}


def test_each_step_is_taken_or_refused(open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    refused: list[str] = []
    find, execute = Rules.find, Desk._execute

    def noting(rules: Rules, reader: Reader[Any]) -> Any:
        read.add(reader.path)
        return find(rules, reader)

    def listening(desk: Desk, by: Any, name: str, on: str, data: Mapping[str, Any]) -> dict[str, Any]:
        answer = execute(desk, by, name, on, data)
        if "problem" in answer:
            refused.append(answer["problem"]["kind"])
        return answer

    monkeypatch.setattr(Desk, "_execute", listening)
    system = shanxi.county(open_desk)
    with monkeypatch.context() as during:
        during.setattr(Rules, "find", noting)
        shanxi.on_post(system, 1, shanxi.VILLAGES[0])
    came = 0
    for version, values in enumerate(said(read & FORMS.keys(), 7), 2):
        system.command(PROVINCE, "PublishProfile", shanxi.BEGUN, profile=saying(SX2015, version, values))
        before = len(refused)
        try:
            shanxi.on_post(system, version, shanxi.VILLAGES[version - 1])
            came += 1
        except AssertionError:  # the kit wants each step taken: where one is not, somebody refused it
            assert len(refused) == before + 1, values
    assert came >= ROUNDS // 2
    assert set(refused) <= {"rule", "forbidden", "unknown", "bad_input"}
    for desk in system.desks.values():
        assert rows_of(desk.database.url, "select source, position, reason from log.parked") == []
    assert system.replay()
