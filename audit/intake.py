"""What the services took in of each other, against the logs it came from.

For each pair of services one bit a foreign event: left a trace or not. Invariant: an inbox is read before the log it
is about, and a log's end is asked again before an event is called unknown; so a living system gives no false finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from struct import Struct
from tempfile import TemporaryFile
from typing import IO

from audit.findings import Findings
from audit.follows import FOLLOWS, SUBJECT, subject
from audit.lines import Event
from audit.sources import ParkedRow, Row

_FOREIGN = re.compile(r"([a-z]+):([1-9][0-9]{0,17})")
_LISTED = Struct("<QQQB")
KINDS = tuple(SUBJECT)
_UNKNOWN = len(KINDS)
_MISSING = _UNKNOWN + 1


class Traces:
    """The foreign events that left a trace in the log of ``service``.

    ``inbox`` is what the same snapshot says; ``end(source, position)`` the last position
    of another log at this moment, or None where it cannot be said whether ``position`` is there.
    """

    def __init__(
        self,
        service: str,
        inbox: Mapping[str, int],
        parked: Iterable[ParkedRow],
        end: Callable[[str, int], int | None],
        findings: Findings,
    ) -> None:
        self.service = service
        self._inbox = inbox
        self._end = end
        self._ends: dict[str, int] = {}
        self._findings = findings
        self._by_event: dict[str, bytearray] = {}
        self._by_command: dict[str, bytearray] = {}
        self._parked = {(row.source, row.position) for row in parked}
        self._replayed: set[tuple[str, int]] = set()
        self._last = ("", "")

    def page(self, rows: Sequence[Row], events: Sequence[Event | None]) -> None:
        """Note on which foreign events these rest."""
        last = self._last
        for row, event in zip(rows, events, strict=True):
            if event is None or not event["causation"]:
                continue
            run = event["causation"], event["command"]
            if run != last:
                last = run
                if (found := _FOREIGN.fullmatch(run[0])) is not None and found[1] != self.service:
                    self._caused(found[1], int(found[2]), row.position)
        self._last = last

    def command(self, name: str) -> None:
        """Note a command that bears the id of a foreign event: its events may be there and not to be believed."""
        found = _FOREIGN.fullmatch(name)
        if found is not None and found[1] != self.service:
            position = int(found[2])
            if position <= (self._end_of(found[1], position) or 0):
                _set(self._by_command.setdefault(found[1], bytearray()), position)

    def traced(self, source: str, position: int) -> bool:
        """True where the event left a trace or was parked."""
        known = (self._by_event.get(source, b""), self._by_command.get(source, b""))
        return any(_has(bits, position) for bits in known) or (source, position) in self._parked

    def _caused(self, source: str, position: int, where: int) -> None:
        known = self._end_of(source, position)
        if known is not None and position > known:
            self._add("fact_unknown", where, f"rests on {source}:{position}, but that log ends at {known}")
            return
        if position > (reached := self._inbox.get(source, 0)):
            self._add("inbox_behind", where, f"rests on {source}:{position}, the inbox says {reached}")
        if known is None:
            return
        if (source, position) in self._parked:
            twice = (source, position) in self._replayed
            self._replayed.add((source, position))
        else:
            twice = not _set(self._by_event.setdefault(source, bytearray()), position)
        if twice:
            self._add("fact_twice", where, f"{source}:{position} was taken in before")

    def _end_of(self, source: str, position: int) -> int | None:
        """The end of ``source``, asked again where ``position`` lies behind it; None where it cannot be asked."""
        known = self._ends.get(source, 0)
        if position > known:
            end = self._end(source, position)
            if end is None:
                return None
            known = self._ends[source] = end
        return known

    def _add(self, code: str, position: int, sentence: str) -> None:
        self._findings.add(code, self.service, position, sentence)


class Owed:
    """The events of ``service`` that must leave a trace elsewhere, kept in a temporary file."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._numbers = {
            kind.partition(".")[2]: number for number, kind in enumerate(KINDS) if kind.startswith(f"{service}.")
        }
        self._last = 0
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115  # closed by ``close``

    def page(self, rows: Sequence[Row], events: Sequence[Event | None]) -> None:
        """Note those of ``events`` that others must take in."""
        numbers = self._numbers
        if not numbers:
            return
        for row, event in zip(rows, events, strict=True):
            if row.position > self._last + 1:
                self._file.write(_LISTED.pack(self._last + 1, 0, 0, _MISSING))
            self._last = row.position
            if event is None:
                self._file.write(_LISTED.pack(row.position, 0, _digest(row.stream), _UNKNOWN))
            elif (number := numbers.get(event["type"])) is not None:
                try:
                    about = subject(KINDS[number], event["data"])
                except (KeyError, TypeError):
                    continue
                self._file.write(_LISTED.pack(row.position, _digest(about), _digest(event["stream"]), number))

    def judge(self, taker: str, reached: int, traces: Traces, findings: Findings) -> None:
        """Say which events up to ``reached`` left no trace in the log of ``taker``."""
        due = {number for number, kind in enumerate(KINDS) if kind in FOLLOWS.get(taker, ())}
        silent: dict[tuple[int, int], int] = {}
        streams: dict[int, list[tuple[int, int]]] = {}
        for position, about, stream, number in self._listed():
            if position <= reached and number in due and not traces.traced(self.service, position):
                if silent.setdefault((number, about), position) == position:
                    streams.setdefault(stream, []).append((number, about))
                if len(silent) >= findings.most:
                    break
        if not silent:
            return
        # Heard of the same before, it may have changed nothing: only a first hearing must leave a trace. Whatever an
        # event said that is not to be believed now, or is not there, it may have been that first hearing.
        for position, about, stream, number in self._listed():
            keys: Iterable[tuple[int, int]] = ((number, about),)
            if number in (_UNKNOWN, _MISSING):
                keys = streams.get(stream, ()) if number == _UNKNOWN else list(silent)
            for key in keys:
                if silent.get(key, 0) > position:
                    del silent[key]
        for (number, _), position in silent.items():
            sentence = f"{taker} has taken in everything up to {reached} and shows no trace of this {KINDS[number]}"
            findings.add("fact_not_taken", self.service, position, sentence)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _listed(self) -> Iterator[tuple[int, int, int, int]]:
        self._file.seek(0)
        while part := self._file.read(_LISTED.size * 4096):
            yield from _LISTED.iter_unpack(part)


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _set(bits: bytearray, position: int) -> bool:
    """Set a bit; False where it was set."""
    byte, bit = divmod(position, 8)
    if byte >= len(bits):
        bits.extend(bytes(byte + 1 - len(bits) + len(bits) // 8))
    if bits[byte] & 1 << bit:
        return False
    bits[byte] |= 1 << bit
    return True


def _has(bits: bytes | bytearray, position: int) -> bool:
    byte, bit = divmod(position, 8)
    return byte < len(bits) and bool(bits[byte] & 1 << bit)
