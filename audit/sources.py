"""Where an auditor reads from: a live system's databases or an exported bundle, through one protocol.

Invariant: of one service everything is read from one snapshot, taken when the service is first touched and kept until
``release``; memory is bounded by a page, however long the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Final, NamedTuple, Protocol

import click

from kernel.log import records as kernel_rows
from kernel.proof.signedstate import Signed

PAGE: Final = 2_000


class Unreadable(click.ClickException):
    """The system or bundle cannot be read: another end than that of a difference."""

    exit_code = 2


class NotAllowed(Unreadable):
    """The address may not read this."""


class Head(NamedTuple):
    """What a log says of its end: position of the last event, when it was recorded (microseconds), how many records."""

    position: int
    recorded_at: int
    records: int = 0


class Row(NamedTuple):
    """A stored event with the columns beside it. ``leaf`` is None where the source keeps none (a bundle)."""

    position: int
    stream: str
    version: int
    type: str
    line: bytes
    leaf: bytes | None


class CommandRow(NamedTuple):
    """A command that took effect: its receipt as stored, and the log's position after it."""

    id: str
    receipt: bytes
    position: int


class RecordRow(NamedTuple):
    """A record of the log (``kernel.log.records``): its number, what it says, and the leaf stored with it.

    ``number`` is 0 where it has none.
    """

    number: int
    says: kernel_rows.CommandRow | kernel_rows.ParkedRow | kernel_rows.IntakeRow
    leaf: bytes

    @property
    def position(self) -> int | None:
        """The position in its own log that it is about, None where it is about another log's event."""
        return self.says.position if isinstance(self.says, kernel_rows.CommandRow) else None

    @property
    def name(self) -> str:
        """It in words: ``command c-1``, ``parked allocation:17``, ``intake allocation:17``."""
        if isinstance(self.says, kernel_rows.CommandRow):
            return f"command {self.says.id}"
        kind = "parked" if isinstance(self.says, kernel_rows.ParkedRow) else "intake"
        return f"{kind} {self.says.source}:{self.says.position}"


class ParkedRow(NamedTuple):
    """A parked foreign event, with the id under which it would have been decided."""

    source: str
    position: int
    command: str
    reason: str


class SubtreeRow(NamedTuple):
    """The stored roots of the complete subtree number ``number`` (from 0) of 256^level leaves."""

    level: int
    number: int
    sha256: bytes
    sm3: bytes


class Source(Protocol):
    """What every auditor's command reads. Methods raise Unreadable where the service cannot be read."""

    city: str | None
    """The 4-digit code where only the events that concern one city are there; positions then have gaps."""

    def services(self) -> tuple[str, ...]:
        """The services there are, in their usual order."""
        ...

    def head(self, service: str) -> Head:
        """What the log says of its end."""
        ...

    def pages(self, service: str, after: int = 0, upto: int | None = None) -> Iterator[Sequence[Row]]:
        """The events with ``after < position <= upto`` in order, in pages."""
        ...

    def rows(self, service: str, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """As ``pages``, one by one."""
        ...

    def lines(self, service: str) -> Iterator[Sequence[bytes]]:
        """The stored lines alone, all of them in order, in pages; quicker than ``pages``."""
        ...

    def commands(self, service: str) -> Iterator[CommandRow] | None:
        """The commands by position, None where the source keeps none (a bundle)."""
        ...

    def checkpoints(self, service: str) -> Iterator[str]:
        """Every signed note with all signatures it has, oldest first."""
        ...

    def subtrees(self, service: str) -> Iterator[SubtreeRow]:
        """The stored subtrees in the order in which they became complete."""
        ...

    def end(self, service: str) -> int:
        """The position of the last event there is at this moment, whatever the snapshot holds."""
        ...

    def remembered(self, service: str) -> Signed | None:
        """What the checkpointer keeps outside the database of the tree it signed last, None where it cannot be seen."""
        ...

    def inbox(self, service: str) -> Mapping[str, int]:
        """By foreign source the position up to which its events were taken in."""
        ...

    def parked(self, service: str) -> Sequence[ParkedRow]:
        """The parked foreign events, by source and position."""
        ...

    def policy(self) -> str:
        """The policy file's text, empty where there is none."""
        ...

    def log_key(self, service: str) -> str:
        """The verifier key of the service's checkpoints (``name+hash+key``), empty where there is none."""
        ...

    def successions(self, service: str) -> Sequence[str]:
        """The announcements of the keys of that log (``kernel.proof.succession``), oldest first."""
        ...

    def release(self, service: str) -> None:
        """Let go of the snapshot of ``service``; the next reading takes a new one."""
        ...

    def answering(self, service: str) -> AbstractContextManager[None]:
        """A block in which a database that does not answer, or a file that is not there, raises Unreadable."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...
