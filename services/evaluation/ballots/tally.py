"""Counting ballots so that the count can be proved and nobody's ballot be traced.

A slip bears a random serial. Before anybody votes its commitment, SHA-256 of the serial, is on record; who drew which
slip is on record nowhere. The ballots that were cast are the leaves of a tree (RFC 6962), each its commitment and its
mark, in the order of the commitments, so that the order of casting is lost. Whoever kept a slip finds its leaf; whoever
has the ballots finds the root, the counts and the score again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.merkle import leaf_hash, root


@dataclass(frozen=True, slots=True)
class Tally:
    """What a count gives: by mark the number of ballots, the commitments in order, the root in hexadecimal."""

    counts: Mapping[str, int]
    commitments: tuple[str, ...]
    root: str

    def score(self, worth: Mapping[str, int]) -> int:
        """The mean of what the ballots are worth, rounded down."""
        return sum(worth[mark] * number for mark, number in self.counts.items()) // sum(self.counts.values())


def commitment(serial: str) -> str:
    """What stands on record of a slip: SHA-256 of its serial, in hexadecimal."""
    return hashlib.sha256(serial.encode()).hexdigest()


def tally(ballots: Mapping[str, str], marks: Sequence[str]) -> Tally:
    """The count of ``ballots`` (serial to mark); every one of ``marks`` has its number, if only 0."""
    said = sorted((commitment(serial), mark) for serial, mark in ballots.items())
    counts = Counter(mark for _, mark in said)
    leaves = (leaf_hash(f"{slip}:{mark}".encode()) for slip, mark in said)
    return Tally({mark: counts[mark] for mark in marks}, tuple(slip for slip, _ in said), root(leaves).hex())
