"""Rates by value, on a given clock: what is admitted, what is refused for how long, and who is forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.config import BadSetting, Config
from kernel.rates import BUDGETS, Buckets, Kind, Rate, budgets


def test_a_burst_then_the_rate_and_the_wait_is_told_truly() -> None:
    buckets = Buckets(Rate(0.5, 3))
    assert [buckets.take("p-1", 10.0) for _ in range(5)] == [0, 0, 0, 2, 2]
    # A second too early is too early, and asking in vain has cost nothing.
    assert buckets.take("p-1", 11.0) == 1
    assert [buckets.take("p-1", 12.0) for _ in range(2)] == [0, 2]
    # However long the silence, it never holds more than the burst.
    assert [buckets.take("p-1", 9_999.0) for _ in range(4)] == [0, 0, 0, 2]


def test_one_asker_costs_another_nothing() -> None:
    buckets = Buckets(Rate(1, 2))
    assert [buckets.take("loud", 0.0) for _ in range(100)] == [0, 0] + [1] * 98
    assert [buckets.take("quiet", 0.0) for _ in range(2)] == [0, 0]


@given(st.floats(0.01, 1000), st.integers(1, 50), st.floats(0, 10**6))
def test_who_waits_as_long_as_told_is_admitted(a_second: float, burst: int, start: float) -> None:
    buckets = Buckets(Rate(a_second, burst))
    assert [buckets.take("p", start) for _ in range(burst)] == [0] * burst
    seconds = buckets.take("p", start)
    assert buckets.take("p", start + seconds) == 0


def test_askers_without_number_cost_no_memory_and_the_busiest_is_not_forgotten() -> None:
    buckets = Buckets(Rate(1, 2), most=3)
    assert [buckets.take("loud", 0.0) for _ in range(3)] == [0, 0, 1]
    for number in range(1000):
        assert buckets.take(f"a-{number}", 0.0) == 0
        assert buckets.take("loud", 0.0) == 1
    assert len(buckets) == 3
    assert [buckets.take("a-999", 0.0) for _ in range(2)] == [0, 1]


def test_budgets_are_told_by_name_and_the_others_stay() -> None:
    assert budgets("") == BUDGETS
    assert budgets(" reads=2/7, failures=0.5/1") == {
        **BUDGETS,
        Kind.READS: Rate(2, 7),
        Kind.FAILURES: Rate(0.5, 1),
    }
    assert Config.of({"PAIZHU_RATES": "open=1/2"}, need=()).rates[Kind.OPEN] == Rate(1, 2)


@pytest.mark.parametrize("text", ["reads=0/5", "reads=5/0", "reads=inf/1", "writes=1/1", "reads=5", "reads", "=1/1"])
def test_a_budget_that_cannot_be_is_refused_before_anything_starts(text: str) -> None:
    with pytest.raises(BadSetting, match="PAIZHU_RATES"):
        Config.of({"PAIZHU_RATES": text}, need=())
