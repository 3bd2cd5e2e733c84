"""The Merkle tree over a log's records, grown from the leaves that were stored with them (``kernel.log.records``).

Invariant: it goes on only from the tree that was signed last, and never over a number that is missing.
"""

from __future__ import annotations

from typing import Final

from kernel.errors import Corrupt
from kernel.proof.checkpoint import HASH, Place
from kernel.proof.signing import Signing
from kernel.proof.subtrees import Block, GrowingTree, peaks
from kernel.proof.twopaths import Tampered

PAGE: Final = 2_000


class RecordTree:
    """The tree as ``place`` says it was signed, empty without one. Raises Tampered where another one is kept."""

    def __init__(self, signing: Signing, place: Place | None = None) -> None:
        self._signing = signing
        self._tree = GrowingTree()
        if place is not None:
            try:
                self._tree = GrowingTree(size=place.records, peaks=peaks(place.records, signing.record_blocks))
            except Corrupt as missing:
                raise Tampered(str(missing)) from missing
            if self.root() != place.root:
                raise Tampered(f"the tree of the first {place.records} records is not the one that was signed")

    @property
    def size(self) -> int:
        """How many records it has."""
        return self._tree.size

    def follow(self, pages: int) -> bool:
        """Take in what is new, so many pages at most. True where there may be more. Raises Tampered at a gap."""
        for _ in range(pages):
            page = self._signing.records(self.size, PAGE)
            for number, leaf in page:
                if number != self.size + 1:
                    raise Tampered(f"record {self.size + 1} is missing; the next one there is {number}")
                if len(leaf) != HASH:
                    raise Tampered(f"the leaf of record {number} is no hash")
                self._tree.add(leaf)
            if len(page) < PAGE:
                return False
        return True

    def root(self) -> bytes:
        """The root over all of them."""
        return self._tree.root()

    def taken(self) -> list[Block]:
        """The blocks completed since the last call."""
        return self._tree.taken()
