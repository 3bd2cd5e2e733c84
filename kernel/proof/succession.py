"""A log's key is replaced by another: the announcement of it, and which key a checkpoint of which size must bear.

The announcement is a signed note (c2sp.org/signed-note): the origin, the word ``succession``, the old key, the new one,
and the size up to which checkpoints bear the old one. The new key signs it, which shows that somebody has it, and so
does the old one; where that is lost or stolen, as many witnesses as the policy asks of a checkpoint. Invariant: no text
is both an announcement and a checkpoint, and a key that was not announced signs for no log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kernel.proof import notes
from kernel.proof.policy import Policy

_BODY = re.compile(r"([^\n]+)\nsuccession\nold ([^ \n]+)\nnew ([^ \n]+)\nsize (0|[1-9][0-9]{0,18})\n")
_SIZE = re.compile(r"[^\n]*\n(0|[1-9][0-9]{0,18})\n")
OLD: Final = "the old key"
WITNESSES: Final = "the witnesses"


class Unannounced(ValueError):
    """A key was replaced without an announcement that holds; the message says what is wrong with it."""


@dataclass(frozen=True)
class Succession:
    """Checkpoints of up to ``size`` events bear the key ``old``, those of more the key ``new``."""

    old: notes.Verifier
    new: notes.Verifier
    size: int

    @property
    def body(self) -> str:
        """The text that is signed."""
        return f"{self.new.name}\nsuccession\nold {self.old.vkey}\nnew {self.new.vkey}\nsize {self.size}\n"

    def signed_by(self, note: notes.Note, policy: Policy) -> str:
        """OLD or WITNESSES: on whose word this holds, as announced in ``note``. Raises Unannounced."""
        try:
            if self.new.of(note) is None:
                raise Unannounced(f"the announcement of {self.new.vkey} is not signed by that key")
            if self.old.of(note) is not None:
                return OLD
        except notes.Forged as forged:
            raise Unannounced(str(forged)) from None
        if policy.enough(policy.seen_by(note)):
            return WITNESSES
        raise Unannounced(f"neither the old key nor enough witnesses ({policy.rule}) announced {self.new.vkey}")


@dataclass(frozen=True)
class Keys:
    """The keys of one log over time: ``current``, and what each ``past`` one, oldest first, was succeeded by."""

    current: notes.Verifier
    past: tuple[Succession, ...] = ()

    @property
    def name(self) -> str:
        """The origin of the log."""
        return self.current.name

    def at(self, size: int) -> notes.Verifier:
        """The key under a checkpoint of ``size`` events."""
        return next((one.old for one in self.past if size <= one.size), self.current)

    def of(self, note: notes.Note) -> notes.Signature | None:
        """The signature of the key that must be under this checkpoint. Raises notes.Forged."""
        found = _SIZE.match(note.body)
        return (self.at(int(found[1])) if found else self.current).of(note)


def announce(old: notes.Signer | notes.Verifier, new: notes.Signer, size: int) -> notes.Note:
    """The announcement, signed by the new key and, where ``old`` is a signer, by the old one."""
    verifier = old if isinstance(old, notes.Verifier) else old.verifier
    body = Succession(verifier, new.verifier, size).body
    signers = [new] if isinstance(old, notes.Verifier) else [old, new]
    return notes.Note(body, tuple(signer.signature(body) for signer in signers))


def read(text: str) -> tuple[Succession, notes.Note]:
    """The announcement in ``text``, nothing of it verified. Raises notes.Malformed."""
    note = notes.parse(text)
    found = _BODY.fullmatch(note.body)
    if found is None:
        raise notes.Malformed("this is no announcement of a log's new key")
    one = Succession(notes.verifier(found[2]), notes.verifier(found[3]), int(found[4]))
    if {one.old.name, one.new.name} != {found[1]} or {one.old.kind, one.new.kind} != {notes.ED25519}:
        raise notes.Malformed(f"the keys are not both of the log {found[1]}")
    return one, note


def split(text: str) -> Iterator[str]:
    """The announcements of a file, in which a blank line stands between two."""
    parts = text.removesuffix("\n").split("\n\n") if text.strip() else []
    for body, signatures in zip(parts[::2], parts[1::2], strict=False):
        yield f"{body}\n\n{signatures}\n"


def chained(current: notes.Verifier, announced: Iterable[str], policy: Policy) -> Keys:
    """The keys that led to ``current`` by the texts ``announced``, oldest first. Raises Unannounced."""
    past: list[Succession] = []
    try:
        for text in announced:
            one, note = read(text)
            if past and (one.old != past[-1].new or one.size < past[-1].size):
                raise Unannounced(f"the announcement of {one.new.vkey} does not follow on the one before it")
            one.signed_by(note, policy)
            past.append(one)
    except notes.Malformed as reason:
        raise Unannounced(str(reason)) from None
    if past and past[-1].new != current:
        raise Unannounced(f"nobody announced {current.vkey}; the last key that was announced is {past[-1].new.vkey}")
    return Keys(current, tuple(past))


def name_of(service: str) -> str:
    """The file beside a log's public key that holds the announcements, oldest first."""
    return f"checkpoint-{service}.succession"


def kept(keys: Path, service: str) -> Sequence[str]:
    """The announcements of a log's keys in the directory ``keys``, oldest first; none where there is no file."""
    path = keys / name_of(service)
    return list(split(path.read_text(encoding="utf-8"))) if path.exists() else []
