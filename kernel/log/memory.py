"""The log in memory: the PostgreSQL log's twin, for tests and for replays that need no server.

It admits and refuses exactly what the other does, because both decide with ``batch``; only the storing is its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from kernel import parked
from kernel.codec import EventTypes
from kernel.errors import Corrupt
from kernel.log import Append, ParkedEvent, Project, Receipt
from kernel.log.batch import Batch, EventRow, Facts, Needs, clock, repeated
from kernel.log.readmodel import changes
from kernel.log.records import ParkedRow
from kernel.messages import Past, Recorded
from kernel.projection import Rows

Placed = TypeVar("Placed", Past, Recorded)


class MemoryLog:
    """The log of ``service``; keeps the promises of ``kernel.log.Log``.

    ``tables`` holds the read models, ``leaves`` the leaves of the records in their order.
    """

    def __init__(self, service: str, types: EventTypes, project: Project, now: Callable[[], int] = clock) -> None:
        self._service = service
        self._types = types
        self._project = project
        self._now = now
        self._lock = threading.Lock()
        self._facts = Facts()
        self._events: list[EventRow] = []
        self._streams: dict[str, list[int]] = {}
        self.parked: list[ParkedRow] = []
        self.leaves: list[bytes] = []
        self.tables = Rows()

    def append(self, item: Append) -> Receipt:
        """See ``Log.append``."""
        return self.append_all((item,))[0]

    def append_all(self, items: Sequence[Append]) -> list[Receipt]:
        """See ``Log.append_all``."""
        with self._lock:
            batch = Batch(self._service, self._project, self._known(Needs.of(items)), self._now())
            receipts = batch.add(items)
            changes(batch.ops)  # refuses what PostgreSQL would
            facts = self._facts
            for event in batch.events:
                self._streams.setdefault(event.stream, []).append(event.position)
                facts.versions[event.stream] = event.version
            if batch.events:
                facts.position, facts.recorded_at = batch.position, batch.recorded_at
            self._events += batch.events
            made = batch.records()
            facts.records = made.last
            self.leaves += [leaf for part in (made.commands, made.parked, made.intake) for _, _, leaf in part]
            facts.commands.update((c.id, (c.digest, c.receipt)) for c in batch.commands)
            facts.claims.update(batch.claims)
            facts.inbox.update(batch.inbox)
            self.parked += batch.parked
            self.tables.apply(batch.ops)
            return receipts

    def _known(self, needs: Needs) -> Facts:
        facts = self._facts
        return Facts(
            facts.position,
            facts.recorded_at,
            facts.records,
            {s: facts.versions[s] for s in needs.streams if s in facts.versions},
            {c: facts.commands[c] for c in needs.commands if c in facts.commands},
            {k: facts.claims[k] for k in needs.claims if k in facts.claims},
            {s: facts.inbox[s] for s in needs.sources if s in facts.inbox},
        )

    def receipt(self, command: str, digest: bytes) -> Receipt | None:
        """See ``Log.receipt``."""
        known = self._facts.commands.get(command)
        return repeated(command, digest, *known) if known else None

    def read_streams(self, after: Mapping[str, int]) -> Iterator[Past]:
        """See ``Log.read_streams``."""
        with self._lock:
            positions = [p for s, version in after.items() for p in self._streams.get(s, ())[version:]]
            lines = [self._events[position - 1].line for position in positions]
        return map(self._types.past, lines)

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[Recorded]:
        """See ``Log.read``; events appended after the first was asked for are not among them."""
        return self._walk(self._types.recorded, after, upto)

    def replay(self, after: int = 0, upto: int | None = None) -> Iterator[Past]:
        """See ``Log.replay``; events appended after the first was asked for are not among them."""
        return self._walk(self._types.past, after, upto)

    def _walk(self, decode: Callable[[bytes], Placed], after: int, upto: int | None) -> Iterator[Placed]:
        with self._lock:
            events = self._events[after:upto]
        for position, event in enumerate(events, after + 1):
            decoded = decode(event.line)
            if decoded.position != position:
                raise Corrupt(f"{self._service}: position {position} is missing, {decoded.position} stands there")
            yield decoded

    def lines(self, after: int, limit: int, size: int | None = None) -> list[bytes]:
        """See ``Log.lines``."""
        with self._lock:
            found = [event.line for event in self._events[after : after + limit]]
        before = accumulate(map(len, found), initial=0)
        return [line for line, sum_before in zip(found, before, strict=False) if size is None or sum_before < size]

    def head(self) -> tuple[int, int]:
        """See ``Log.head``."""
        return self._facts.position, self._facts.recorded_at

    def taken_in(self) -> dict[str, int]:
        """See ``Log.taken_in``."""
        return dict(self._facts.inbox)

    def parked_events(
        self, after: tuple[str, int] = ("", 0), limit: int = 1000, settled: bool = True
    ) -> list[ParkedEvent]:
        """See ``Log.parked_events``."""
        with self._lock:
            rows = sorted(row for row in self.parked if (row.source, row.position) > after)
            found = [ParkedEvent(row.source, row.position, row.reason, row.parked_at, self._state(row)) for row in rows]
        return [event for event in found if settled or event.state == parked.OPEN][:limit]

    def _state(self, row: ParkedRow) -> str:
        settled = (parked.REPLAYED, parked.DISCARDED)
        known = self._facts.commands
        return next((state for state in settled if parked.settled_id(state, row.command) in known), parked.OPEN)
