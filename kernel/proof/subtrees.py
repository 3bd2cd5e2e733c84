"""A Merkle tree by blocks: the roots of its complete subtrees of 256, 256², 256³ … leaves, kept as the tree grows.

Whoever holds these roots gives any root, inclusion or consistency proof from a few blocks of 256 hashes a level, and
goes on with a tree of any size, without its leaves. Invariant: a block is made once, when its last leaf comes, and
never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from kernel.merkle import CompactRange, Hash, Range, consistency_ranges, fold, inclusion_ranges, node_hash, sha256

BITS: Final = 8
WIDTH: Final = 1 << BITS
"""How many roots of one level make one of the next."""

Blocks = Callable[[int, int, int], list[bytes]]
"""(level, first, count) -> roots of ``count`` complete subtrees of 256^level leaves, from number ``first`` (from 0).

Level 0 are the leaf hashes. Raises where one of them is not there.
"""


class Block(NamedTuple):
    """The root of the ``number``-th complete subtree (from 0) of 256^level leaves."""

    level: int
    number: int
    root: bytes


class GrowingTree(CompactRange):
    """A compact range that hands over each block it completes: ``completed`` holds those not taken yet."""

    def __init__(self, h: Hash = sha256, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        super().__init__(h, size, peaks)
        self.completed: list[Block] = []

    def add(self, leaf: bytes) -> None:
        """Append the hash of the next leaf."""
        peaks, size, height = self.peaks, self.size, 0
        peaks.append(leaf)
        while size & 1:
            right = peaks.pop()
            peaks[-1] = self._h(b"\x01" + peaks[-1] + right)
            size >>= 1
            height += 1
            if not height % BITS:
                self.completed.append(Block(height // BITS, self.size >> height, peaks[-1]))
        self.size += 1

    def taken(self) -> list[Block]:
        """The blocks completed since the last call."""
        found, self.completed = self.completed, []
        return found


def peaks(size: int, blocks: Blocks, h: Hash = sha256, begin: int = 0) -> list[bytes]:
    """The roots of the complete subtrees, the largest first, of ``size`` leaves from ``begin`` on.

    ``begin`` is a multiple of the largest power of two up to ``size``, as in the ranges of ``kernel.merkle``.
    """
    found = []
    while size:
        height = size.bit_length() - 1
        found.append(_perfect(height, begin >> height, blocks, h))
        begin += 1 << height
        size -= 1 << height
    return found


def root(size: int, blocks: Blocks, h: Hash = sha256) -> bytes:
    """The root of the first ``size`` leaves."""
    return fold(peaks(size, blocks, h), h)


def inclusion_proof(index: int, size: int, blocks: Blocks, h: Hash = sha256) -> list[bytes]:
    """The audit path of leaf ``index`` (from 0) in the tree of ``size``. Raises IndexError."""
    return _roots(inclusion_ranges(index, size), blocks, h)


def consistency_proof(first: int, size: int, blocks: Blocks, h: Hash = sha256) -> list[bytes]:
    """The proof that the tree of ``first`` leaves begins the one of ``size``. Raises IndexError."""
    return _roots(consistency_ranges(first, size), blocks, h)


def _roots(ranges: Iterable[Range], blocks: Blocks, h: Hash) -> list[bytes]:
    return [fold(peaks(end - begin, blocks, h, begin), h) for begin, end in ranges]


def _perfect(height: int, number: int, blocks: Blocks, h: Hash) -> bytes:
    """The root of the ``number``-th complete subtree of 2^height leaves, from blocks of the nearest level below."""
    level, rest = divmod(height, BITS)
    found = blocks(level, number << rest, 1 << rest)
    while len(found) > 1:
        found = [node_hash(found[i], found[i + 1], h) for i in range(0, len(found), 2)]
    return found[0]
