"""The tree of a log grown along two paths that know nothing of each other.

One takes the leaf that the append stored beside each line, the other hashes the line as it is read now; a third tree
grows by SM3. Invariant: where the paths part, nothing that follows is added, and so nothing that follows is signed.
"""

from __future__ import annotations

from typing import Final

from kernel.merkle import leaf_hash, sm3
from kernel.proof.subtrees import WIDTH, Block, GrowingTree, peaks
from kernel.proof.tree import StoredTree

CHANGED: Final = "the line is not the one its leaf was made of"

Roots = tuple[bytes, bytes]
"""(SHA-256, SM3)"""


class Tampered(Exception):
    """What the log holds is not what was appended, or not what was signed. ``position`` is the event, where known."""

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason if position is None else f"position {position}: {reason}")
        self.position = position


class TwoPaths:
    """The trees over the first ``size`` events. Grows by ``add``; what it completes is taken in pairs."""

    def __init__(self, stored: GrowingTree, lines: GrowingTree, national: GrowingTree) -> None:
        self._stored = stored
        self._lines = lines
        self._national = national

    @classmethod
    def empty(cls) -> TwoPaths:
        """The trees of a log without events."""
        return cls(GrowingTree(), GrowingTree(), GrowingTree(sm3))

    @classmethod
    def of(cls, tree: StoredTree) -> TwoPaths:
        """The trees as the database holds them. Raises Tampered where leaves and lines differ; Corrupt."""
        size = tree.size
        edge = size - size % WIDTH
        if edge < size:
            pairs = zip(tree.stored(0, edge, size - edge), tree.lines(0, edge, size - edge), strict=True)
            for position, (leaf, anew) in enumerate(pairs, edge + 1):
                if leaf != anew:
                    raise Tampered(CHANGED, position)
        return cls(
            GrowingTree(size=size, peaks=peaks(size, tree.stored)),
            GrowingTree(size=size, peaks=peaks(size, tree.lines)),
            GrowingTree(sm3, size, peaks(size, tree.sm3, sm3)),
        )

    @property
    def size(self) -> int:
        """How many events the trees have."""
        return self._lines.size

    def add(self, position: int, line: bytes, leaf: bytes) -> None:
        """The next event. Raises Tampered where it is not the next, or ``leaf`` is not that of ``line``."""
        if position != self.size + 1:
            raise Tampered(f"the event is missing; the next one there is {position}", self.size + 1)
        anew = leaf_hash(line)
        if anew != leaf:
            raise Tampered(CHANGED, position)
        self._stored.add(leaf)
        self._lines.add(anew)
        self._national.add(leaf_hash(line, sm3))

    def roots(self) -> Roots:
        """The two roots. Raises Tampered where the two paths to the first part."""
        root = self._lines.root()
        if root != self._stored.root():
            raise Tampered(f"the stored leaves of the first {self.size} events have another root than their lines")
        return root, self._national.root()

    def taken(self) -> list[tuple[Block, bytes]]:
        """The blocks completed since the last call, each with the root of the same block by SM3."""
        self._stored.taken()
        return [(block, other.root) for block, other in zip(self._lines.taken(), self._national.taken(), strict=True)]
