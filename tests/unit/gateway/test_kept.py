"""What a subscriber keeps: once each, gaps seen, strangers apart, and all of it there again after a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.feeds.kept import Kept


def item(sequence: int, *, city: str = "2107", areas: str = "210726", ident: str | None = None) -> bytes:
    event = {"id": ident or f"s:{sequence}", "sequence": f"{sequence:012d}", "city": city, "areas": areas, "type": "t"}
    return json.dumps(event).encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "2107.sqlite"


def test_an_event_that_comes_again_is_counted_and_not_applied(path: Path) -> None:
    kept = Kept(path, "2107")
    assert kept.take([item(1), item(2)]) == 2
    assert kept.take([item(2), item(3), item(1)]) == 1
    assert kept.report(head=3) == {"received": 3, "duplicates": 0, "foreign": 0, "missing": 0, "redelivered": 2}


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
    assert kept.report(head=0) == {"received": 0, "duplicates": 0, "foreign": 1, "missing": 0, "redelivered": 0}


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
    assert again.report(head=5) == {"received": 4, "duplicates": 0, "foreign": 0, "missing": 1, "redelivered": 1}


def test_a_batch_with_one_unreadable_body_is_not_half_kept(path: Path) -> None:
    kept = Kept(path, "2107")
    with pytest.raises(ValueError, match="literal"):
        kept.take([item(1), b"no json"])
    assert kept.report(head=0)["received"] == 0
