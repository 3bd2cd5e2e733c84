"""A batch: what one transaction writes, worked out from what the log holds, without touching any store.

Both stores ask for the same facts under their lock, hand them to a ``Batch`` and write what it has collected; so they
cannot differ in what they admit. Items see the effects of those before them; an item that fails leaves no trace.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from kernel.codec import canonical, line_of, record
from kernel.door_refusals import COMMAND_ID_REUSED
from kernel.errors import ClaimTaken, Conflict
from kernel.frozen import maker_of
from kernel.log import Append, Draft, Project, Receipt
from kernel.log.records import CommandRow, IntakeRow, Numbered, ParkedRow, numbered
from kernel.messages import Event
from kernel.projection import Op

_receipt = maker_of(Receipt)


@dataclass(slots=True)
class Facts:
    """What the log holds, as far as a batch needs to know. Absent streams have version 0, absent sources position 0.

    ``records`` is the number of the last record (``kernel.log.records``).
    ``commands`` maps known command ids to (digest, receipt as canonical JSON); ``recorded_at`` is in microseconds.
    """

    position: int = 0
    recorded_at: int = 0
    records: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    commands: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    inbox: dict[str, int] = field(default_factory=dict)


class Needs(NamedTuple):
    """The names whose facts a batch needs."""

    streams: set[str]
    commands: set[str]
    claims: set[str]
    sources: set[str]

    @classmethod
    def of(cls, items: Iterable[Append]) -> Needs:
        """What must be known to decide upon ``items``."""
        needs = cls(set(), set(), set(), set())
        for item in items:
            needs.commands.add(item.command)
            needs.streams.update(item.expects)
            for draft in item.drafts:
                needs.streams.add(draft.stream)
                needs.claims.update(draft.event.claims())
            if item.taken_in is not None:
                needs.sources.add(item.taken_in[0])
        return needs


class EventRow(NamedTuple):
    """A row of log.events."""

    position: int
    stream: str
    version: int
    type: str
    line: bytes
    leaf: bytes


class Batch:
    """Collects the rows of one transaction. ``now`` is the clock in microseconds; recorded_at never runs back."""

    def __init__(self, service: str, project: Project, facts: Facts, now: int) -> None:
        self._service = service
        self._project = project
        self._facts = facts
        self._before = facts.position
        self._undo: list[tuple[dict[str, Any], str, Any]] = []
        self.recorded_at = max(now, facts.recorded_at)
        self.events: list[EventRow] = []
        self.commands: list[CommandRow] = []
        self.claims: list[tuple[str, str]] = []
        self.parked: list[ParkedRow] = []
        self.inbox: dict[str, int] = {}
        self.ops: list[Op] = []
        self.receipts: list[Receipt] = []

    @property
    def position(self) -> int:
        """The log's position after the batch."""
        return self._facts.position

    @property
    def reached_at(self) -> int:
        """The recorded_at of the last event, of the batch or before it."""
        return self.recorded_at if self.position > self._before else self._facts.recorded_at

    @property
    def empty(self) -> bool:
        """True where nothing is to be written, because every item failed or was there already."""
        return not (self.commands or self.inbox or self.parked)

    def add(self, items: Sequence[Append]) -> list[Receipt]:
        """Take in ``items`` in order, all or none, and give their receipts.

        Raises:
            Conflict, ClaimTaken, Reused: as ``Log.append`` says; whatever a projection raises comes through.
        """
        rows: tuple[list[Any], ...] = (self.events, self.commands, self.claims, self.parked, self.ops)
        marks, position = [len(part) for part in rows], self._facts.position
        self._undo.clear()
        try:
            return [self._add(item) for item in items]
        except BaseException:
            for part, mark in zip(rows, marks, strict=True):
                del part[mark:]
            for mapping, key, old in reversed(self._undo):
                if old is None:
                    del mapping[key]
                else:
                    mapping[key] = old
            self._facts.position = position
            raise

    def flow(self, items: Sequence[Append], part: int) -> Iterator[None]:
        """Take in ``items`` in order, and pause after ``part`` events each time and at the end: what was collected may
        then be written and taken away. ``receipts`` are there at the end; whatever is raised makes the batch void.

        Raises:
            Conflict, ClaimTaken, Reused: as ``add`` does.
        """
        for item in items:
            receipt, counts, touched = self._begun(item), dict[str, int](), dict[str, int]()
            for number, draft in enumerate(item.drafts if receipt is None else (), 1):
                self._record(item, draft, counts, touched)
                if number % part == 0:
                    self._undo.clear()
                    yield
            self.receipts.append(receipt or self._ended(item, counts, touched))
        yield

    def records(self) -> Numbered:
        """The records of the batch with their numbers. To be asked once, after the last item."""
        marks = [IntakeRow(source, position) for source, position in self.inbox.items()]
        found = numbered(self._facts.records, self.commands, self.parked, marks)
        self._facts.records = found.last
        return found

    def _set(self, mapping: dict[str, Any], key: str, value: Any) -> None:
        self._undo.append((mapping, key, mapping.get(key)))
        mapping[key] = value

    def _add(self, item: Append) -> Receipt:
        if (known := self._begun(item)) is not None:
            return known
        counts: dict[str, int] = {}
        touched: dict[str, int] = {}
        for draft in item.drafts:
            self._record(item, draft, counts, touched)
        return self._ended(item, counts, touched)

    def _begun(self, item: Append) -> Receipt | None:
        """The receipt of an item that is there already; None where its drafts are to be recorded."""
        facts = self._facts
        if known := facts.commands.get(item.command):
            return repeated(item.command, item.digest, *known)
        if item.taken_in is not None:
            source, position = item.taken_in
            reached = facts.inbox.get(source, 0)
            if not item.late:
                if position <= reached and not item.drafts:
                    return Receipt(facts.position, {}, {}, item.result, repeated=True)
                if position != reached + 1:
                    raise Conflict({f"inbox/{source}": reached})
                self._set(facts.inbox, source, position)
                self._set(self.inbox, source, position)
            if item.parked is not None:
                self.parked.append(ParkedRow(source, position, item.command, item.parked, self.recorded_at))
        moved = {s: v for s in item.expects if (v := facts.versions.get(s, 0)) != item.expects[s]}
        if moved:
            raise Conflict(moved)
        return None

    def _ended(self, item: Append, counts: dict[str, int], touched: dict[str, int]) -> Receipt:
        facts = self._facts
        receipt = _receipt(facts.position, counts, touched, item.result, False)
        if item.drafts or item.taken_in is None:  # the inbox position alone tells that an event without effect was seen
            text = receipt_text(receipt)
            self.commands.append(CommandRow(item.command, item.digest, text, facts.position))
            self._set(facts.commands, item.command, (item.digest, text))
        return receipt

    def _record(self, item: Append, draft: Draft, counts: dict[str, int], touched: dict[str, int]) -> None:
        facts, stream, event = self._facts, draft.stream, draft.event
        for key in event.claims():
            holder = facts.claims.get(key)
            if holder is None:
                self.claims.append((key, stream))
                self._set(facts.claims, key, stream)
            elif holder != stream:
                raise ClaimTaken(key, holder)
        version = facts.versions.get(stream, 0) + 1
        self._undo.append((facts.versions, stream, facts.versions.get(stream)))
        facts.versions[stream] = version
        facts.position += 1
        recorded = record(
            facts.position,
            stream,
            version,
            type(event).__name__,
            event.schema,
            event.occurred_on,
            self.recorded_at,
            item.actor,
            areas_of(event),
            draft.programme,
            draft.profile,
            draft.notice,
            draft.clause,
            item.correlation,
            item.causation,
            item.command,
            {},
            event,
        )
        # What orjson gives keeps a buffer of eight times its length; a batch keeps many lines.
        line = bytes(memoryview(line_of(recorded, self._service)))
        self.events.append(EventRow(facts.position, stream, version, recorded.type, line, leaf_of(line)))
        self.ops += self._project(recorded)
        counts[recorded.type] = counts.get(recorded.type, 0) + 1
        touched[stream] = version


def clock() -> int:
    """Now, in microseconds since 1970 UTC."""
    return time.time_ns() // 1_000


def leaf_of(line: bytes) -> bytes:
    """The leaf hash of a stored line: SHA-256(0x00 || line), RFC 9162 section 2.1.1."""
    return hashlib.sha256(b"\x00" + line).digest()


def areas_of(event: Event) -> tuple[str, ...]:
    """The area codes ``event`` concerns: the values of the fields its class names, distinct, in their order."""
    found: dict[str, None] = {}
    for name in event.areas:
        value = getattr(event, name)
        if isinstance(value, str):
            found[value] = None
        elif value is not None:
            found.update(dict.fromkeys(value))
    return tuple(found)


def receipt_text(receipt: Receipt) -> bytes:
    """A receipt as it is stored with its command."""
    return canonical(
        {"events": receipt.events, "position": receipt.position, "result": receipt.result, "streams": receipt.streams}
    )


def repeated(command: str, digest: bytes, known: bytes, receipt: bytes | str) -> Receipt:
    """The ``receipt`` kept with a command that comes again. Raises Reused where its digest is not the one ``known``."""
    if digest != known:
        raise COMMAND_ID_REUSED(use="条命令", field="id")
    kept = orjson.loads(receipt)
    return Receipt(kept["position"], kept["events"], kept["streams"], kept["result"], repeated=True)
