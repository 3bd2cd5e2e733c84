"""Commands of allocation that are decided at once, each before any of the others is stored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from threading import Barrier
from typing import Any

import pytest

from kernel.log import Append, Receipt
from tests.kit.allocation.jobs import ON
from tests.kit.desk import Desk
from tests.kit.waiting import BOUND


def at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *asked: tuple[Any, str, dict[str, Any]], on: str = ON
) -> list[Any]:
    """The answers to commands each of which was decided before any was stored."""
    all_decided, store = Barrier(len(asked)), desk.log.append
    waited: set[str] = set()

    def together(item: Append) -> Receipt:
        if item.command not in waited:
            waited.add(item.command)
            all_decided.wait(BOUND)
        return store(item)

    def execute(number: int) -> dict[str, Any]:
        by, name, data = asked[number]
        request = {"command": name, "id": f"{name}-{number}", "occurred_on": on, "data": data, "actor": asdict(by)}
        return desk.opened.door.execute(request)

    with monkeypatch.context() as during, ThreadPoolExecutor(len(asked)) as threads:
        during.setattr(desk.log, "append", together)
        return list(threads.map(execute, range(len(asked))))


def problem(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """The one refusal among two answers."""
    (refused,) = (answer["problem"] for answer in answers if "problem" in answer)
    assert refused["code"] == "nominee_placed"
    return dict(refused)
