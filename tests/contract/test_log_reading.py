"""What the log keeps, byte for byte, and how it is read again; both stores."""

from __future__ import annotations

import hashlib
from datetime import date

import orjson
import pytest

from kernel.log import Draft, postgres
from kernel.log.memory import MemoryLog
from kernel.log.postgres import PostgresLog
from kernel.messages import Past
from tests.kit.log.probe import (
    DAY,
    AnyLog,
    Counted,
    Named,
    append,
    counted,
)


def test_the_stored_line_is_canonical_and_whole(log: AnyLog) -> None:
    event = Counted(occurred_on=DAY, amount=3, area="2107", others=("2113", "2107"))
    draft = Draft("a/1", event, "LN", "LN:1", "辽组发〔2018〕1号", "二、（一）")
    log.append(append("c-1", {"a/1": 0}, draft, correlation="k", causation="other:7"))
    (line,) = log.lines(0, 10)
    assert line.decode() == (
        '{"actor":{"organ":"省委组织部","person":"p-1","post":"科员"},"areas":["2107","2113"],"causation":"other:7",'
        '"clause":"二、（一）","command":"c-1","correlation":"k","data":{"amount":3,"area":"2107",'
        '"others":["2113","2107"]},"id":"probe:1","notice":"辽组发〔2018〕1号","occurred_on":"2018-05-02","position":1,'
        '"profile":"LN:1","programme":"LN","recorded_at":1000,"schema":1,"stream":"a/1","type":"Counted","version":1}'
    )
    (recorded,) = log.read()
    assert recorded.event == event
    assert (recorded.areas, recorded.clause, recorded.command) == (("2107", "2113"), "二、（一）", "c-1")


def test_read_gives_what_was_projected(log: AnyLog) -> None:
    """A projection must not tell an append from a replay: both see the same Recorded."""
    seen = []
    watched = log._committer if isinstance(log, PostgresLog) else log
    watched._project = lambda recorded: seen.append(recorded) or ()  # type: ignore[func-returns-value]
    log.append(append("c-1", {}, Draft("a/1", Named(occurred_on=DAY, name="甲", since=date(2018, 1, 2)))))
    log.append(counted("c-2", "a/1", 1, 9))
    assert list(log.read()) == seen
    folded = [Past(r.position, r.stream, r.version, r.event) for r in seen if r.event]
    assert list(log.replay()) == list(log.read_streams({"a/1": 0})) == folded


def test_reading_stops_and_starts_where_told(log: AnyLog) -> None:
    log.append(counted("c-1", "a/1", 0, *range(2_500)))
    assert [r.position for r in log.read(after=998, upto=2_001)] == list(range(999, 2_002))
    assert [r.position for r in log.read(after=2_490)] == list(range(2_491, 2_501))
    assert [p.position for p in log.replay(after=998, upto=2_001)] == list(range(999, 2_002))
    assert [orjson.loads(line)["position"] for line in log.lines(7, 3)] == [8, 9, 10]
    assert [r.version for r in log.read_streams({"a/1": 2_498, "a/2": 0})] == [2_499, 2_500]


def test_streams_are_read_one_after_the_other_as_they_are_named(log: AnyLog) -> None:
    for number, stream in enumerate("bacab"):
        known = len(list(log.read_streams({f"a/{stream}": 0})))
        log.append(counted(f"c-{number}", f"a/{stream}", known, number))
    assert [r.position for r in log.read_streams({"a/a": 1, "a/b": 0, "a/c": 1})] == [4, 1, 5]


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5, 10, 11])
def test_streams_are_read_whole_whatever_a_page_holds(
    postgres_log: PostgresLog, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {"a/1": 4, "a/2": 1, "a/3": 5, "a/4": 2}
    for stream, size in sizes.items():
        postgres_log.append(counted(f"c-{stream}", stream, 0, *range(size)))
    monkeypatch.setattr(postgres, "PAGE", page)
    asked = {"a/3": 0, "a/none": 0, "a/1": 2, "a/2": 1, "a/4": 0}
    read = [(past.stream, past.version) for past in postgres_log.read_streams(asked)]
    assert read == [*(("a/3", n) for n in range(1, 6)), ("a/1", 3), ("a/1", 4), ("a/4", 1), ("a/4", 2)]


def test_the_leaf_is_the_hash_of_the_line(log: AnyLog) -> None:
    if isinstance(log, MemoryLog):
        log.append(counted("c-1", "a/1", 0, 5))
        leaves = [row.leaf for row in log._events]
    else:
        log.append(counted("c-1", "a/1", 0, 5))
        leaves = [bytes(row["leaf"]) for row in log.rows("select leaf from log.events")]
    assert leaves == [hashlib.sha256(b"\x00" + line).digest() for line in log.lines(0, 1)]


def test_a_page_of_lines_ends_where_it_has_its_size_but_never_before_its_first_line(log: AnyLog) -> None:
    for n in range(1, 6):
        log.append(append(f"c-{n}", {}, Draft("a/1", Counted(occurred_on=DAY, amount=n))))
    lines = log.lines(0, 10)
    one = len(lines[0])
    assert {len(line) for line in lines} == {one}
    for size, most in ((1, 1), (one, 1), (one + 1, 2), (3 * one, 3), (100 * one, 5)):
        assert log.lines(0, 10, size) == lines[:most], size
    assert log.lines(3, 10, one + 1) == lines[3:5]
    assert log.lines(0, 2, 100 * one) == lines[:2]
    assert log.lines(5, 10, 1) == []
