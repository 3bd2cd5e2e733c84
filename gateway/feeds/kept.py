"""What a subscriber keeps: every event of its city, once, on its own disk before the broker is told that it came.

Invariant: an event and the note that it was applied are written in one transaction that has reached the disk (SQLite in
WAL mode, synchronous=FULL) when ``take`` returns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import orjson

_TABLES = """
create table if not exists event (sequence integer primary key, id text not null unique, body text not null);
create table if not exists applied (number integer primary key autoincrement, id text not null);
create table if not exists stranger (id text primary key, key text not null);
create table if not exists counted (name text primary key, amount integer not null);
"""
_NEEDED = ("id", "type", "city", "sequence", "areas")


class Kept:
    """One city's events in the SQLite file at ``path``. One thread only."""

    def __init__(self, path: Path, city: str) -> None:
        self._city = city
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(_TABLES)
        self._whole = self._first_gap()

    def take(self, bodies: Iterable[bytes | str]) -> int:
        """Keep and apply the events that are new; gives their number. What is not of the city is kept apart.

        What is no item of a feed is counted and left: the gap it leaves is filled from the HTTP feed.
        """
        new = 0
        with self._db:
            for body in bodies:
                event = _item(body)
                if event is None:
                    self._count("unreadable")
                    continue
                if not self._concerns(event):
                    self._db.execute("insert or ignore into stranger values (?, ?)", (event["id"], event["type"]))
                    continue
                text = body if isinstance(body, str) else body.decode()
                row = (int(event["sequence"]), event["id"], text)
                if self._db.execute("insert or ignore into event values (?, ?, ?)", row).rowcount:
                    # Here a real subscriber does its work, in this same transaction.
                    self._db.execute("insert into applied (id) values (?)", (event["id"],))
                    new += 1
                else:
                    self._count("redelivered")
        while self._has(self._whole + 1):
            self._whole += 1
        return new

    @property
    def whole(self) -> int:
        """The sequence up to which nothing is missing."""
        return self._whole

    @property
    def highest(self) -> int:
        """The highest sequence that came; above ``whole`` where there is a gap."""
        return self._one("select coalesce(max(sequence), 0) from event")

    def report(self, head: int) -> dict[str, int]:
        """The account: ``head`` is the feed's last sequence.

        Returns:
            received: distinct events; duplicates: events applied more than once; foreign: events of others;
            missing: events of the feed that did not come; redelivered: repeats that were recognised;
            unreadable: messages that are no item of a feed.
        """
        received = self._one("select count(*) from event")
        return {
            "received": received,
            "duplicates": self._one("select count(*) - count(distinct id) from applied"),
            "foreign": self._one("select count(*) from stranger"),
            "missing": head - received,
            "redelivered": self._counted("redelivered"),
            "unreadable": self._counted("unreadable"),
        }

    def unprinted(self, limit: int = 1000) -> list[tuple[int, str]]:
        """(sequence, body) of the next events, without a gap, that were not noted as printed."""
        rows = self._db.execute(
            "select sequence, body from event where sequence > ? and sequence <= ? order by sequence limit ?",
            (self._counted("printed"), self._whole, limit),
        )
        return [(int(sequence), str(body)) for sequence, body in rows]

    def note_printed(self, sequence: int) -> None:
        """Remember that everything up to ``sequence`` is printed."""
        with self._db:
            self._db.execute("insert or replace into counted values ('printed', ?)", (sequence,))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _concerns(self, event: dict[str, str]) -> bool:
        areas = event.get("areas", "").split(",")
        return event["city"] == self._city and any(area and self._city.startswith(area[:4]) for area in areas)

    def _count(self, name: str) -> None:
        self._db.execute(
            "insert into counted values (?, 1) on conflict (name) do update set amount = amount + 1", (name,)
        )

    def _counted(self, name: str) -> int:
        found = self._db.execute("select amount from counted where name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def _first_gap(self) -> int:
        return self._one(
            "select case when exists (select 1 from event where sequence = 1) then"
            " (select min(e.sequence) from event e"
            "  where not exists (select 1 from event f where f.sequence = e.sequence + 1)) else 0 end"
        )

    def _has(self, sequence: int) -> bool:
        return self._db.execute("select 1 from event where sequence = ?", (sequence,)).fetchone() is not None

    def _one(self, sql: str) -> int:
        return int(self._db.execute(sql).fetchone()[0])


def _item(body: bytes | str) -> dict[str, str] | None:
    """The item, None for a body that is none."""
    try:
        event = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(event, dict) or not all(isinstance(event.get(name), str) for name in _NEEDED):
        return None
    sequence = event["sequence"]
    return event if sequence.isascii() and sequence.isdigit() and len(sequence) <= 18 and int(sequence) else None
