"""What a subscriber keeps: every event of its city, once, on its own disk before the broker is told that it came.

Invariant: an event and the note that it was applied are written in one transaction that has reached the disk (SQLite in
WAL mode, synchronous=FULL) when ``take`` returns. A number stands for one event and an event has one number: what
contradicts what is kept, whichever came first, is kept beside it as a conflict and nothing is overwritten. A file is of
one city for ever.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

_TABLES = """
create table if not exists event (sequence integer primary key, id text not null unique, body text not null);
create table if not exists conflict (
    sequence integer not null, id text not null, body text not null, primary key (sequence, id)
);
create table if not exists applied (number integer primary key autoincrement, id text not null);
create table if not exists stranger (id text primary key, key text not null);
create table if not exists counted (name text primary key, amount integer not null);
create table if not exists owner (city text not null);
"""
_NEEDED = ("id", "type", "city", "sequence", "areas")
_NAMED: Final = 100
"""Alarms that a report names one by one; it counts them all."""


class ForeignStore(Exception):
    """The file holds the events of another city than the one that was named."""


class Conflict(NamedTuple):
    """An event that came under ``sequence``, where another is kept, or the same with other content.

    Or the event is itself kept under another number.
    """

    sequence: int
    id: str


class Kept:
    """One city's events in the SQLite file at ``path``. One thread only. Raises ForeignStore, or what SQLite raises."""

    def __init__(self, path: Path, city: str) -> None:
        self._city = city
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(_TABLES)
        self._claim()
        self._whole = self._first_gap()

    def take(self, bodies: Iterable[bytes | str]) -> int:
        """Keep and apply the events that are new; gives their number. What is not of the city is kept apart.

        What contradicts what is kept is a conflict. What is no item of a feed is counted and left: the gap it leaves is
        filled from the HTTP feed.
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
                elif self._same(row) or not self._set_aside(row):
                    self._count("redelivered")
        while self._has(self._whole + 1):
            self._whole += 1
        return new

    @property
    def whole(self) -> int:
        """The sequence up to which nothing is missing."""
        return self._whole

    @property
    def after(self) -> int:
        """The sequence after which the feed is to be read: ``whole``, or less where it has to be read again."""
        again = self._one("select coalesce((select amount from counted where name = 'reread'), -1)")
        return self._whole if again < 0 else min(again, self._whole)

    def reread(self, after: int) -> None:
        """Have the feed read again above ``after``: what is kept from there on may be contradicted."""
        with self._db:
            self._db.execute("insert or replace into counted values ('reread', ?)", (min(after, self.after),))

    def passed(self, sequence: int) -> None:
        """Note that the feed was read up to ``sequence``, where it had to be read again."""
        with self._db:
            self._db.execute("update counted set amount = ? where name = 'reread'", (sequence,))
            self._db.execute("delete from counted where name = 'reread' and amount >= ?", (self._whole,))

    @property
    def conflicts(self) -> frozenset[Conflict]:
        """What came and contradicts what is kept."""
        return frozenset(Conflict(*row) for row in self._db.execute("select sequence, id from conflict"))

    def contradicting(self, bodies: Iterable[bytes]) -> frozenset[Conflict]:
        """Those of the items that contradict what is kept; nothing is stored."""
        known = "select sequence, id, body from event where sequence = ? or id = ?"
        found = set()
        for item in filter(None, map(_item, bodies)):
            asked = Conflict(int(item["sequence"]), item["id"])
            for *there, body in self._db.execute(known, asked):
                if Conflict(*there) != asked or orjson.loads(body) != item:
                    found.add(asked)
        return frozenset(found)

    def hold(self, bodies: Sequence[bytes]) -> bool:
        """Hold items that are all kept already against what is kept; False where one of them contradicts it.

        Those are set aside as ``take`` does.
        """
        wrong = {body: found for body in bodies if (found := self.contradicting([body]))}
        self.take(body for body, found in wrong.items() if not found <= self.conflicts)
        return not wrong

    @property
    def highest(self) -> int:
        """The highest sequence that came; above ``whole`` where there is a gap."""
        return self._one("select coalesce(max(sequence), 0) from event")

    def report(self, head: int, contradicting: Iterable[Conflict] = (), highest: int = sys.maxsize) -> dict[str, Any]:
        """The account: ``head`` is the feed's last sequence; ``contradicting`` what of the feed contradicts the store.

        ``highest`` is the last sequence that was kept before the feed was asked for its head.

        Returns:
            received: distinct events; duplicates: events applied more than once; foreign: events of others;
            missing: numbers of the feed under which nothing came; redelivered: repeats that were recognised;
            unreadable: messages that are no item of a feed; conflicts: events that contradict what is kept;
            past_head: events kept under a number the feed does not have; alarms: the first hundred of both, each with
            ``sequence``, what is ``kept`` under it, what ``came``, and the number ``also`` under which that is kept;
            where both are one event, it came with another content.
        """
        conflicts = sorted(self.conflicts.union(contradicting))
        beyond = "select sequence, id from event where sequence > ? and sequence <= ? order by sequence"
        past = self._db.execute(beyond, (head, highest)).fetchall()
        numbers = "select sequence from event union select sequence from conflict"
        return {
            "received": self._one("select count(*) from event"),
            "duplicates": self._one("select count(*) - count(distinct id) from applied"),
            "foreign": self._one("select count(*) from stranger"),
            "missing": head - self._one(f"select count(*) from ({numbers}) where sequence <= ?", head),
            "redelivered": self._counted("redelivered"),
            "unreadable": self._counted("unreadable"),
            "conflicts": len(conflicts),
            "past_head": len(past),
            "alarms": [
                *(self._named(conflict) for conflict in conflicts[:_NAMED]),
                *({"sequence": number, "kept": ident, "came": None, "also": None} for number, ident in past[:_NAMED]),
            ][:_NAMED],
        }

    def _named(self, conflict: Conflict) -> dict[str, Any]:
        kept = self._db.execute("select id from event where sequence = ?", (conflict.sequence,)).fetchone()
        also = self._db.execute("select sequence from event where id = ?", (conflict.id,)).fetchone()
        return {
            "sequence": conflict.sequence,
            "kept": kept and kept[0],
            "came": conflict.id,
            "also": also and also[0],
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

    def _set_aside(self, row: tuple[int, str, str]) -> bool:
        """Keep an event that contradicts what is kept; False where it was set aside before."""
        return self._db.execute("insert or ignore into conflict values (?, ?, ?)", row).rowcount > 0

    def _same(self, row: tuple[int, str, str]) -> bool:
        """Whether this very item is kept under its number."""
        kept = self._db.execute("select body from event where sequence = ? and id = ?", row[:2]).fetchone()
        return kept is not None and (kept[0] == row[2] or orjson.loads(kept[0]) == orjson.loads(row[2]))

    def _claim(self) -> None:
        """Note whose events these are; a file of an earlier version says it by the first of them."""
        first = self._db.execute("select city from owner union all select body from event limit 1").fetchone()
        if first is None or first[0].startswith("{"):
            city = self._city if first is None else str(orjson.loads(first[0])["city"])
            with self._db:
                self._db.execute("insert into owner values (?)", (city,))
            first = (city,)
        if first[0] != self._city:
            self._db.close()
            raise ForeignStore(f"it holds the events of {first[0]}")

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
            "select coalesce(min(sequence), 0) from"
            " (select 0 as sequence union select sequence from event union select sequence from conflict) as had"
            " where not exists (select 1 from event where event.sequence = had.sequence + 1)"
            " and not exists (select 1 from conflict where conflict.sequence = had.sequence + 1)"
        )

    def _has(self, sequence: int) -> bool:
        """Whether something came under the number: where that is a conflict alone, its event is kept elsewhere."""
        had = "exists (select 1 from event where sequence = ?) or exists (select 1 from conflict where sequence = ?)"
        return bool(self._one(f"select {had}", sequence, sequence))

    def _one(self, sql: str, *values: Any) -> int:
        return int(self._db.execute(sql, values).fetchone()[0])


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
