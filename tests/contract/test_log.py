"""What the log admits and refuses: one contract for the store on PostgreSQL and its twin in memory."""

from __future__ import annotations

import pytest

from kernel.errors import ClaimTaken, Conflict, Reused
from kernel.log import Append, Draft, Receipt
from kernel.log.memory import MemoryLog
from tests.kit.log.probe import (
    COUNTS,
    DAY,
    NAMES,
    AnyLog,
    Clock,
    Counted,
    Named,
    Poison,
    Unnamed,
    append,
    counted,
    named,
    rows,
)


def test_an_empty_log_has_nothing(log: AnyLog) -> None:
    assert log.head() == (0, 0)
    assert log.taken_in() == {}
    assert log.lines(0, 10) == []
    assert list(log.read()) == []
    assert list(log.read_streams({"a/1": 0})) == []
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


def test_an_event_taken_in_alone_has_no_digest(log: AnyLog) -> None:
    assert log.append(counted("b:1", "a/1", 0, 5, digest=b"", taken_in=("b", 1))).position == 1
    assert log.append(counted("b:1", "a/1", 0, 5, digest=b"", taken_in=("b", 1))).repeated
    assert log.taken_in() == {"b": 1}


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
        assert log.rows("select source, position, command, reason, parked_at from log.parked") == [
            {"source": "s", "position": 1, "command": "s:1", "reason": "无法处理", "parked_at": 1_000}
        ]
    assert (log.taken_in(), log.head()[0]) == ({"s": 1}, 0)
    assert not log.append(counted("s:1", "a/1", 0, 1)).repeated
    assert log.append(counted("s:1", "a/1", 0, 1)).repeated
    assert log.head()[0] == 1


def test_what_is_parked_is_listed_in_order_with_what_became_of_it(log: AnyLog, clock: Clock) -> None:
    log.append_all([_aside("town", 1), _aside("town", 2), _aside("city", 1)])
    clock.now += 5
    log.append_all([_aside("town", 3)])
    for position, ident in enumerate(("replayed/town:1", "discarded/town:2", "discarded/town:1")):
        log.append(counted(ident, "parked/town", position, 1))

    every = [("city:1", "parked"), ("town:1", "replayed"), ("town:2", "discarded"), ("town:3", "parked")]
    assert [(item.id, item.state) for item in log.parked_events()] == every
    assert [item.id for item in log.parked_events(settled=False)] == ["city:1", "town:3"]
    assert [item.id for item in log.parked_events(("city", 1), 2)] == ["town:1", "town:2"]
    assert log.parked_events(("town", 3)) == []
    (last,) = log.parked_events(("town", 2))
    assert (last.reason, last.parked_at) == ("town 3 is broken", clock.now)


def _aside(source: str, number: int) -> Append:
    reason = f"{source} {number} is broken"
    return append(f"{source}:{number}", {}, taken_in=(source, number), parked=reason)


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
