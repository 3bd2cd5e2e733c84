"""The patrol: reads old events again, a slice at a time, and holds them against the tree that was signed.

Going round and round, it finds what somebody with power over the database changed long after it was signed, though
leaf and subtree were made to fit. Invariant: a slice is in order only where its lines, hashed anew, lead to the
signed roots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kernel import merkle
from kernel.errors import Corrupt
from kernel.merkle import Hash, leaf_hash, sm3
from kernel.proof import subtrees
from kernel.proof.signing import Signing
from kernel.proof.subtrees import WIDTH, Blocks
from kernel.proof.tree import StoredTree
from kernel.proof.twopaths import CHANGED, Roots, Tampered

GROUP: Final = WIDTH * WIDTH
"""Leaves of a subtree of level 2: a slice lies within one."""


class Patrol:
    """Reads ``most`` events a slice, in whole blocks of 256."""

    def __init__(self, signing: Signing, most: int) -> None:
        self._signing = signing
        self._blocks = max(1, most // WIDTH)
        self._next = 0

    def walk(self, size: int, roots: Roots) -> tuple[range, list[Tampered]]:
        """The next slice of the tree of ``size`` events with these roots: its positions, and what is wrong there."""
        if self._next * WIDTH >= size:
            self._next = 0
        begin = self._next * WIDTH
        group = begin - begin % GROUP
        end = min(begin + self._blocks * WIDTH, group + GROUP, size)
        self._next = -(-end // WIDTH)
        return range(begin + 1, end + 1), list(self._wrong(begin, end, size, roots)) if size else []

    def _wrong(self, begin: int, end: int, size: int, roots: Roots) -> Iterator[Tampered]:
        lines: list[bytes] = []
        changed = False
        for position, line, leaf in self._signing.events(begin, end - begin):
            if position != begin + len(lines) + 1:
                break
            lines.append(line)
            if leaf_hash(line) != leaf:
                changed = True
                yield Tampered(CHANGED, position)
        if len(lines) < end - begin:
            yield Tampered("the event is missing", begin + len(lines) + 1)
        elif not changed:
            tree = StoredTree(self._signing.raw, size)
            for h, blocks, root in ((merkle.sha256, tree.stored, roots[0]), (sm3, tree.sm3, roots[1])):
                try:
                    found = _astray(begin, [leaf_hash(line, h) for line in lines], size, root, blocks, h)
                except Corrupt as missing:
                    found = Tampered(str(missing))
                if found is not None:
                    yield found
                    return  # the other tree would only say it again


def _astray(begin: int, leaves: Sequence[bytes], size: int, root: bytes, blocks: Blocks, h: Hash) -> Tampered | None:
    """None, where the tree with ``leaves`` from ``begin`` on has ``root``; else what does not fit."""
    first, group = begin // WIDTH, begin // GROUP
    start, stop = group * GROUP // WIDTH, min((group + 1) * GROUP, size) // WIDTH  # the group's complete blocks
    anew = [merkle.root(leaves[at : at + WIDTH], h) for at in range(0, len(leaves), WIDTH)]
    stood = blocks(1, start, stop - start) if stop > start else []
    if stop * WIDTH < min((group + 1) * GROUP, size):
        stood.append(merkle.root(blocks(0, stop * WIDTH, size - stop * WIDTH), h))
    offset = first - start
    joined = [*stood[:offset], *anew, *stood[offset + len(anew) :]]
    if _leads(merkle.root(joined, h), group, size, root, blocks, h):
        return None
    for number, (found, kept) in enumerate(zip(anew, stood[offset:], strict=False), first):
        if found != kept:
            last = min((number + 1) * WIDTH, size)
            return Tampered(f"the events up to {last} are not those that were signed", number * WIDTH + 1)
    return Tampered(f"the events up to {begin + len(leaves)} no longer lead to the root that was signed")


def _leads(found: bytes, group: int, size: int, root: bytes, blocks: Blocks, h: Hash) -> bool:
    """True where ``found``, as the root of a group, leads to ``root``: the groups are the leaves of the tree above."""
    groups = -(-size // GROUP)
    path = []
    for begin, end in merkle.inclusion_ranges(group, groups):
        low, high = begin * GROUP, min(end * GROUP, size)
        path.append(merkle.fold(subtrees.peaks(high - low, blocks, h, low), h))
    return merkle.includes(found, group, groups, path, root, h)
