"""Records: what a log keeps beside its events and cannot be made again from them.

Every command with its digest and receipt, every parked event, every mark of how far foreign events were taken in.
They are numbered together from 1 without a gap, in the order of commits, under the same lock as the events; each has a
leaf, SHA-256(0x00 || text), and the checkpointer signs the root of the Merkle tree over them beside that of the events.

The text is the record's kind, its number and what it says, a line each; what may hold a line break stands last.
Invariant: ``schema.sql`` makes the same texts of what was there before records were numbered.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple


class CommandRow(NamedTuple):
    """A row of log.commands: the log was at ``position`` after it."""

    id: str
    digest: bytes
    receipt: bytes
    position: int

    def leaf(self, number: int) -> bytes:
        """Its leaf as record ``number``."""
        text = f"\0command\n{number}\n{self.id}\n{self.digest.hex()}\n{self.position}\n".encode()
        return sha256(text + self.receipt).digest()


class ParkedRow(NamedTuple):
    """A row of log.parked."""

    source: str
    position: int
    command: str
    reason: str
    parked_at: int

    def leaf(self, number: int) -> bytes:
        """Its leaf as record ``number``."""
        text = f"\0parked\n{number}\n{self.source}\n{self.position}\n{self.command}\n{self.parked_at}\n{self.reason}"
        return sha256(text.encode()).digest()


class IntakeRow(NamedTuple):
    """A row of log.intake: everything of ``source`` up to ``position`` was taken in."""

    source: str
    position: int

    def leaf(self, number: int) -> bytes:
        """Its leaf as record ``number``."""
        return sha256(f"\0intake\n{number}\n{self.source}\n{self.position}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Numbered:
    """The records of one transaction: commands, then parked events, then marks, numbered on from ``before``."""

    before: int
    commands: list[tuple[int, CommandRow, bytes]]
    parked: list[tuple[int, ParkedRow, bytes]]
    intake: list[tuple[int, IntakeRow, bytes]]

    @property
    def last(self) -> int:
        """The number of the last record after the transaction."""
        return self.before + len(self.commands) + len(self.parked) + len(self.intake)


def numbered(before: int, commands: list[CommandRow], parked: list[ParkedRow], intake: list[IntakeRow]) -> Numbered:
    """The records that follow on number ``before``: each with its number and its leaf."""
    first = before + 1
    second = first + len(commands)
    third = second + len(parked)
    return Numbered(
        before,
        [(number, command, command.leaf(number)) for number, command in enumerate(commands, first)],
        [(number, event, event.leaf(number)) for number, event in enumerate(parked, second)],
        [(number, mark, mark.leaf(number)) for number, mark in enumerate(intake, third)],
    )
