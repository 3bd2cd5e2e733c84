"""What a subscriber keeps: once each, gaps seen, strangers apart, and all of it there again after a restart."""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path

import pytest

from gateway.feeds.kept import Kept
from gateway.feeds.printing import Printing


def item(sequence: int, *, city: str = "2107", areas: str = "210726", ident: str | None = None) -> bytes:
    event = {"id": ident or f"s:{sequence}", "sequence": f"{sequence:012d}", "city": city, "areas": areas, "type": "t"}
    return json.dumps(event).encode()


def account(**found: int) -> dict[str, int]:
    """The report in which what is not named is 0."""
    names = ("received", "duplicates", "foreign", "missing", "redelivered", "unreadable")
    return {**dict.fromkeys(names, 0), **found}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "2107.sqlite"


def test_an_event_that_comes_again_is_counted_and_not_applied(path: Path) -> None:
    kept = Kept(path, "2107")
    assert kept.take([item(1), item(2)]) == 2
    assert kept.take([item(2), item(3), item(1)]) == 1
    assert kept.report(head=3) == {
        "received": 3,
        "duplicates": 0,
        "foreign": 0,
        "missing": 0,
        "redelivered": 2,
        "unreadable": 0,
    }


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
    assert kept.report(head=0) == {
        "received": 0,
        "duplicates": 0,
        "foreign": 1,
        "missing": 0,
        "redelivered": 0,
        "unreadable": 0,
    }


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
    assert again.report(head=5) == {
        "received": 4,
        "duplicates": 0,
        "foreign": 0,
        "missing": 1,
        "redelivered": 1,
        "unreadable": 0,
    }


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
