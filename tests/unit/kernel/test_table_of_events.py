"""A row takes over from its event what both name; what is named at the call wins."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.messages import Event, Key
from kernel.projection import Rows, Table

GATES = Table("gates", {"road": "text", "gate": "text"}, {"keeper": "text", "closed_on": "date", "keys": "int"})


class GateClosed(Event, title="关门"):
    """A gate was closed."""

    road: Key
    gate: Key
    keeper: Key
    keys: int
    weather: str


CLOSED = GateClosed(occurred_on=date(2018, 5, 2), road="r", gate="g", keeper="k", keys=2, weather="雨")


def test_a_row_takes_over_its_key_and_the_columns_that_the_event_has() -> None:
    op = GATES.of(CLOSED, closed_on=CLOSED.occurred_on)
    assert (op.key, op.set) == (("r", "g"), {"keeper": "k", "keys": 2, "closed_on": date(2018, 5, 2)})
    rows = Rows()
    rows.apply([op])
    assert rows.of(GATES) == [{"road": "r", "gate": "g", "keeper": "k", "keys": 2, "closed_on": date(2018, 5, 2)}]


def test_what_is_named_wins_in_the_key_too() -> None:
    op = GATES.of(CLOSED, gate="other", keys=0)
    assert (op.key, op.set) == (("r", "other"), {"keeper": "k", "keys": 0})


def test_a_column_that_is_not_there_and_a_key_that_nobody_says_are_mistakes() -> None:
    with pytest.raises(KeyError, match="weather"):
        GATES.of(CLOSED, weather="雨")
    roads = Table("roads", {"road": "text", "lane": "int"}, {})
    with pytest.raises(KeyError, match="lane"):
        roads.of(CLOSED)
