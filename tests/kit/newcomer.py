"""A tally that follows more of the toy than its version before: what that one took in and noted not at all.

As a program it catches up and dies where it is told to: ``newcomer DB SOURCE_DB AMQP fetched N | marking``.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kernel.bus.reactor import Reactor
from kernel.bus.rpc import Refill
from kernel.codec import EventTypes, recorded
from kernel.following import Following
from kernel.log import Append, Draft
from kernel.messages import Event
from kernel.service import Received, Room, Service, Step
from tests.kit.toy import Count, Counted, Toy, service, tally


class Doubled(Event, title="试验"):
    """Every counter of the source was doubled."""


class Ignored(Event, title="试验"):
    """Nothing that anybody follows."""


def double(received: Received, context: Any, room: Room) -> Iterable[Step]:
    """What was counted of the source so far counts twice; where nothing was, nothing follows."""
    stream = f"counter/{received.source}"
    if sum_so_far := room.load(stream):
        yield Step(stream, Count(context=context, counter=received.source, by=sum_so_far))


def source(url: str) -> Toy:
    """The toy, which records three kinds of events."""
    return Toy("toy", url, does=replace(service("toy"), events=EventTypes([Counted, Doubled, Ignored])))


def record(toy: Toy, *kinds: str) -> None:
    """Append one event for each of ``kinds``: a number is counted, "x" doubles, "-" nobody follows."""
    day, head = date(2018, 5, 2), toy.log.head()[0]
    known: dict[str, Event] = {"x": Doubled(occurred_on=day), "-": Ignored(occurred_on=day)}
    events = [known.get(kind) or Counted(occurred_on=day, by=int(kind)) for kind in kinds]
    items = [
        Append(f"record-{head + n}", b"", [Draft("counter/a", event)], {}, {"person": "p"})
        for n, event in enumerate(events)
    ]
    toy.log.append_all(items)


def received(line: bytes) -> Received:
    """An event of the toy as it comes in."""
    return Received("toy", recorded(line))


def ignored(received: Received, context: Any, room: Room) -> Iterable[Step]:
    """Of the version before: it noted nothing."""
    return ()


BEFORE = replace(service("tally"), reactions={"toy.Ignored": ignored}, heard=frozenset({"toy.Ignored"}))
NOW: Service = replace(BEFORE, reactions={**BEFORE.reactions, "toy.Counted": tally, "toy.Doubled": double})


def follower(made: Toy, toy: Toy, amqp: str, refill: Refill | None = None) -> Reactor:
    """The reactor of a tally, as the process of a service has it."""
    fetched = refill or (lambda source, after, limit: (toy.log.lines(after, limit), toy.log.head()[0]))
    follows = Following(made.handler)
    return Reactor("tally", ["toy"], made.handler, fetched, amqp, threading.Event(), follows=follows, quiet=0.5)


def main(db: str, source_db: str, amqp: str, where: str, pages: str = "0") -> None:
    """Catch up as far as told, and die."""
    made, toy, left = Toy("tally", db, does=NOW), source(source_db), [int(pages)]

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def refill(source: str, after: int, limit: int) -> tuple[Sequence[bytes], int]:
        if where == "fetched" and left[0] == 0:
            die()
        left[0] -= 1
        return toy.log.lines(after, min(limit, 4)), toy.log.head()[0]

    reactor = follower(made, toy, amqp, refill)
    if where == "marking" and reactor._follows is not None:
        reactor._follows.heard = lambda source, upto: die()  # type: ignore[method-assign]
    reactor.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
