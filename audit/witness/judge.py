"""May this checkpoint be co-signed? A pure answer from the last one seen, the one offered and the proof between them.

Invariant: what is let through extends what was seen, by both hashes; whatever else it is, it is named and refused.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from kernel import merkle
from kernel.proof import checkpoint, notes, succession
from kernel.proof.checkpoint import Checkpoint
from kernel.proof.policy import Policy
from kernel.proof.succession import Keys

REFUSALS: Final = {
    "unreadable": "what was served is no signed checkpoint",
    "foreign": "a checkpoint of another log was served",
    "unsigned": "the pinned key of the log has not signed this checkpoint",
    "forged": "a signature in the name of the log's key does not verify",
    "rollback": "the log has become shorter: events that were signed are gone",
    "fork": "the log signed two different histories of the same length",
    "inconsistent": "the log's history was changed: the proof does not lead from the last checkpoint to this one",
}
"""Every kind of refusal, and what it means."""

SIGNED: Final = ("rollback", "fork", "inconsistent")
"""The kinds in which the log's own signature is under what is refused."""


class Refusal(Exception):
    """This checkpoint is not co-signed: ``kind`` is one of REFUSALS, ``detail`` says what was seen."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{REFUSALS[kind]} ({detail})")
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Proof:
    """The consistency proof between two sizes, by each of the two hashes (RFC 9162, 2.1.4)."""

    sha256: tuple[bytes, ...]
    sm3: tuple[bytes, ...]


def opened(text: str, log: checkpoint.LogKey) -> tuple[Checkpoint, notes.Note]:
    """The checkpoint in ``text`` under the pinned key ``log``, and its note. Raises Refusal."""
    try:
        return checkpoint.opened(text, log)
    except checkpoint.Foreign as reason:
        raise Refusal("foreign", str(reason)) from None
    except checkpoint.Unsigned as reason:
        raise Refusal("unsigned", str(reason)) from None
    except notes.Forged as reason:
        raise Refusal("forged", str(reason)) from None
    except notes.Malformed as reason:
        raise Refusal("unreadable", str(reason)) from None


def announced(text: str, log: notes.Verifier) -> tuple[Keys, tuple[str, ...]]:
    """The keys to which ``text`` leads from the pinned key ``log``, each on the word of the last.

    Beside them the announcement of each.

    What does not hold, or leads from another key, leads nowhere: a witness believes no other witness's word here.
    """
    keys, believed = Keys(log), list[str]()
    for one in succession.split(text):
        with suppress(ValueError):
            step, note = succession.read(one)
            if step.old == keys.current and step.signed_by(note, Policy()) == succession.OLD:
                keys = Keys(step.new, (*keys.past, step))
                believed.append(one)
    return keys, tuple(believed)


def judge(seen: Checkpoint | None, offered: Checkpoint, proof: Callable[[int, int], Proof]) -> None:
    """Return where ``offered`` extends ``seen``; ``proof`` (from, to) is asked for only where one is needed.

    At first contact (``seen`` is None) there is nothing to compare with: the pinned key is all there is.

    Raises:
        Refusal: rollback, fork or inconsistent.
    """
    if seen is not None and offered.size < seen.size:
        raise Refusal("rollback", f"{seen.size} events were signed, now {offered.size}")
    if seen is not None and offered.size == seen.size:
        if (offered.root, offered.sm3) != (seen.root, seen.sm3):
            raise Refusal("fork", f"two roots for {seen.size} events")
        return
    if offered.size == 0:
        if (offered.root, offered.sm3) != (merkle.sha256(b""), merkle.sm3(b"")):
            raise Refusal("fork", "a tree without events has one root, and this is another")
        return
    if seen is None or seen.size == 0:
        return
    given = proof(seen.size, offered.size)
    for name, h, old, new, path in (
        ("SHA-256", merkle.sha256, seen.root, offered.root, given.sha256),
        ("SM3", merkle.sm3, seen.sm3, offered.sm3, given.sm3),
    ):
        if not merkle.extends(seen.size, offered.size, old, new, path, h):
            raise Refusal("inconsistent", f"from {seen.size} to {offered.size} events, by {name}")
    if seen.place is not None:
        here = offered.place
        if here is None or here.number <= seen.place.number or here.records < seen.place.records:
            raise Refusal("inconsistent", f"by number or records it comes before checkpoint {seen.place.number}")
