"""Checkpoints: what a log says of itself when it signs (c2sp.org/tlog-checkpoint).

The text of the note: the origin, the number of events, the base64 root of the Merkle tree over them (SHA-256), then one
extension line ``sm3 <base64>`` with the root of the same tree by SM3. Invariant: text and checkpoint are the same
thing; a text with anything else in it is no checkpoint of ours.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from kernel.proof import notes

HASH: Final = 32
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_EXTENSION: Final = "sm3 "


@dataclass(frozen=True)
class Checkpoint:
    """The log ``origin`` had ``size`` events, and these two roots of 32 bytes."""

    origin: str
    size: int
    root: bytes
    sm3: bytes

    @property
    def body(self) -> str:
        """The text that is signed, ending in a newline."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{_EXTENSION}{_base64(self.sm3)}\n"

    @property
    def service(self) -> str:
        """The last part of the origin."""
        return self.origin.rpartition("/")[2]


class Unsigned(ValueError):
    """The note bears no signature of the log's key."""


class Foreign(ValueError):
    """The checkpoint is of another log than the key's."""


def origin(province: str, service: str) -> str:
    """The name of a service's log, and of the key that signs it."""
    return f"paizhu/{province}/{service}"


def read(body: str) -> Checkpoint:
    """The checkpoint in the text of a note. Raises notes.Malformed where it is none."""
    lines = body.split("\n")
    if len(lines) != 5 or lines[4] or not lines[0] or not lines[3].startswith(_EXTENSION):
        raise notes.Malformed("a checkpoint is origin, size, root and the sm3 line, each ended by a newline")
    if not _SIZE.fullmatch(lines[1]):
        raise notes.Malformed(f"{lines[1][:20]!r} is no number of events")
    return Checkpoint(lines[0], int(lines[1]), _hash(lines[2]), _hash(lines[3].removeprefix(_EXTENSION)))


def opened(text: str, log: notes.Verifier) -> tuple[Checkpoint, notes.Note]:
    """The checkpoint in the note ``text``, signed by ``log``; and the note itself.

    Raises:
        notes.Malformed: no note, or no checkpoint.
        Foreign: the origin is not the name of the key.
        Unsigned: the log's key has not signed it.
        notes.Forged: a line in the name of the log's key does not verify.
    """
    note = notes.parse(text)
    checkpoint = read(note.body)
    if checkpoint.origin != log.name:
        raise Foreign(f"a checkpoint of {checkpoint.origin}, where one of {log.name} was asked for")
    if log.of(note) is None:
        raise Unsigned(f"the checkpoint of {checkpoint.origin} bears no signature of the log's key")
    return checkpoint, note


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _hash(encoded: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != HASH or _base64(raw) != encoded:
        raise notes.Malformed(f"{encoded[:50]!r} is no root of {HASH} bytes in base64")
    return raw
