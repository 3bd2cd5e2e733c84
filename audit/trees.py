"""The two Merkle trees of a log, grown from the bytes of its lines and from nothing that is stored beside them.

The checkpointer grows its trees leaf by leaf (``kernel.merkle``); here whole pages grow at once, level by level. The
two ways share no code, so an error in one does not hide in the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from kernel import merkle

Leaves = Callable[[Sequence[bytes]], list[bytes]]
Pairs = Callable[[Sequence[bytes]], list[bytes]]
BLOCK: Final = 8
"""A subtree of 256 leaves stands on the eighth level; those of whole blocks are kept by the log itself."""


class Tree:
    """A tree that grows by pages. ``pairs`` gives the parents of an even number of neighbours.

    ``block(level, number, hash)`` is told the root of each complete subtree of 256^level leaves.
    """

    def __init__(self, pairs: Pairs, empty: bytes, block: Callable[[int, int, bytes], None] | None = None) -> None:
        self.size = 0
        self._pairs = pairs
        self._empty = empty
        self._block = block
        self._peaks: list[bytes | None] = []

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append the hashes of the next leaves."""
        nodes, first, level = list(leaves), self.size, 0
        self.size += len(nodes)
        while nodes:
            if level and level % BLOCK == 0 and self._block is not None:
                for number, node in enumerate(nodes, first):
                    self._block(level // BLOCK, number, node)
            if len(self._peaks) == level:
                self._peaks.append(None)
            waiting = self._peaks[level]
            if waiting is not None:  # the left neighbour of the first came earlier
                nodes.insert(0, waiting)
                first -= 1
            self._peaks[level] = nodes.pop() if len(nodes) % 2 else None
            nodes, first, level = self._pairs(nodes), (first + 1) // 2, level + 1

    def root(self) -> bytes:
        """The root; of an empty tree the hash of nothing."""
        found = None
        for peak in self._peaks:
            if peak is not None:
                found = peak if found is None else self._pairs((peak, found))[0]
        return self._empty if found is None else found


def sha256_pairs(nodes: Sequence[bytes]) -> list[bytes]:
    """SHA-256(0x01 || left || right) of each two neighbours."""
    sha256 = hashlib.sha256
    pairs = iter(nodes)
    return [sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]


# A copied state is quicker than a new one, where hashlib has SM3 at all.
_SM3 = "sm3" in hashlib.algorithms_available


def sm3_pairs(nodes: Sequence[bytes]) -> list[bytes]:
    """SM3(0x01 || left || right) of each two neighbours."""
    pairs = iter(nodes)
    return _sm3(b"\1", [left + right for left, right in zip(pairs, pairs, strict=True)])


def sm3_leaves(lines: Sequence[bytes]) -> list[bytes]:
    """SM3(0x00 || line) of each line."""
    return _sm3(b"\0", lines)


def _sm3(prefix: bytes, texts: Sequence[bytes]) -> list[bytes]:
    if not _SM3:
        return [merkle.sm3(prefix + text) for text in texts]
    copy = hashlib.new("sm3", prefix).copy
    found = []
    for text in texts:
        state = copy()
        state.update(text)
        found.append(state.digest())
    return found


def sha256_tree(block: Callable[[int, int, bytes], None] | None = None) -> Tree:
    """An empty tree of SHA-256."""
    return Tree(sha256_pairs, hashlib.sha256().digest(), block)


def sm3_tree(block: Callable[[int, int, bytes], None] | None = None) -> Tree:
    """An empty tree of SM3."""
    return Tree(sm3_pairs, merkle.sm3(b""), block)
