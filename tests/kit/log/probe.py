"""A service that exists for the log's contract alone: accounts that are opened, named and counted up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from kernel.codec import EventTypes
from kernel.log import Append, Draft
from kernel.log.memory import MemoryLog
from kernel.log.postgres import PostgresLog, schema
from kernel.messages import Event, Recorded
from kernel.projection import Op, Table
from tests.kit.databases import Database, run

AnyLog = MemoryLog | PostgresLog
DAY = date(2018, 5, 2)
ACTOR = {"person": "p-1", "post": "科员", "organ": "省委组织部"}

COUNTS = Table("counts", {"stream": "text"}, {"total": "int", "last": "int", "on_day": "date"})
NAMES = Table("names", {"name": "text", "stream": "text"}, {"flags": "json", "open": "bool"}, (("stream",),))
TABLES = (COUNTS, NAMES)


class Clock:
    """Microseconds that tests set."""

    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        return self.now


class Counted(Event, title="试验"):
    """An amount was added."""

    areas: ClassVar[tuple[str, ...]] = ("area", "others")

    amount: int
    area: str = "2107"
    others: tuple[str, ...] = ()


class Named(Event, title="试验"):
    """A name was taken; no other stream may have it."""

    schema: ClassVar[int] = 2

    name: str
    since: date | None = None

    def claims(self) -> tuple[str, ...]:
        return (f"name:{self.name}",)


class Unnamed(Event, title="试验"):
    """A name was given up, in the read model; the claim stays."""

    name: str


class Poison(Event, title="试验"):
    """No projection can take it: ``how`` says at which stage it fails."""

    how: str


TYPES = EventTypes([Counted, Named, Unnamed, Poison])


def project(recorded: Recorded) -> Iterable[Op]:
    """The read models of the probe."""
    match recorded.event:
        case Counted(amount=amount):
            yield COUNTS.add(recorded.stream, total=amount)
            yield COUNTS.put(recorded.stream, last=recorded.position, on_day=recorded.occurred_on)
        case Named(name=name):
            yield NAMES.put(name, recorded.stream, flags={"版": [recorded.version, None]}, open=True)
        case Unnamed(name=name):
            yield NAMES.drop(name, recorded.stream)
        case Poison(how="raise"):
            raise ZeroDivisionError("this projection fails")
        case Poison(how="type"):
            yield COUNTS.put(recorded.stream, total="many")
        case Poison(how="overflow"):
            yield COUNTS.add(recorded.stream, total=2**80)


def counted(command: str, stream: str, expects: int, *amounts: int, **more: Any) -> Append:
    """An append that adds ``amounts`` to ``stream`` at version ``expects``."""
    drafts = [Draft(stream, Counted(occurred_on=DAY, amount=amount)) for amount in amounts]
    return append(command, {stream: expects}, *drafts, **more)


def named(command: str, stream: str, expects: int, name: str) -> Append:
    """An append that claims ``name`` for ``stream``."""
    return append(command, {stream: expects}, Draft(stream, Named(occurred_on=DAY, name=name)))


def append(command: str, expects: Mapping[str, int], *drafts: Draft, digest: bytes = b"d", **more: object) -> Append:
    """An append by the probe's actor."""
    return Append(command, digest, drafts, expects, ACTOR, **more)  # type: ignore[arg-type]


def rows(log: AnyLog, table: Table) -> list[dict[str, Any]]:
    """The rows of a read model, by key."""
    if isinstance(log, MemoryLog):
        return log.tables.of(table)
    return log.rows(f"select * from {table.name} order by {', '.join(table.key)}")


def emptied(database: Database, clock: Clock) -> PostgresLog:
    """The log of `database`, taken back to nothing: that takes its owner, and making it anew."""
    run(database.owner_url, "drop schema log cascade; drop schema read cascade;" + schema(database.roles))
    log = PostgresLog(database.url, "probe", TYPES, project, clock)
    log.prepare(TABLES)
    return log
