"""The lines of one log, each for itself and after the one before it.

Invariant: where a line and what stands beside it disagree, the one that its leaf hash vouches for is believed for what
follows; so a changed byte is named where it stands and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import orjson

from audit.findings import Findings
from audit.sources import Row
from audit.versions import Versions

Event = dict[str, Any]
_ENVELOPE = (
    *("actor", "areas", "causation", "clause", "command", "correlation", "data", "id", "notice", "occurred_on"),
    *("position", "profile", "programme", "recorded_at", "schema", "stream", "type", "version"),
)


class Lines:
    """Checks the lines of ``service`` page by page. ``whole`` is False for a part of a log: gaps are then as wanted.

    ``position`` is that of the last event, ``believed`` that of the last to be believed, recorded at ``recorded_at``.
    """

    def __init__(self, service: str, findings: Findings, whole: bool = True) -> None:
        self.service = service
        self.position = 0
        self.believed = 0
        self.recorded_at = 0
        self._findings = findings
        self._whole = whole
        self._versions = Versions()

    def close(self) -> None:
        """Let go of what does not fit into memory."""
        self._versions.close()

    def page(self, rows: Sequence[Row]) -> tuple[list[bytes], list[Event | None]]:
        """(leaf hashes by SHA-256 of the bytes, events with None where they are not to be believed)."""
        service, whole, versions = self.service, self._whole, self._versions.held
        hashes: list[bytes] = []
        events: list[Event | None] = []
        for row in rows:
            position, stream, version, kind, line, leaf = row
            found = sha256(b"\0" + line).digest()
            hashes.append(found)
            try:
                event = orjson.loads(line)
                sound = (
                    (leaf == found or leaf is None)
                    and orjson.dumps(event) == line
                    and tuple(event) == _ENVELOPE
                    and event["position"] == position
                    and event["version"] == version
                    and event["stream"] == stream
                    and event["type"] == kind
                    and event["recorded_at"] >= self.recorded_at
                    and event["id"] == f"{service}:{position}"
                    and type(event["command"]) is type(event["causation"]) is str
                )
            except (ValueError, KeyError, TypeError):
                event, sound = None, False
            if not sound:
                event = self._explained(row, found, event)
                if event is not None:
                    stream, version = event["stream"], event["version"]
            if event is not None:
                self.recorded_at = event["recorded_at"]
                self.believed = position
            events.append(event)
            if not whole:
                if position <= self.position:
                    self._gap(position)
                self.position = position
                continue
            if position != self.position + 1:
                self._gap(position)
            self.position = position
            if versions.get(stream) != version - 1 and (before := self._versions.get(stream)) != version - 1:
                self._add("version_gap", position, f"version {version} of stream {stream} follows on version {before}")
            versions[stream] = version
        self._versions.trim()
        return hashes, events

    def _explained(self, row: Row, found: bytes, event: Any) -> Event | None:
        """Say what is wrong with ``row``; gives the event where it is to be believed all the same."""
        position = row.position
        if row.leaf is not None and row.leaf != found:
            self._add("leaf_differs", position, "the line is not the one that was hashed when it was stored")
            return None
        try:
            wrong = _wrong(row, event, self.service)
            plain = orjson.dumps(event, option=orjson.OPT_SORT_KEYS)
        except (KeyError, TypeError):
            self._add("line_unreadable", position, "the line is no JSON object with an envelope")
            return None
        if plain != row.line:
            self._add("line_not_canonical", position, "the line is not the canonical form of what it says")
        for name, beside, said in wrong:
            self._add("column_differs", position, f"{name} is {beside!r} where the line says {said!r}")
        if event["recorded_at"] < self.recorded_at:
            sentence = f"recorded at {event['recorded_at']}, before the event in front of it ({self.recorded_at})"
            self._add("time_runs_back", position, sentence)
            event["recorded_at"] = self.recorded_at
        return dict(event)

    def _gap(self, position: int) -> None:
        first, last = self.position + 1, position - 1
        if position <= self.position:
            self._add("position_twice", position, f"stands behind position {self.position}")
        elif first == last:
            self._add("position_missing", first, "the event is missing, the one behind it is there")
        else:
            self._add("position_missing", first, f"the events {first} to {last} are missing, the one behind is there")

    def _add(self, code: str, position: int, sentence: str) -> None:
        self._findings.add(code, self.service, position, sentence)


def _wrong(row: Row, event: Any, service: str) -> list[tuple[str, Any, Any]]:
    """(column, what stands there, what the line says). Raises KeyError, TypeError for what is no envelope."""
    if not all(isinstance(event[name], int) for name in ("recorded_at", "version")):
        raise TypeError("a number is missing")
    if not all(isinstance(event[name], str) for name in ("stream", "type", "command", "causation")):
        raise TypeError("a name is missing")
    beside = {"position": row.position, "stream": row.stream, "version": row.version, "type": row.type}
    pairs = [*beside.items(), ("id", f"{service}:{row.position}")]
    return [(name, value, event[name]) for name, value in pairs if event[name] != value]
