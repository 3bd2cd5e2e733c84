"""The window of unconfirmed messages: what may count as safe, whatever order the broker answers in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.bus.confirms import Window


def window(count: int, confirmed: int = 100) -> Window:
    """A window with ``count`` messages in flight, tags from 1, positions from 101."""
    made = Window(confirmed)
    for tag in range(1, count + 1):
        made.sent(tag, confirmed + tag, f"toy:{confirmed + tag}")
    return made


def test_the_prefix_waits_for_the_first() -> None:
    flying = window(3)
    flying.acknowledged(3, False)
    flying.acknowledged(2, False)
    assert (flying.confirmed, flying.in_flight) == (100, 1)
    flying.acknowledged(1, False)
    assert (flying.confirmed, flying.in_flight) == (103, 0)


def test_one_answer_may_stand_for_all_before_it() -> None:
    flying = window(5)
    flying.acknowledged(4, True)
    assert (flying.confirmed, flying.in_flight) == (104, 1)


def test_what_was_refused_is_never_passed() -> None:
    flying = window(4)
    flying.acknowledged(1, False)
    flying.nacked(2, False)
    flying.acknowledged(4, True)
    assert (flying.confirmed, flying.in_flight, flying.refused) == (101, 0, 1)
    assert flying.rewind() == 101
    flying.sent(5, 102, "toy:102")
    flying.acknowledged(5, False)
    assert (flying.confirmed, flying.refused) == (102, 0)


def test_what_came_back_counts_as_refused_though_it_is_acknowledged() -> None:
    flying = window(3)
    flying.returned("toy:102")
    flying.acknowledged(3, True)
    assert (flying.confirmed, flying.in_flight, flying.refused) == (101, 0, 1)


def test_there_is_no_way_back_while_answers_are_due() -> None:
    with pytest.raises(RuntimeError):
        window(1).rewind()


def test_answers_for_messages_of_before_are_nothing() -> None:
    flying = window(2)
    flying.acknowledged(2, True)
    flying.acknowledged(2, False)
    flying.returned("toy:101")
    assert (flying.confirmed, flying.in_flight, flying.refused) == (102, 0, 0)


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8)), st.sets(st.integers(1, 8)))
def test_in_any_order_of_answers_the_prefix_ends_before_the_first_bad_one(
    order: Any, nacked: Any, returned: Any
) -> None:
    flying = window(8)
    for done, tag in enumerate(order, 1):
        if tag in returned:
            flying.returned(f"toy:{100 + tag}")
        (flying.nacked if tag in nacked else flying.acknowledged)(tag, False)
        answered = set(order[:done])
        bad = nacked | returned
        safe = 0
        while safe + 1 in answered - bad:
            safe += 1
        assert flying.confirmed == 100 + safe
    assert flying.in_flight == 0
    assert flying.refused == len(nacked | returned)
