"""Questions: conditions, parameters and pages, as SQL text and as values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kernel.asking import EVER, Reach, Where, cut, day, page, single
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
    where = Where().inside(CITY, "a", "b").equal(ask(kind="x", of="y", empty=""), "kind", "none", "empty", of="t.of")

    assert where.values == ["2107", "2107:", "2113", "2113:"] * 2 + ["x", "y"]
    assert where.text().count('a collate "C" >= %s and a collate "C" < %s') == 2
    assert where.text().endswith(" and kind::text = %s and t.of::text = %s")
    assert Where().under(ask(area="2107"), "area", "a").values == ["2107", "2107:"]
    assert Where().under(ask(), "area", "a").text() == "true"


def test_areas_decide_what_is_seen_none_of_them_nothing_the_empty_one_all() -> None:
    assert Where().inside(actor("city_org"), "a").text() == "(false)"
    assert Where().inside(actor("system", areas=("",)), "a", "b").text() == "true"
    for code in ("21%", "２１", "x"):
        with pytest.raises(BadInput):
            Where().under(ask(area=code), "area", "a")


def test_a_reach_says_by_role_what_limits_the_asker() -> None:
    reach = Reach(everywhere=frozenset({"all"}), by_unit=frozenset({"own"}))

    def seen(role: str, units: tuple[str, ...] = ("u", "v")) -> tuple[str, list[Any]]:
        where = Where().reach(actor(role, areas=("21",), units=("k",)), reach, ("a",), units)
        return where.text(), where.values

    assert seen("all") == ("true", [])
    assert seen("own") == ("(u = any(%s::text[]) or v = any(%s::text[]))", [["k", "21"], ["k", "21"]])
    assert seen("own", ()) == ("(false)", [])
    assert seen("other")[1] == ["21", "21:"]


def test_a_page_says_where_the_next_one_begins() -> None:
    rows = Found({"k": "a", "n": 1}, {"k": "a", "n": 2}, {"k": "b", "n": 1})
    source = "(select * from t where z = %s) as x"
    first = page(rows, ask(), source, Where().add("y = %s", 7), ("k", "n"), 9, columns=("k", "n"))

    assert first == {"items": rows.rows[:2], "next": '["a","2"]'}
    assert rows.asked == [(f"select k, n from {source} where y = %s order by k, n limit %s", 9, 7, 3)]
    rows.rows = rows.rows[2:]
    assert page(rows, ask(after='["a","2"]'), "t", Where(), ("k", "n"))["next"] is None
    assert rows.asked[1] == ("select * from t where (k, n) > (%s, %s) order by k, n limit %s", "a", "2", 3)


def test_a_page_that_is_just_full_is_the_last() -> None:
    assert page(Found({"k": "a"}, {"k": "b"}), ask(), "t", Where(), ("k",))["next"] is None


def test_days_are_given_as_text() -> None:
    row = {"k": "a", "on": date(2018, 5, 2), "until": None}
    assert page(Found(row), ask(), "t", Where(), ("k",))["items"] == [{"k": "a", "on": "2018-05-02", "until": None}]
    assert single(ask(), row) == {"items": [{"k": "a", "on": "2018-05-02", "until": None}], "next": None}


def test_what_has_one_page_has_no_second() -> None:
    for cursor in ("abc", "2", '["2"]'):
        with pytest.raises(BadInput) as refused:
            single(ask(after=cursor), {"k": "a"})
        assert (refused.value.code, refused.value.field) == ("cursor_invalid", "cursor")


def test_what_was_worked_out_is_cut_into_pages() -> None:
    items = [{"n": n} for n in range(4)]
    first = cut(items, ask())
    assert first == {"items": items[:2], "next": '["2"]'}
    assert cut(items, ask(after=first["next"])) == {"items": items[2:], "next": None}
    assert cut([], ask()) == {"items": [], "next": None}


@pytest.mark.parametrize("cursor", ["nonsense", "7", '["a"]', '{"a":1}', '["a",2]', '["a","\\u0000"]'])
def test_a_cursor_nobody_gave(cursor: str) -> None:
    calls: list[Callable[[], Any]] = [
        lambda: page(Found(), ask(after=cursor), "t", Where(), ("k", "n")),
        lambda: cut([{"n": 1}], ask(after=cursor)),
    ]
    for call in calls:
        with pytest.raises(BadInput) as refused:
            call()
        assert (refused.value.code, refused.value.field) == ("cursor_invalid", "cursor")


def test_dates() -> None:
    assert day(ask(as_of="2018-07-15")) == date(2018, 7, 15)
    assert day(ask()) == EVER
    with pytest.raises(BadInput):
        day(ask(as_of="2018-02-30"))


def test_a_question_without_a_log_shows_nothing_that_has_to_be_recorded() -> None:
    with pytest.raises(RuntimeError, match="came without a log"):
        ask().record([])
