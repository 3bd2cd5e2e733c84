"""Long work lets others be served in between, where its host says how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kernel import breath
from kernel.messages import OWN, Command, Key
from kernel.schema import load
from kernel.testing import actor, context
from services.personnel.persons.entry_plans import until_too_much


class Keys(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    keys: tuple[Key, ...]


@pytest.fixture
def taken() -> Iterator[list[int]]:
    """One entry for each breath."""
    breaths: list[int] = []
    breath.between(lambda: breaths.append(1))
    yield breaths
    breath.between(lambda: None)


@pytest.mark.parametrize("times", [1, 3])
def test_a_long_list_is_read_with_breaths(taken: list[int], times: int) -> None:
    load(Keys, {"keys": ["k"] * (times * breath.EVERY)}, context("2018-05-02", actor("clerk")))
    assert len(taken) == times


def test_rows_are_read_with_a_breath_each(taken: list[int]) -> None:
    nothing: list[Any] = []
    assert list(until_too_much(range(7), lambda row: nothing)) == list(range(7))
    assert len(taken) == 7
