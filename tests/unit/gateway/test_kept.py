"""What a subscriber keeps: once each, gaps seen, strangers apart, and all of it there again after a restart."""

from __future__ import annotations

import io
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from gateway.feeds.kept import Conflict, Kept
from gateway.feeds.printing import Printing


def item(sequence: int, *, city: str = "2107", areas: str = "210726", ident: str | None = None) -> bytes:
    event = {"id": ident or f"s:{sequence}", "sequence": f"{sequence:012d}", "city": city, "areas": areas, "type": "t"}
    return json.dumps(event).encode()


def account(**found: int) -> dict[str, Any]:
    """The report in which what is not named is 0, without alarms."""
    names = ("received", "duplicates", "foreign", "missing", "redelivered", "unreadable", "conflicts", "past_head")
    return {**dict.fromkeys(names, 0), "alarms": [], **found}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "2107.sqlite"


def test_an_event_that_comes_again_is_counted_and_not_applied(path: Path) -> None:
    kept = Kept(path, "2107")
    assert kept.take([item(1), item(2)]) == 2
    assert kept.take([item(2), item(3), item(1)]) == 1
    assert kept.report(head=3) == account(received=3, redelivered=2)


def test_a_gap_is_seen_and_closes_when_what_was_missing_comes(path: Path) -> None:
    kept = Kept(path, "2107")
    kept.take([item(1), item(4)])
    assert (kept.whole, kept.highest) == (1, 4)
    assert kept.report(head=5)["missing"] == 3
    kept.take([item(2)])
    assert kept.whole == 2
    kept.take([item(3)])
    assert (kept.whole, kept.highest) == (4, 4)


def test_the_first_event_may_be_the_missing_one(path: Path) -> None:
    kept = Kept(path, "2107")
    kept.take([item(2)])
    assert (kept.whole, kept.highest) == (0, 2)


@pytest.mark.parametrize(("city", "areas"), [("2113", "2113"), ("2107", "2113"), ("2107", ""), ("2107", "22")])
def test_what_concerns_others_is_foreign(path: Path, city: str, areas: str) -> None:
    kept = Kept(path, "2107")
    assert kept.take([item(1, city=city, areas=areas)]) == 0
    assert kept.report(head=0) == account(foreign=1)


def test_events_of_the_province_and_of_two_cities_are_its_own(path: Path) -> None:
    kept = Kept(path, "2107")
    assert kept.take([item(1, areas="21"), item(2, areas="2101,210726")]) == 2


def test_another_process_finds_what_was_kept(path: Path) -> None:
    first = Kept(path, "2107")
    first.take([item(1), item(2), item(5)])
    first.close()
    again = Kept(path, "2107")
    assert (again.whole, again.highest) == (2, 5)
    assert again.take([item(1), item(3)]) == 1
    assert again.report(head=5) == account(received=4, missing=1, redelivered=1)


@pytest.mark.parametrize(
    "body",
    [
        b"no json",
        b"\xff",
        b"[]",
        b"{}",
        item(3).replace(b'"000000000003"', b"3"),
        item(3).replace(b'"000000000003"', b'"three"'),
        item(3).replace(b"000000000003", b"0"),
        item(3).replace(b"000000000003", b"9" * 30),
        item(3).replace(b'"2107"', b"null"),
    ],
)
def test_what_is_no_item_is_counted_and_holds_nothing_up(path: Path, body: bytes) -> None:
    kept = Kept(path, "2107")
    assert kept.take([item(1), body, item(2)]) == 2
    assert kept.report(head=2) | {"received": 2, "missing": 0, "unreadable": 1} == kept.report(head=2)


def alarm(sequence: int, kept: str | None, came: str | None, also: int | None = None) -> dict[str, Any]:
    return {"sequence": sequence, "kept": kept, "came": came, "also": also}


@pytest.mark.parametrize(("first", "second"), [("allocation:11", "attendance:7"), ("attendance:7", "allocation:11")])
def test_another_event_under_a_known_number_is_kept_beside_the_first(path: Path, first: str, second: str) -> None:
    kept = Kept(path, "2107")
    assert kept.take([item(1), item(2, ident=first), item(3)]) == 3
    for _ in range(2):  # it comes again, as messages do
        assert kept.take([item(2, ident=second), item(2, ident=first)]) == 0
    assert kept.conflicts == {Conflict(2, second)}
    kept.close()
    again = Kept(path, "2107")
    assert again.report(head=3) == {
        **account(received=3, redelivered=3, conflicts=1),
        "alarms": [alarm(2, kept=first, came=second)],
    }
    assert [json.loads(body)["id"] for _, body in again.unprinted()] == ["s:1", first, "s:3"]
    with sqlite3.connect(path) as stored:
        assert stored.execute("select sequence, id, body from conflict").fetchall() == [
            (2, second, item(2, ident=second).decode())
        ]


@pytest.mark.parametrize(("first", "second"), [(2, 3), (3, 2)])
def test_a_known_event_under_another_number_is_an_alarm_and_holds_nothing_up(
    path: Path, first: int, second: int
) -> None:
    kept = Kept(path, "2107")
    kept.take([item(1), item(first, ident="attendance:7"), item(second, ident="attendance:7"), item(4)])
    assert (kept.whole, kept.highest) == (4, 4)
    kept.close()
    again = Kept(path, "2107")
    assert (again.whole, again.report(head=4)) == (
        4,
        {**account(received=3, conflicts=1), "alarms": [alarm(second, None, "attendance:7", also=first)]},
    )


def test_what_is_kept_past_the_head_of_the_feed_is_an_alarm(path: Path) -> None:
    kept = Kept(path, "2107")
    kept.take([item(1), item(2), item(9)])
    assert kept.report(head=1) == {
        **account(received=3, past_head=2),
        "alarms": [alarm(2, "s:2", None), alarm(9, "s:9", None)],
    }
    # What came while the feed was being asked says nothing against it.
    assert kept.report(head=1, highest=2)["past_head"] == 1
    assert kept.report(head=9) == account(received=3, missing=6)


def test_a_feed_that_is_held_against_the_store_changes_nothing_in_it(path: Path) -> None:
    kept = Kept(path, "2107")
    kept.take([item(1), item(2)])
    feed = [item(1), item(2, ident="attendance:7"), item(3), b"no item"]
    assert kept.contradicting(feed) == {Conflict(2, "attendance:7")}
    assert kept.report(head=3, contradicting=kept.contradicting(feed)) == {
        **account(received=2, missing=1, conflicts=1),
        "alarms": [alarm(2, "s:2", "attendance:7")],
    }
    assert kept.report(head=3) == account(received=2, missing=1)


def test_a_feed_is_read_again_from_where_it_ended_and_that_survives_a_restart(path: Path) -> None:
    kept = Kept(path, "2107")
    kept.take([item(n) for n in range(1, 6)])
    assert kept.after == 5
    kept.reread(2)
    kept.reread(4)  # further back counts
    kept.close()
    again = Kept(path, "2107")
    assert again.after == 2
    again.passed(4)
    assert (again.after, again.whole) == (4, 5)
    again.passed(5)
    again.take([item(6)])
    assert again.after == 6


def test_a_line_is_printed_in_order_without_a_gap_and_after_a_restart_only_what_was_not(path: Path) -> None:
    kept, out = Kept(path, "2107"), io.StringIO()
    printing = Printing(kept, out, threading.Event())
    kept.take([item(2), item(4)])
    printing()
    assert out.getvalue() == ""
    kept.take([item(1)])
    printing()
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["s:1", "s:2"]
    kept.take([item(3)])
    kept.close()
    again, more = Kept(path, "2107"), io.StringIO()
    Printing(again, more, threading.Event())()
    assert [json.loads(line)["id"] for line in more.getvalue().splitlines()] == ["s:3", "s:4"]


def test_a_reader_that_left_ends_the_work_and_loses_nothing(path: Path) -> None:
    class Left(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    kept, stop = Kept(path, "2107"), threading.Event()
    kept.take([item(1)])
    Printing(kept, Left(), stop)()
    assert stop.is_set()
    assert [sequence for sequence, _ in kept.unprinted()] == [1]
