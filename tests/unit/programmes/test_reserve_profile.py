"""The procedures of the pool of reserves against their notice, by value."""

from __future__ import annotations

from typing import Any

from programmes import loader


def test_publicities_of_2017() -> None:
    def shown(procedure: str) -> list[tuple[Any, ...]]:
        steps = [step for step in loader.load("QS2017").rules[f"procedure.{procedure}"]["value"] if "publicity" in step]
        told = [(step["step"], step["publicity"]) for step in steps]
        return [(step, of["working_days"], of["places"], of.get("assumed", False)) for step, of in told]

    assert shown("reserve") == [("targets_public", 3, ["village"], False), ("reserves_public", 3, ["home"], True)]
    assert shown("reserve_use") == [("use_public", 5, ["home", "target"], False)]
