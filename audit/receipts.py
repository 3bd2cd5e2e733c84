"""Commands and their receipts against the events they are said to have led to.

The commands that led to events divide the log among them: each covers the positions up to its own, as many as its
receipt counts. Invariant: an event is judged by the command that covers its position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from audit.findings import Findings
from audit.lines import Event
from audit.sources import CommandRow, Row

_LAST = (1 << 63) - 1


class _Covering(NamedTuple):
    """A command that led to events, its receipt, and the first position it covers."""

    row: CommandRow
    receipt: dict[str, Any]
    first: int


class Receipts:
    """Checks the commands of ``service``, which come by position. ``covering`` is told those named as events are."""

    def __init__(
        self, service: str, commands: Iterator[CommandRow], findings: Findings, covering: Callable[[str], None]
    ) -> None:
        self.service = service
        self.commands = 0
        self._rows = commands
        self._findings = findings
        self._covering = covering
        self._read: CommandRow | None = None
        self._waiting: _Covering | None = None
        self._now: _Covering | None = None
        self._end = 0
        self._judged = False
        self._counts: dict[str, int] = {}
        self._streams: dict[str, int] = {}

    def page(self, rows: Sequence[Row], events: Sequence[Event | None]) -> None:
        """Check the commands of these events, None for an event that is not to be believed."""
        for row, event in zip(rows, events, strict=True):
            position = row[0]
            if position > self._end:
                if self._now is not None:
                    self._close()
                if event is not None and self._waiting is None and self._alone(position, event):
                    continue
                self._open(position)
            if event is None:
                self._judged = False
            elif self._now is None or event["command"] != self._now.row.id:
                self._judged = False
                sentence = f"its command {event['command']} is not the one that led to this position"
                self._findings.add("command_missing", self.service, position, sentence)
            else:
                kind = event["type"]
                self._counts[kind] = self._counts.get(kind, 0) + 1
                self._streams[event["stream"]] = event["version"]

    def finish(self) -> None:
        """The log has ended: what commands are left must have led to nothing."""
        self._close()
        while (found := self._next()) is not None:
            self._gone("command_without_events", found.row, "it is said to have led to events that are not there")

    def _gone(self, code: str, row: CommandRow, sentence: str) -> None:
        """A command whose events are gone; what it took in was taken in all the same."""
        self._wrong(code, row, sentence)
        if ":" in row.id:
            self._covering(row.id)

    def _alone(self, position: int, event: Event) -> bool:
        """The short way for most of them: True where the next command led to this event and to no other.

        Its receipt is compared as text; whatever is otherwise, if only in how it is written, is for the long way.
        """
        self._read = row = next(self._rows, None)
        if row is None:
            return False
        self.commands += 1
        name, receipt, at = row
        if (
            at != position
            or name != event["command"]
            or not receipt.startswith(b'{"events":{"%b":1},"position":%d,' % (event["type"].encode(), position))
            or not receipt.endswith(b',"streams":{"%b":%d}}' % (event["stream"].encode(), event["version"]))
        ):
            return False
        self._read, self._end = None, position
        if ":" in name:
            self._covering(name)
        return True

    def _open(self, position: int) -> None:
        """Find the command that covers ``position``."""
        self._counts, self._streams, self._judged = {}, {}, True
        while (found := self._next()) is not None:
            row, _, first = found
            if row.position < position:
                self._gone("receipt_differs", row, "other commands led to the events it is said to have led to")
                continue
            if first > position:  # nobody covers what comes before
                self._waiting = found
                self._now, self._end = None, first - 1
                return
            if first < position:
                self._wrong("receipt_differs", row, "its receipt counts more events than there are")
                self._judged = False
            self._now, self._end = found, row.position
            if ":" in row.id:
                self._covering(row.id)
            return
        self._now, self._end = None, _LAST

    def _close(self) -> None:
        """The events of the command are all seen: its receipt must name them."""
        if self._now is not None and self._judged:
            row, receipt, _ = self._now
            if receipt["streams"] != self._streams or receipt["events"] != self._counts:
                self._wrong("receipt_differs", row, "its receipt names other events or streams than it led to")
        self._now = None

    def _next(self) -> _Covering | None:
        """The next command that led to events."""
        if self._waiting is not None:
            found, self._waiting = self._waiting, None
            return found
        while True:
            row, self._read = self._read, None
            if row is None:
                row = next(self._rows, None)
                if row is None:
                    return None
                self.commands += 1
            try:
                receipt = orjson.loads(row.receipt)
                count, position = sum(receipt["events"].values()), receipt["position"]
                if not isinstance(receipt["streams"], dict) or not isinstance(count, int):
                    raise TypeError(count)
            except (ValueError, KeyError, TypeError, AttributeError):
                self._wrong("receipt_differs", row, "its receipt cannot be read")
                continue
            if position != row.position:
                self._wrong("receipt_differs", row, f"its receipt says position {position}")
            if count > 0:
                return _Covering(row, receipt, row.position - count + 1)

    def _wrong(self, code: str, row: CommandRow, sentence: str) -> None:
        self._findings.add(code, self.service, row.position, f"command {row.id}: {sentence}")
