"""What a service newly follows: heard from the first event on, each once and in order, whatever interrupts it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import amqp
import orjson
import pytest

from kernel.bus.rpc import Away
from kernel.following import Following
from kernel.log import Append
from tests.kit import newcomer
from tests.kit.databases import fresh
from tests.kit.newcomer import BEFORE, NOW, follower, record, source
from tests.kit.toy import Toy
from tests.kit.waiting import BOUND, eventually

PAST = ("x", "2", "-", "x", "3", "-", "5", "x", "-", "1", "x")
"""Nothing to double yet; 2, 4, 7, 12, 24, 25, 50: each depends on all before it."""


@pytest.fixture
def urls(postgres_server: Any, channel: amqp.Channel) -> Iterator[Any]:
    """Databases of a source and of three tallies, and a broker that holds nothing."""
    with fresh(postgres_server.url, "toy", "tally", "first", "second") as made:
        yield {name: database.url for name, database in made.items()}


@pytest.fixture
def toy(urls: Any) -> Iterator[Toy]:
    made = source(urls["toy"])
    yield made
    made.log.close()


def told(made: Toy) -> list[tuple[Any, ...]]:
    """All that a log says, but when it was taken in."""
    lines = [orjson.loads(line) for line in made.log.lines(0, 1_000)]
    return [(x["position"], x["stream"], x["version"], x["type"], x["data"], x["causation"]) for x in lines]


def taken(made: Toy, toy: Toy, url: str, running: Any, refill: Any = None) -> Any:
    """Run a reactor until all is in that the source has; gives the reactor."""
    reactor = running(follower(made, toy, url, refill))
    eventually(lambda: reactor.able.check() is None and made.log.taken_in().get("toy", 0) == toy.log.head()[0])
    return reactor


def stopped(reactor: Any) -> None:
    reactor.stop.set()
    eventually(lambda: reactor._inbox is None)


@pytest.fixture
def before(urls: Any, toy: Toy, rabbit_server: Any, running: Any) -> str:
    """The database of a tally whose version before took in all that there was and noted nothing."""
    record(toy, *PAST)
    made = Toy("tally", urls["tally"], does=BEFORE)
    # The version before kept no marks of what it follows.
    made.handler.react([newcomer.received(line) for line in toy.log.lines(0, 100)])
    assert (made.log.taken_in(), made.log.head()[0]) == ({"toy": len(PAST)}, 0)
    made.log.close()
    return str(urls["tally"])


@pytest.fixture
def from_the_start(urls: Any, toy: Toy) -> Callable[[], list[tuple[Any, ...]]]:
    """What the log of a tally says that followed all from the start."""

    def read() -> list[tuple[Any, ...]]:
        made = Toy("tally", urls["first"], does=NOW)
        lines = toy.log.lines(made.log.taken_in().get("toy", 0), 100)
        made.handler.react([newcomer.received(line) for line in lines])
        found = told(made)
        made.log.close()
        return found

    return read


@pytest.fixture
def upgraded(before: str) -> Iterator[Toy]:
    made = Toy("tally", before, does=NOW)
    yield made
    made.log.close()


def test_the_past_of_what_is_newly_followed_is_heard_before_what_comes(
    upgraded: Toy, toy: Toy, rabbit_server: Any, running: Any, from_the_start: Any
) -> None:
    record(toy, "1", "x")  # recorded while the new version was being put in place
    reactor = taken(upgraded, toy, rabbit_server.url, running)
    assert upgraded.total("toy") == 102
    assert told(upgraded) == from_the_start()
    record(toy, "x")
    eventually(lambda: upgraded.total("toy") == 204)
    assert told(upgraded) == from_the_start()
    stopped(reactor)
    # Started again, it asks the source for nothing but what comes.
    asked: list[tuple[str, int]] = []

    def refill(source: str, after: int, limit: int) -> Any:
        asked.append((source, after))
        return toy.log.lines(after, limit), toy.log.head()[0]

    stopped(taken(upgraded, toy, rabbit_server.url, running, refill))
    assert [after for _, after in asked if after < len(PAST) + 3] == []
    assert told(upgraded) == from_the_start()


@pytest.mark.parametrize("where", [("fetched", "0"), ("fetched", "1"), ("fetched", "2"), ("marking",)], ids=" ".join)
def test_killed_in_the_middle_it_begins_again_and_adds_nothing_twice(
    where: tuple[str, ...],
    upgraded: Toy,
    toy: Toy,
    rabbit_server: Any,
    running: Any,
    spawned: Callable[..., subprocess.Popen[bytes]],
    from_the_start: Any,
) -> None:
    for _ in range(2):
        dying = spawned("-m", "tests.kit.newcomer", upgraded.url, toy.url, rabbit_server.url, *where)
        assert dying.wait(BOUND) == -9
    reached = {"fetched 0": 0, "fetched 1": 2, "fetched 2": 5, "marking": 7}[" ".join(where)]
    assert upgraded.log.head()[0] == reached
    assert Following(upgraded.handler).unheard("toy", len(PAST)) == {"Counted", "Doubled"}
    taken(upgraded, toy, rabbit_server.url, running)
    assert upgraded.total("toy") == 50
    assert told(upgraded) == from_the_start()


def test_two_that_catch_up_at_once_do_what_one_does(
    upgraded: Toy, toy: Toy, rabbit_server: Any, running: Any, from_the_start: Any
) -> None:
    other = Toy("tally", upgraded.url, does=NOW)
    both = [running(follower(made, toy, rabbit_server.url)) for made in (upgraded, other)]
    eventually(lambda: all(reactor.able.check() is None for reactor in both))
    record(toy, "7")
    eventually(lambda: upgraded.total("toy") == 57)
    assert told(upgraded) == from_the_start()
    other.log.close()


def test_a_source_that_is_away_is_waited_for_and_nothing_of_it_comes_before(
    upgraded: Toy, toy: Toy, rabbit_server: Any, running: Any, from_the_start: Any
) -> None:
    away = [True]

    def refill(source: str, after: int, limit: int) -> Any:
        if away[0]:
            raise Away(source)
        return toy.log.lines(after, limit), toy.log.head()[0]

    reactor = running(follower(upgraded, toy, rabbit_server.url, refill))
    eventually(lambda: reactor.health.report("/health/ready")[1]["servers"] == "Away")
    record(toy, "1")
    assert upgraded.log.head()[0] == 0
    away[0] = False
    eventually(lambda: upgraded.total("toy") == 51)
    assert told(upgraded) == from_the_start()


def test_what_fails_is_parked_and_may_be_replayed_once(
    upgraded: Toy, toy: Toy, rabbit_server: Any, running: Any
) -> None:
    reactions = dict(NOW.reactions)

    def fails(received: Any, context: Any, room: Any) -> Any:
        if received.data["by"] == 3:
            raise ValueError("three")
        return reactions["toy.Counted"](received, context, room)

    upgraded.handler.service = replace(NOW, reactions={**reactions, "toy.Counted": fails})
    for _ in range(2):
        stopped(taken(upgraded, toy, rabbit_server.url, running))
        assert [event.id for event in upgraded.log.parked_events()] == ["toy:5"]
        assert upgraded.total("toy") == ((2 * 2 + 5) * 2 + 1) * 2
    upgraded.handler.service = NOW
    (line,) = toy.log.lines(4, 1)
    for note in ("n-1", "n-2"):
        upgraded.handler.replay(newcomer.received(line), Append(note, b"", (), {}, {}))
        assert upgraded.total("toy") == 38 + 3


def test_a_log_that_begins_now_misses_nothing_and_says_so(
    urls: Any, toy: Toy, rabbit_server: Any, running: Any, from_the_start: Any
) -> None:
    record(toy, *PAST)
    made = Toy("tally", urls["second"], does=NOW)
    follows = Following(made.handler)
    assert follows.unheard("toy", 0) == frozenset()
    taken(made, toy, rabbit_server.url, running)
    assert follows.unheard("toy", len(PAST)) == frozenset()
    assert told(made) == from_the_start()
    marks = made.log.rows("select id from log.commands where id like 'following/%%' order by id")
    assert [row["id"] for row in marks] == [f"following/toy.{name}" for name in ("Counted", "Doubled", "Ignored")]
    made.log.close()
