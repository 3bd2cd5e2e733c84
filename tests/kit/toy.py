"""A toy service, as small as one can be: counters that are added to, followed by a tally of what others counted."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import psycopg2.extensions

from kernel.codec import EventTypes
from kernel.config import Config
from kernel.handler import Handler
from kernel.log import Append, Draft
from kernel.log.postgres import PostgresLog
from kernel.messages import OWN, Command, Event, Recorded
from kernel.part import Part
from kernel.projection import Op, Table
from kernel.reach import to_nobody
from kernel.service import Handles, Received, Room, Service, Step, to


class Count(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    counter: str
    by: int


class Counted(Event, title="试验"):
    by: int


def decide(state: int, command: Count) -> list[Counted]:
    """Every count is taken."""
    return [Counted.carrying(command)]


def evolve(state: int, event: Event) -> int:
    """The sum so far."""
    return state + event.by if isinstance(event, Counted) else state


def tally(received: Received, context: Any, room: Room) -> Iterable[Step]:
    """What another service counted is counted here under that service's name."""
    return (
        Step(f"counter/{received.source}", Count(context=context, counter=received.source, by=received.data["by"])),
    )


COUNTERS = Table("counters", {"counter": "text"}, {"total": "int"})


def project(recorded: Recorded) -> Iterable[Op]:
    """One row a counter."""
    if isinstance(recorded.event, Counted):
        yield COUNTERS.add(recorded.stream.split("/", 1)[1], total=recorded.event.by)


def service(name: str, *sources: str) -> Service:
    """A counting service that follows ``sources``."""
    return Service(
        name=name,
        events=EventTypes([Counted]),
        parts={"counter": Part("counter/{counter}", 0, decides=(decide,), evolve=evolve)},
        commands={
            "Count": Handles(Count, to(lambda c: f"counter/{c.counter}"), frozenset({"system"}), "计数", to_nobody)
        },
        reactions={f"{source}.Counted": tally for source in sources},
        tables=[COUNTERS],
        project=project,
        queries={},
    )


def line(position: int, by: int = 1, **more: Any) -> bytes:
    """The stored line of one ``Counted`` at ``position``."""
    return orjson.dumps(
        {
            "id": f"toy:{position}",
            "position": position,
            "stream": "counter/a",
            "version": position,
            "type": "Counted",
            "schema": 1,
            "occurred_on": date(2018, 5, 2),
            "recorded_at": 1_525_219_200_000_000 + position,
            "actor": {"person": "p1", "post": "clerk", "organ": "21"},
            "areas": ["21"],
            "programme": None,
            "profile": None,
            "notice": None,
            "clause": None,
            "correlation": "c",
            "causation": "",
            "command": f"command-{position}",
            "data": {"by": by, **more},
        },
        option=orjson.OPT_SORT_KEYS,
    )


class EchoDoor:
    """A door that answers with what it was asked and with what sort of process it stands in."""

    def execute(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The request back; ``die`` ends the process, ``refuse`` gives a problem, ``slow`` waits for a file; ``note``
        and ``hang`` leave their id in a file, and ``hang`` never lets go of the process."""
        if request["command"] == "die":
            os._exit(3)
        if request["command"] == "slow":
            folder = Path(request["folder"])
            (folder / "begun").touch()
            while not (folder / "go on").exists():
                time.sleep(0.01)
        if request["command"] in ("note", "hang"):
            with (Path(request["folder"]) / request["command"]).open("a") as journal:
                journal.write(f"{request['id']}\n")
        if request["command"] == "hang":
            while True:
                signal.pause()
        if request["command"] == "much":
            return {"receipt": {"service": "toy", "asked": "长" * request["times"]}}
        if request["command"] == "refuse":
            return {"problem": {"kind": "rule", "code": "no"}}
        return {"receipt": {"service": "toy", "asked": request}}

    def query(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Whether sockets and psycopg2 are green here."""
        green = socket.socket.__module__
        waits = psycopg2.extensions.get_wait_callback() is not None
        return {"items": [{"socket": green, "psycopg2": waits}], "next": None, "service": "toy", "position": 0}

    def events_after(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Ten lines, from a log that ends at ten."""
        after, limit = request["after"], request["limit"]
        lines = [line(n).decode() for n in range(after + 1, min(after + limit, 10) + 1)]
        return {"lines": lines, "head": 10}


def open_door(config: Config) -> EchoDoor:
    """The composition root of the toy."""
    return EchoDoor()


class Toy:
    """A counting service with a log in a database of its own."""

    _numbers = itertools.count(1)

    def __init__(self, name: str, url: str, *sources: str, does: Service | None = None) -> None:
        self.url = url
        self.service = does or service(name, *sources)
        self.log = PostgresLog(url, name, self.service.events, self.service.project)
        self.log.prepare(self.service.tables)
        self.handler = Handler(self.service, self.log, secret=b"toy", find=self.log.rows)

    def count(self, times: int) -> None:
        """Append so many events, by one each, over seven counters."""
        event = Counted(occurred_on=date(2018, 5, 2), by=1)
        items = [
            Append(f"count-{next(self._numbers)}", b"", [Draft(f"counter/c{n % 7}", event)], {}, {"person": "p"})
            for n in range(times)
        ]
        for start in range(0, times, 500):
            self.log.append_all(items[start : start + 500])

    def relayed(self) -> int:
        """The checkpoint of its relay."""
        rows = self.log.rows("select position from log.relay")
        return int(rows[0]["position"]) if rows else 0

    def total(self, counter: str) -> int:
        """What its read model says."""
        rows = self.log.rows("select total from counters where counter = %s", counter)
        return int(rows[0]["total"]) if rows else 0
