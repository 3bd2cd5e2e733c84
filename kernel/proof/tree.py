"""The tree of a log as its database holds it: blocks of hashes, read 256 at a time and no more than asked for.

Three sources of the lowest level, so that each can be held against the others: the leaf stored beside a line, and
SHA-256 and SM3 of the line as it stands now. Invariant: a hash that should be there and is not is an error, never a
shorter answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from kernel.errors import Corrupt
from kernel.merkle import leaf_hash, sm3
from kernel.proof.subtrees import BITS, WIDTH

Rows = Callable[[str, int, int, int], list[tuple[Any, ...]]]
"""(sql, three whole numbers for its parameters) -> rows."""

_LEAVES: Final = """
select position, leaf, line from log.events where position > %s and position <= %s order by position limit %s
"""
_SUBTREES: Final = """
select number, sha256, sm3 from log.subtrees where level = %s and number >= %s and number < %s order by number
"""
_Hashes = tuple[bytes, bytes, bytes]
_STORED, _LINE, _SM3 = range(3)


class StoredTree:
    """The first ``size`` leaves of the tree. What was read is kept, so one serves one question or one start."""

    def __init__(self, rows: Rows, size: int) -> None:
        self.size = size
        self._rows = rows
        self._read: dict[tuple[int, int], list[_Hashes]] = {}

    def stored(self, level: int, first: int, count: int) -> list[bytes]:
        """``subtrees.Blocks`` of the SHA-256 tree over the stored leaves. Raises Corrupt."""
        return [row[_STORED] for row in self._slice(level, first, count)]

    def lines(self, level: int, first: int, count: int) -> list[bytes]:
        """``subtrees.Blocks`` of the SHA-256 tree, the leaves hashed anew from their lines. Raises Corrupt."""
        return [row[_LINE] for row in self._slice(level, first, count)]

    def sm3(self, level: int, first: int, count: int) -> list[bytes]:
        """``subtrees.Blocks`` of the SM3 tree, the leaves hashed anew from their lines. Raises Corrupt."""
        return [row[_SM3] for row in self._slice(level, first, count)]

    def _slice(self, level: int, first: int, count: int) -> list[_Hashes]:
        found: list[_Hashes] = []
        for block in range(first // WIDTH, (first + count - 1) // WIDTH + 1):
            found += self._block(level, block)
        start = first % WIDTH
        return found[start : start + count]

    def _block(self, level: int, block: int) -> list[_Hashes]:
        """Up to 256 hashes of a level, from number ``block * 256``: as many as a tree of this size has."""
        if (level, block) not in self._read:
            first = block * WIDTH
            end = min(first + WIDTH, self.size >> (BITS * level))
            found = self._hashes(level, first, end)
            if len(found) != end - first:
                what = "events" if level == 0 else f"subtrees of level {level}"
                raise Corrupt(f"of the {what} from {first} to {end} only {len(found)} are there")
            self._read[level, block] = found
        return self._read[level, block]

    def _hashes(self, level: int, first: int, end: int) -> list[_Hashes]:
        if level == 0:
            rows = self._rows(_LEAVES, first, end, WIDTH)
            lines = [line.encode() if isinstance(line, str) else bytes(line) for _, _, line in rows]
            return [
                (bytes(row[1]), leaf_hash(line), leaf_hash(line, sm3)) for row, line in zip(rows, lines, strict=True)
            ]
        rows = self._rows(_SUBTREES, level, first, end)
        return [(bytes(sha256), bytes(sha256), bytes(other)) for _, sha256, other in rows]
