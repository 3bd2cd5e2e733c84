"""The store of feeds: takes events in and gives each city concerned its next sequence number, in one transaction.

Invariant: an event of a source is taken in after its predecessor and once, whoever sends it how often; positions and
sequences have no gap (the head row is locked first).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2.extras import execute_values

from gateway.feeds import contract
from gateway.feeds.item import cloud_event
from kernel.errors import Conflict
from kernel.service import Received

_INBOX = """
insert into log.inbox (source, position) values (%s, %s)
on conflict (source) do update set position = excluded.position
"""


class FeedStore:
    """The writing side: what the reactor hands on. ``cities`` are the 4-digit codes there are. One thread only."""

    def __init__(self, url: str, province: str, cities: Sequence[str]) -> None:
        self._url = url
        self._province = province
        self._cities = tuple(sorted(cities))
        self._session: Any = None

    def taken_in(self) -> dict[str, int]:
        """For each source the position up to which its events were taken in."""
        with self._transaction() as cursor:
            return _taken(cursor)

    def react(self, batch: Sequence[Received]) -> None:
        """Take in ``batch`` in one transaction.

        Raises:
            Conflict: an event's predecessor is missing, or another process took the event in; nothing was stored.
            psycopg2.Error: from the database.
        """
        with self._transaction() as cursor:
            cursor.execute("select position from feed.head for update")
            (position,) = cursor.fetchone()
            taken = _taken(cursor)
            for received in batch:
                if received.recorded.position != taken.get(received.source, 0) + 1:
                    raise Conflict({received.source: taken.get(received.source, 0)})
                taken[received.source] = received.recorded.position
            self._number(cursor, batch, position)
            for source in {received.source for received in batch}:
                cursor.execute(_INBOX, (source, taken[source]))

    def park(self, received: Received, reason: str) -> None:
        """Park one event with its reason; those behind it go on. Raises as ``react`` does."""
        with self._transaction() as cursor:
            cursor.execute("select position from feed.head for update")
            if received.recorded.position != _taken(cursor).get(received.source, 0) + 1:
                raise Conflict({received.source: received.recorded.position})
            cursor.execute(
                "insert into log.parked (source, position, command, reason, parked_at) values (%s, %s, %s, %s, %s)",
                (received.source, received.recorded.position, received.id, reason, time.time_ns() // 1000),
            )
            cursor.execute(_INBOX, (received.source, received.recorded.position))

    def replay(self, received: Received) -> bool:
        """Number an event that was parked; its items come behind all that its cities have by now.

        Gives False where it was numbered already. Raises psycopg2.Error from the database, KeyError and the like
        where the event itself is at fault.
        """
        with self._transaction() as cursor:
            cursor.execute("select position from feed.head for update")
            (position,) = cursor.fetchone()
            cursor.execute(
                "select 1 from feed.items where source = %s and source_position = %s limit 1",
                (received.source, received.recorded.position),
            )
            return cursor.fetchone() is None and self._number(cursor, [received], position)

    def close(self) -> None:
        """End the session; the next call makes a new one."""
        if self._session is not None:
            self._session.close()

    def _number(self, cursor: Any, batch: Sequence[Received], position: int) -> bool:
        """Add the items of ``batch`` above ``position``, the head that is locked; False where there is none."""
        cursor.execute("select city, sequence from feed.cities")
        sequences = dict(cursor.fetchall())
        rows = list(self._rows(batch, position, sequences))
        if not rows:
            return False
        execute_values(
            cursor,
            "insert into feed.items (position, city, sequence, key, body, source, source_position) values %s",
            rows,
            page_size=len(rows),
        )
        execute_values(
            cursor,
            "insert into feed.cities (city, sequence) values %s"
            " on conflict (city) do update set sequence = excluded.sequence",
            [(city, sequences[city]) for city in sorted({row[1] for row in rows})],
        )
        cursor.execute("update feed.head set position = %s", (position + len(rows),))
        return True

    def _rows(
        self, batch: Sequence[Received], position: int, sequences: dict[str, int]
    ) -> Iterator[tuple[int, str, int, str, str, str, int]]:
        """The items of ``batch``; moves ``sequences`` on."""
        for received in batch:
            recorded, source = received.recorded, received.source
            if not contract.is_public(source, recorded.type):
                continue
            for city in contract.concerned(source, recorded.type, recorded.areas, recorded.data, self._cities):
                position += 1
                sequence = sequences[city] = sequences.get(city, 0) + 1
                key = f"{city}.{source}.{recorded.type}.v{recorded.schema}"
                body = cloud_event(received, city, sequence, self._province).decode()
                yield position, city, sequence, key, body, source, recorded.position

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        if self._session is None or self._session.closed:
            self._session = psycopg2.connect(self._url, connect_timeout=5, application_name="feeds")
        session = self._session
        try:
            with session, session.cursor() as cursor:
                yield cursor
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            session.close()
            raise


def _taken(cursor: Any) -> dict[str, int]:
    cursor.execute("select source, position from log.inbox")
    return dict(cursor.fetchall())
