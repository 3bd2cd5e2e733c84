"""Many writers at once; both stores."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count

from kernel.errors import Conflict
from kernel.log import Draft, Receipt
from tests.kit.log.probe import (
    COUNTS,
    DAY,
    AnyLog,
    Counted,
    Poison,
    append,
    counted,
    rows,
)


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
