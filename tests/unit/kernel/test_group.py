"""Grouping: everybody is answered once, nobody waits for ever, whoever is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from kernel.errors import Busy
from kernel.log.group import Entry, Group
from tests.kit.waiting import BOUND, eventually

Entries = list[Entry[int, int]]


class Stopped(BaseException):
    """What a caller is stopped with."""


def doubled(entries: Entries) -> None:
    for entry in entries:
        entry.settle([2 * n for n in entry.asked])


def started(calls: int, call: Callable[[int], object]) -> tuple[list[threading.Thread], dict[int, object]]:
    """``call(n)`` in a thread each; what each returned or raised."""
    found: dict[int, object] = {}

    def work(number: int) -> None:
        try:
            found[number] = call(number)
        except BaseException as error:
            found[number] = error

    threads = [threading.Thread(target=work, args=(n,), daemon=True) for n in range(calls)]
    for thread in threads:
        thread.start()
    return threads, found


def ended(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(BOUND)
    assert not any(thread.is_alive() for thread in threads)


def test_a_lone_caller_is_served_at_once() -> None:
    assert Group(doubled).submit((1, 2)) == [2, 4]


def test_callers_that_come_while_one_is_served_are_served_together() -> None:
    gate, sizes = threading.Event(), list[int]()

    def serve(entries: Entries) -> None:
        sizes.append(len(entries))
        gate.wait(BOUND)
        doubled(entries)

    group = Group(serve, largest=6)
    first, _ = started(1, lambda n: group.submit((n,)))
    eventually(lambda: sizes == [1])
    rest, found = started(10, lambda n: group.submit((n,)))
    eventually(lambda: len(group._pending) == 10)
    gate.set()
    ended(first + rest)
    assert sizes == [1, 6, 4]
    assert found == {n: [2 * n] for n in range(10)}


def test_each_gets_its_own_outcome() -> None:
    def serve(entries: Entries) -> None:
        for entry in entries:
            entry.settle(ValueError(entry.asked[0]) if entry.asked[0] % 2 else [entry.asked[0]])

    group = Group(serve)
    threads, found = started(8, lambda n: group.submit((n,)))
    ended(threads)
    assert [type(found[n]) for n in range(8)] == [list, ValueError] * 4


def test_whoever_is_left_unsettled_is_told_to_try_again() -> None:
    with pytest.raises(Busy) as refused:
        Group[int, int](lambda entries: None).submit((1,))
    assert refused.value.code == "log_interrupted"


def test_a_stopped_leader_leaves_the_lead_to_the_next() -> None:
    gate, served = threading.Event(), list[int]()

    def serve(entries: Entries) -> None:
        served.append(len(entries))
        if len(served) == 1:
            gate.wait(BOUND)
            raise Stopped
        doubled(entries)

    group = Group(serve)
    leader, stopped = started(1, lambda n: group.submit((n,)))
    eventually(lambda: served == [1])
    rest, found = started(5, lambda n: group.submit((n,)))
    eventually(lambda: len(group._pending) == 5)
    gate.set()
    ended(leader + rest)
    assert isinstance(stopped[0], Stopped)
    assert found == {n: [2 * n] for n in range(5)}
    assert group.submit((7,)) == [14]


@pytest.mark.parametrize("promoted", [False, True])
def test_a_stopped_waiter_takes_neither_the_lead_nor_a_place_along(
    promoted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One waits and is stopped: before it was given the lead, or just after."""
    gate, asked = threading.Event(), list[list[int]]()

    def serve(entries: Entries) -> None:
        asked.append([entry.asked[0] for entry in entries])
        gate.wait(BOUND)
        doubled(entries)

    class Wake:
        """Stops its waiter: at once, or when it is woken to lead."""

        def __init__(self, wake: threading.Lock) -> None:
            self.wake = wake

        def acquire(self) -> None:
            if promoted:
                self.wake.acquire()
            raise Stopped

        def release(self) -> None:
            self.wake.release()

    group = Group(serve)
    wait = group._wait

    def stopped(entry: Entry[int, int]) -> None:
        if entry.asked[0] == 100:
            entry.wake = Wake(entry.wake)  # type: ignore[assignment]
        wait(entry)

    monkeypatch.setattr(group, "_wait", stopped)
    leader, _ = started(1, lambda n: group.submit((n,)))
    eventually(lambda: asked == [[0]])
    victim, end = started(1, lambda n: group.submit((100,)))
    eventually(lambda: 0 in end if not promoted else len(group._pending) == 1)
    rest, found = started(2, lambda n: group.submit((n + 1,)))
    eventually(lambda: len(group._pending) == (3 if promoted else 2))
    gate.set()
    ended(leader + victim + rest)
    assert isinstance(end[0], Stopped)
    assert found == {0: [2], 1: [4]}
    assert 100 not in [number for numbers in asked for number in numbers]


def test_many_callers_in_small_groups_are_all_served_once() -> None:
    """The lead changes hands at every moment there is, and nobody waits for ever or is served twice."""
    served: list[int] = []

    def serve(entries: Entries) -> None:
        for entry in entries:
            _doubled(entry, served)

    group: Group[int, int] = Group(serve, largest=3)
    found: dict[int, list[int]] = {}

    def call(first: int) -> None:
        for number in range(first, first + 200):
            found[number] = group.submit([number])

    threads = [threading.Thread(target=call, args=(1_000 * number,), daemon=True) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(BOUND)
    assert len(found) == len(served) == 16 * 200
    assert all(outcome == [2 * number] for number, outcome in found.items())


def _doubled(entry: Entry[int, int], served: list[int]) -> None:
    served.extend(entry.asked)
    entry.settle([2 * number for number in entry.asked])
