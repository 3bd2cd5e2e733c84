"""Both trees of a log against its checkpoints and its stored subtrees, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from audit.anchors import Anchors
from audit.findings import Findings
from audit.sources import Row, SubtreeRow
from audit.trees import BLOCK, sha256_tree
from audit.twin import Judged, Sm3Beside, Sm3Here

LONG = 20_000
"""Events from which on the SM3 tree is worth a process of its own."""


class Trees:
    """The trees of one log. ``subtrees`` come in the order in which they became complete; ``events`` is a guess."""

    def __init__(self, anchors: Anchors, subtrees: Iterator[SubtreeRow], events: int) -> None:
        self.anchors = anchors
        self._subtrees = subtrees
        self._stored = next(subtrees, None)
        self._sha256 = Judged(sha256_tree)
        self._sm3 = Sm3Beside() if events >= LONG else Sm3Here()
        if anchors.next_size == 0:
            self._grow((), ())

    def __enter__(self) -> Trees:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._sm3.close()

    def page(self, rows: Sequence[Row], hashes: Sequence[bytes]) -> None:
        """Append the lines of ``rows``, whose leaf hashes by SHA-256 are ``hashes``."""
        lines = [row.line for row in rows]
        start = 0
        while start < len(lines):
            due = self.anchors.next_size
            stop = len(lines) if due is None else min(len(lines), start + due - self._sha256.tree.size)
            self._grow(lines[start:stop], hashes[start:stop])
            start = stop

    def finish(self, last: int, again: Iterable[str], findings: Findings) -> tuple[str, str]:
        """Say what was wrong, and give both roots in hex.

        ``last`` is the position of the last event, ``again`` are the log's own notes once more.
        """
        service = self.anchors.service
        root, verdict = self._sm3.finish()
        wrong = sorted({*self._sha256.verdict.blocks, *verdict.blocks})
        while self._stored is not None:
            wrong.append((self._stored.level, self._stored.number))
            self._stored = next(self._subtrees, None)
        for level, number in wrong:
            width = 1 << BLOCK * level
            sentence = f"the stored hash of events {number * width + 1} to {(number + 1) * width} is not theirs"
            findings.add("subtree_differs", service, (number + 1) * width, sentence)
        self.anchors.differ({"SHA-256": self._sha256.verdict.roots, "SM3": verdict.roots}, again)
        self.anchors.cut(last)
        return self._sha256.tree.root().hex(), root.hex()

    def _grow(self, lines: Sequence[bytes], hashes: Sequence[bytes]) -> None:
        size = self._sha256.tree.size + len(lines)
        stored = []
        while self._stored is not None and (self._stored.number + 1) << BLOCK * self._stored.level <= size:
            stored.append(self._stored)
            self._stored = next(self._subtrees, None)
        due = self.anchors.due(size)
        self._sha256.extend(hashes, [(s.level, s.number, s.sha256) for s in stored], [(t, c.root) for t, c in due])
        self._sm3.extend(lines, [(s.level, s.number, s.sm3) for s in stored], [(t, c.sm3) for t, c in due])
