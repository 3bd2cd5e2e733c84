"""Questions: conditions, parameters and pages, as SQL text and as values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kernel.asking import EVER, Where, day, needed, page
from kernel.errors import BadInput
from kernel.service import Ask
from kernel.testing import actor

CITY = actor("city_org", areas=("2107", "2113"))


def ask(after: str | None = None, limit: int = 2, **params: str) -> Ask:
    return Ask(CITY, params, after, limit)


class Found:
    """Rows by sequence, remembering what was asked."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = list(rows)
        self.asked: list[tuple[Any, ...]] = []

    def __call__(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        self.asked.append((sql, *values))
        return self.rows


def test_conditions_keep_their_values_in_order() -> None:
    where = (
        Where()
        .inside(CITY, "a", "b")
        .equal(ask(kind="x"), kind="kind", none="none")
        .under(ask(area="2107"), "area", "a")
    )

    assert where.text() == "(a like any(%s) or b like any(%s)) and kind = %s and (a like %s)"
    assert where.values == [["2107%", "2113%"], ["2107%", "2113%"], "x", "2107%"]
    assert Where().text() == "true"


def test_a_page_says_where_the_next_one_begins() -> None:
    rows = Found({"k": "a", "n": 1}, {"k": "a", "n": 2}, {"k": "b", "n": 1})
    first = page(rows, ask(), "select * from t where z = %s", Where().add("y = %s", 7), ("k", "n"), 9)

    assert first == {"items": rows.rows[:2], "next": '["a",2]'}
    assert rows.asked == [
        ("select * from (select * from t where z = %s) as answer where y = %s order by k, n limit %s", 9, 7, 3)
    ]
    rows.rows = rows.rows[2:]
    assert page(rows, ask(after='["a",2]'), "select * from t", Where(), ("k", "n"))["next"] is None
    assert rows.asked[1] == (
        "select * from (select * from t) as answer where (k, n) > (%s, %s) order by k, n limit %s",
        "a",
        2,
        3,
    )


@pytest.mark.parametrize("cursor", ["nonsense", "7", '["a"]', '{"a":1}'])
def test_a_cursor_nobody_gave(cursor: str) -> None:
    with pytest.raises(BadInput) as refused:
        page(Found(), ask(after=cursor), "select * from t", Where(), ("k", "n"))

    assert (refused.value.code, refused.value.field) == ("cursor_unreadable", "cursor")


def test_dates_and_needed_parameters() -> None:
    assert day(ask(as_of="2018-07-15")) == date(2018, 7, 15)
    assert day(ask()) == EVER
    assert needed(ask(month="2018-06"), "month") == "2018-06"
    for call in (lambda: day(ask(as_of="2018-02-30")), lambda: needed(ask(), "month")):
        with pytest.raises(BadInput):
            call()
