"""The log's contract, kept by the store on PostgreSQL and by its twin in memory alike."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count

import orjson
import pytest

from kernel.errors import ClaimTaken, Conflict, Reused
from kernel.log import Draft, Receipt
from kernel.log.memory import MemoryLog
from kernel.log.postgres import PostgresLog
from tests.conftest import LogDatabase, run
from tests.contract.probe import (
    COUNTS,
    DAY,
    NAMES,
    TABLES,
    TYPES,
    Counted,
    Named,
    Poison,
    Unnamed,
    append,
    counted,
    named,
    project,
)

AnyLog = MemoryLog | PostgresLog


class Clock:
    """Microseconds that tests set."""

    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture()
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "postgres"])
def log(request: pytest.FixtureRequest, clock: Clock) -> Iterator[AnyLog]:
    """An empty log of either kind."""
    if request.param == "memory":
        yield MemoryLog("probe", TYPES, project, clock)
        return
    database: LogDatabase = request.getfixturevalue("log_database")
    empty(database)
    postgres = PostgresLog(database.url, "probe", TYPES, project, clock)
    postgres.prepare(TABLES)
    yield postgres
    postgres.close()


def empty(database: LogDatabase) -> None:
    """Take the log back to nothing, which only its owner can, by making it anew."""
    from kernel.log.postgres import schema

    app = database.url.split("//")[1].split(":")[0]
    run(database.owner_url, "drop schema log cascade; drop schema read cascade;" + schema(app))


def rows(log: AnyLog, table: object) -> list[dict[str, object]]:
    if isinstance(log, MemoryLog):
        return log.tables.of(table)  # type: ignore[arg-type]
    return log.rows(f"select * from {table.name} order by {', '.join(table.key)}")  # type: ignore[attr-defined]


def test_an_empty_log_has_nothing(log: AnyLog) -> None:
    assert log.head() == (0, 0)
    assert log.taken_in() == {}
    assert log.lines(0, 10) == []
    assert list(log.read()) == []
    assert log.read_streams({"a/1": 0}) == []
    assert log.receipt("c-1", b"d") is None


def test_positions_and_versions_count_from_one_without_gap(log: AnyLog) -> None:
    assert log.append(counted("c-1", "a/1", 0, 5, 6)) == Receipt(2, {"Counted": 2}, {"a/1": 2}, {})
    assert log.append(counted("c-2", "a/2", 0, 7)) == Receipt(3, {"Counted": 1}, {"a/2": 1}, {})
    assert log.append(counted("c-3", "a/1", 2, 8, result={"no": "八"})) == Receipt(
        4, {"Counted": 1}, {"a/1": 3}, {"no": "八"}
    )
    assert [(r.position, r.stream, r.version) for r in log.read()] == [
        (1, "a/1", 1),
        (2, "a/1", 2),
        (3, "a/2", 1),
        (4, "a/1", 3),
    ]
    assert log.head() == (4, 1_000)


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
    log._project = lambda recorded: seen.append(recorded) or ()  # type: ignore[assignment,func-returns-value]
    log.append(append("c-1", {}, Draft("a/1", Named(occurred_on=DAY, name="甲", since=date(2018, 1, 2)))))
    log.append(counted("c-2", "a/1", 1, 9))
    assert list(log.read()) == seen
    assert log.read_streams({"a/1": 0}) == seen


def test_reading_stops_and_starts_where_told(log: AnyLog) -> None:
    log.append(counted("c-1", "a/1", 0, *range(2_500)))
    assert [r.position for r in log.read(after=998, upto=2_001)] == list(range(999, 2_002))
    assert [r.position for r in log.read(after=2_490)] == list(range(2_491, 2_501))
    assert [orjson.loads(line)["position"] for line in log.lines(7, 3)] == [8, 9, 10]
    assert [r.version for r in log.read_streams({"a/1": 2_498, "a/2": 0})] == [2_499, 2_500]


def test_read_streams_keeps_the_order_of_positions(log: AnyLog) -> None:
    for number, stream in enumerate("bacab"):
        known = len(log.read_streams({f"a/{stream}": 0}))
        log.append(counted(f"c-{number}", f"a/{stream}", known, number))
    assert [r.position for r in log.read_streams({"a/a": 1, "a/b": 0, "a/c": 1})] == [1, 4, 5]


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_a_stream_that_is_elsewhere_than_expected_is_a_conflict(log: AnyLog, expected: int) -> None:
    log.append(counted("c-1", "a/1", 0, 1, 2))
    with pytest.raises(Conflict) as found:
        log.append(counted("c-2", "a/1", expected, 3))
    assert found.value.streams == {"a/1": 2}
    assert log.head()[0] == 2
    assert log.receipt("c-2", b"d") is None


def test_a_stream_that_was_only_read_must_not_have_moved(log: AnyLog) -> None:
    log.append(counted("c-1", "a/1", 0, 1))
    draft = Draft("a/2", Counted(occurred_on=DAY, amount=1))
    with pytest.raises(Conflict) as found:
        log.append(append("c-2", {"a/1": 0, "a/2": 0}, draft))
    assert found.value.streams == {"a/1": 1}
    log.append(append("c-2", {"a/1": 1, "a/2": 0}, draft))
    assert log.head()[0] == 2


def test_a_command_given_twice_has_one_effect_and_one_answer(log: AnyLog) -> None:
    first = log.append(counted("c-1", "a/1", 0, 5, result={"no": 1}))
    log.append(counted("c-2", "a/1", 1, 6))
    again = log.append(counted("c-1", "a/1", 0, 5))
    assert (again.position, again.events, again.streams, again.result) == (1, {"Counted": 1}, {"a/1": 1}, {"no": 1})
    assert (first.repeated, again.repeated) == (False, True)
    assert log.receipt("c-1", b"d") == again
    assert log.head()[0] == 2


def test_a_command_without_events_is_remembered_too(log: AnyLog) -> None:
    assert log.append(append("c-1", {"a/1": 0}, result={"done": False})) == Receipt(0, {}, {}, {"done": False})
    log.append(counted("c-2", "a/1", 0, 5))
    assert log.append(append("c-1", {"a/1": 0})) == Receipt(0, {}, {}, {"done": False}, repeated=True)


def test_a_command_id_used_for_another_command_is_refused(log: AnyLog) -> None:
    log.append(counted("c-1", "a/1", 0, 5))
    with pytest.raises(Reused) as refused:
        log.append(counted("c-1", "a/2", 0, 6, digest=b"e"))
    assert (refused.value.code, refused.value.field) == ("command_id_reused", "id")
    with pytest.raises(Reused):
        log.receipt("c-1", b"e")
    assert log.head()[0] == 1


def test_a_name_belongs_to_the_stream_that_claimed_it_first(log: AnyLog) -> None:
    log.append(named("c-1", "a/1", 0, "甲"))
    with pytest.raises(ClaimTaken) as taken:
        log.append(named("c-2", "a/2", 0, "甲"))
    assert (taken.value.key, taken.value.stream) == ("name:甲", "a/1")
    log.append(named("c-3", "a/1", 1, "甲"))
    log.append(named("c-4", "a/2", 0, "乙"))
    assert [r.stream for r in log.read()] == ["a/1", "a/1", "a/2"]


def test_a_failing_event_takes_those_before_it_along(log: AnyLog) -> None:
    log.append(named("c-0", "a/9", 0, "甲"))
    good = Draft("a/1", Counted(occurred_on=DAY, amount=1))
    with pytest.raises(ClaimTaken):
        log.append(append("c-1", {"a/1": 0}, good, Draft("a/1", Named(occurred_on=DAY, name="甲"))))
    assert log.head()[0] == 1
    assert rows(log, COUNTS) == []
    assert log.append(counted("c-1", "a/1", 0, 1)).position == 2


def test_append_all_is_one_transaction_whose_items_see_each_other(log: AnyLog) -> None:
    first, second, third = log.append_all(
        [counted("c-1", "a/1", 0, 1), counted("c-2", "a/1", 1, 2), counted("c-1", "a/1", 0, 1)]
    )
    assert (first.position, second.position, second.streams) == (1, 2, {"a/1": 2})
    assert (third.position, third.repeated) == (1, True)
    with pytest.raises(Conflict) as found:
        log.append_all([counted("c-3", "a/1", 2, 3), named("c-4", "a/2", 0, "甲"), counted("c-5", "a/1", 2, 4)])
    assert found.value.streams == {"a/1": 3}
    assert log.head()[0] == 2
    assert log.receipt("c-3", b"d") is None
    assert log.append_all([named("c-6", "a/3", 0, "甲")])[0].position == 3


def test_events_of_a_source_are_taken_in_once_and_in_order(log: AnyLog) -> None:
    log.append_all([counted("s:1", "a/1", 0, 1, taken_in=("s", 1)), append("s:2", {}, taken_in=("s", 2))])
    assert log.taken_in() == {"s": 2}
    for position in (1, 2, 4):
        with pytest.raises(Conflict) as found:
            log.append(counted(f"s:{position}!", "a/1", 1, 1, taken_in=("s", position)))
        assert found.value.streams == {"inbox/s": 2}
    assert log.append(counted("s:1", "a/1", 0, 1, taken_in=("s", 1))).repeated
    assert log.append(append("s:2", {}, taken_in=("s", 2))).repeated
    log.append_all([append("t:1", {}, taken_in=("t", 1)), counted("s:3", "a/1", 1, 1, taken_in=("s", 3))])
    assert log.taken_in() == {"s": 3, "t": 1}
    assert log.head()[0] == 2


def test_a_failed_batch_takes_nothing_in(log: AnyLog) -> None:
    with pytest.raises(Conflict):
        log.append_all([counted("s:1", "a/1", 0, 1, taken_in=("s", 1)), counted("s:2", "a/1", 0, 1, taken_in=("s", 2))])
    assert (log.taken_in(), log.head()) == ({}, (0, 0))


def test_a_parked_event_is_taken_in_with_its_reason_and_can_be_decided_later(log: AnyLog) -> None:
    log.append_all([append("s:1", {}, taken_in=("s", 1), parked="无法处理")])
    if isinstance(log, MemoryLog):
        assert [(p.source, p.position, p.command, p.reason, p.parked_at) for p in log.parked] == [
            ("s", 1, "s:1", "无法处理", 1_000)
        ]
    else:
        assert log.rows("select * from log.parked") == [
            {"source": "s", "position": 1, "command": "s:1", "reason": "无法处理", "parked_at": 1_000}
        ]
    assert (log.taken_in(), log.head()[0]) == ({"s": 1}, 0)
    assert not log.append(counted("s:1", "a/1", 0, 1)).repeated
    assert log.append(counted("s:1", "a/1", 0, 1)).repeated
    assert log.head()[0] == 1


def test_recorded_at_never_runs_back(log: AnyLog, clock: Clock) -> None:
    for number, now in enumerate([5_000, 4_000, 6_000]):
        clock.now = now
        log.append(counted(f"c-{number}", "a/1", number, 1))
    assert [r.recorded_at for r in log.read()] == [5_000, 5_000, 6_000]
    assert log.head() == (3, 6_000)


def test_a_writer_reads_what_it_wrote(log: AnyLog) -> None:
    log.append(counted("c-1", "a/1", 0, 5, 6))
    assert rows(log, COUNTS) == [{"stream": "a/1", "total": 11, "last": 2, "on_day": DAY}]
    log.append(counted("c-2", "a/1", 2, 7))
    assert rows(log, COUNTS) == [{"stream": "a/1", "total": 18, "last": 3, "on_day": DAY}]
    log.append(named("c-3", "a/2", 0, "o'甲\\"))
    assert rows(log, NAMES) == [{"name": "o'甲\\", "stream": "a/2", "flags": {"版": [1, None]}, "open": True}]
    drop = Draft("a/2", Unnamed(occurred_on=DAY, name="o'甲\\"))
    again = Draft("a/2", Named(occurred_on=DAY, name="o'甲\\"))
    log.append(append("c-4", {"a/2": 1}, drop, again))
    assert rows(log, NAMES) == [{"name": "o'甲\\", "stream": "a/2", "flags": {"版": [3, None]}, "open": True}]
    log.append(append("c-5", {"a/2": 3}, drop))
    assert rows(log, NAMES) == []


@pytest.mark.parametrize(
    ("how", "error"), [("raise", ZeroDivisionError), ("type", TypeError), ("overflow", ValueError)]
)
def test_a_projection_that_fails_fails_its_command_only(log: AnyLog, how: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        log.append(append("c-1", {}, Draft("a/1", Poison(occurred_on=DAY, how=how))))
    assert log.append(counted("c-2", "a/1", 0, 1)).position == 1
    assert log.receipt("c-1", b"d") is None


def together(calls: list[Callable[[], Receipt]]) -> list[Receipt | Exception]:
    """Run ``calls`` in a thread each, at once; their receipts or exceptions, in order."""
    start = threading.Barrier(len(calls))
    found: list[Receipt | Exception] = [RuntimeError("did not run")] * len(calls)

    def work(number: int) -> None:
        start.wait()
        try:
            found[number] = calls[number]()
        except Exception as error:
            found[number] = error

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_thirty_two_writers_lose_and_double_nothing(log: AnyLog) -> None:
    """Each raises a stream of its own and one that all share, trying again after a conflict, and sends twice."""

    def writer(number: int) -> Receipt:
        receipt = Receipt(0, {}, {}, {})
        for turn in range(5):
            own = Draft(f"own/{number}", Counted(occurred_on=DAY, amount=1))
            shared = Draft("shared/1", Counted(occurred_on=DAY, amount=1))
            expects = {own.stream: turn, shared.stream: 0}
            while True:
                try:
                    receipt = log.append(append(f"c-{number}-{turn}", expects, own, shared))
                    assert log.append(append(f"c-{number}-{turn}", expects, own, shared)).position == receipt.position
                    break
                except Conflict as conflict:
                    expects |= conflict.streams
        return receipt

    found = together([lambda n=n: writer(n) for n in range(32)])  # type: ignore[misc]
    assert [f for f in found if isinstance(f, Exception)] == []
    events = list(log.read())
    assert [e.position for e in events] == list(range(1, 321))
    versions: dict[str, list[int]] = {}
    for event in events:
        versions.setdefault(event.stream, []).append(event.version)
    assert versions.pop("shared/1") == list(range(1, 161))
    assert versions == {f"own/{n}": [1, 2, 3, 4, 5] for n in range(32)}
    assert {row["stream"]: row["total"] for row in rows(log, COUNTS)} == {
        "shared/1": 160,
        **{f"own/{n}": 5 for n in range(32)},
    }


def test_of_many_who_expect_the_same_version_one_gets_it(log: AnyLog) -> None:
    found = together([lambda n=n: log.append(counted(f"c-{n}", "a/1", 0, n)) for n in range(16)])  # type: ignore[misc]
    assert sorted(type(f).__name__ for f in found) == ["Conflict"] * 15 + ["Receipt"]
    assert log.head()[0] == 1


def test_one_bad_command_does_not_fail_its_group(log: AnyLog) -> None:
    """Whether its projection fails or gives a row that fits no table, the others of the group are stored."""
    number = count()
    for how in ("raise", "type", "overflow"):
        bad = append(f"bad-{how}", {}, Draft("a/bad", Poison(occurred_on=DAY, how=how)))
        good = [counted(f"good-{how}-{n}", f"a/{next(number)}", 0, 1) for n in range(9)]
        found = together([lambda item=item: log.append(item) for item in (*good, bad)])  # type: ignore[misc]
        assert [f for f in found[:9] if not isinstance(f, Receipt)] == []
        assert isinstance(found[9], Exception)
    assert log.head()[0] == 27
    assert [r.position for r in log.read()] == list(range(1, 28))


def test_the_leaf_is_the_hash_of_the_line(log: AnyLog) -> None:
    if isinstance(log, MemoryLog):
        log.append(counted("c-1", "a/1", 0, 5))
        leaves = [row.leaf for row in log._events]
    else:
        log.append(counted("c-1", "a/1", 0, 5))
        leaves = [bytes(row["leaf"]) for row in log.rows("select leaf from log.events")]
    assert leaves == [hashlib.sha256(b"\x00" + line).digest() for line in log.lines(0, 1)]
