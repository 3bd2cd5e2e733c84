"""Checkpoints: what a log says of itself when it signs (c2sp.org/tlog-checkpoint).

The text of the note: the origin, the number of events, the base64 root of the Merkle tree over them (SHA-256), then two
extension lines:

    sm3 <base64>                                               the root of the same tree by SM3
    paizhu <number> <signed_at> <base64> <records> <base64>    its place, see ``Place``

Those that were signed before checkpoints were numbered have no second line, and stay valid. Invariant: text and
checkpoint are the same thing; a text with anything else in it is no checkpoint of ours.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final, Protocol

from kernel.proof import notes

HASH: Final = 32
NOTHING: Final = hashlib.sha256(b"").digest()
"""What the first checkpoint of a log says of the text before it, and of a tree without records."""

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_SM3: Final = "sm3 "
_PLACE: Final = "paizhu "


@dataclass(frozen=True)
class Place:
    """Where a checkpoint stands among those of its log, and what it says of the log beside its events.

    ``number`` counts from 1 without a gap, ``signed_at`` is in microseconds since 1970 UTC, ``before`` the SHA-256 of
    the text of the checkpoint before it. ``records`` is how many records (``kernel.log.records``) there were, and
    ``root`` the root of the Merkle tree over them.
    """

    number: int
    signed_at: int
    before: bytes
    records: int
    root: bytes

    @property
    def line(self) -> str:
        """The extension line, its newline included."""
        hashes = _base64(self.before), _base64(self.root)
        return f"{_PLACE}{self.number} {self.signed_at} {hashes[0]} {self.records} {hashes[1]}\n"


@dataclass(frozen=True)
class Checkpoint:
    """The log ``origin`` had ``size`` events, and these two roots of 32 bytes; ``place`` is None for an old one."""

    origin: str
    size: int
    root: bytes
    sm3: bytes
    place: Place | None = None

    @property
    def body(self) -> str:
        """The text that is signed, ending in a newline."""
        plain = f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{_SM3}{_base64(self.sm3)}\n"
        return plain + (self.place.line if self.place else "")

    @property
    def text_hash(self) -> bytes:
        """SHA-256 of the text, which the next checkpoint names."""
        return hashlib.sha256(self.body.encode()).digest()

    @property
    def service(self) -> str:
        """The last part of the origin."""
        return self.origin.rpartition("/")[2]


class LogKey(Protocol):
    """What a log's checkpoints are checked with: a ``notes.Verifier``, or ``succession.Keys`` where it had several."""

    @property
    def name(self) -> str:
        """The origin of the log."""
        ...

    def of(self, note: notes.Note) -> notes.Signature | None:
        """See ``notes.Verifier.of``."""
        ...


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
    if len(lines) not in (5, 6) or lines[-1] or not lines[0] or not lines[3].startswith(_SM3):
        raise notes.Malformed("a checkpoint is origin, size, root, the sm3 line and its place, each ended by a newline")
    place = _place(lines[4]) if len(lines) == 6 else None
    return Checkpoint(lines[0], _number(lines[1]), _hash(lines[2]), _hash(lines[3].removeprefix(_SM3)), place)


def _place(line: str) -> Place:
    words = line.removeprefix(_PLACE).split(" ")
    if not line.startswith(_PLACE) or len(words) != 5 or words[0] == "0":
        raise notes.Malformed("the place of a checkpoint is number, moment, hash, records and root")
    number, signed_at, before, records, root = words
    return Place(_number(number), _number(signed_at), _hash(before), _number(records), _hash(root))


def opened(text: str, log: LogKey) -> tuple[Checkpoint, notes.Note]:
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


def _number(text: str) -> int:
    if not _SIZE.fullmatch(text):
        raise notes.Malformed(f"{text[:20]!r} is no number")
    return int(text)


def _hash(encoded: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != HASH or _base64(raw) != encoded:
        raise notes.Malformed(f"{encoded[:50]!r} is no root of {HASH} bytes in base64")
    return raw
