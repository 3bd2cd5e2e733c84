"""One of the two trees of a log, held against what the log and its checkpoints say of it; SM3 in a process of its own.

SM3 costs as much as all other checks together, so for a long log it is worked out beside them. What is said of the tree
is handed in with the lines, and what turned out wrong is known when all lines are in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from audit.anchors import Tag
from audit.trees import Tree, sm3_leaves, sm3_tree

MOST = 100_000

Block = tuple[int, int, bytes]
"""(level, number, hash) of a subtree of 256^level leaves, as the log keeps it."""


@dataclass(slots=True)
class Verdict:
    """What was wrong: tags of roots, and subtrees as (level, number); of each the first MOST."""

    roots: list[Tag] = field(default_factory=list)
    blocks: list[tuple[int, int]] = field(default_factory=list)


class Judged:
    """A tree that is told, as it grows, what its subtrees and roots should be."""

    def __init__(self, make: Any) -> None:
        self._blocks: dict[tuple[int, int], bytes] = {}
        self.tree: Tree = make(self._grown)
        self.verdict = Verdict()

    def _grown(self, level: int, number: int, found: bytes) -> None:
        self._blocks[level, number] = found

    def extend(self, leaves: Sequence[bytes], blocks: Sequence[Block], roots: Sequence[tuple[Tag, bytes]]) -> None:
        """Grow by ``leaves``; then the complete ``blocks`` and the ``roots`` (tag, hash) must be as they say."""
        self.tree.extend(leaves)
        for level, number, said in blocks:
            if self._blocks.get((level, number)) != said and len(self.verdict.blocks) < MOST:
                self.verdict.blocks.append((level, number))
        self._blocks.clear()
        if roots:
            found = self.tree.root()
            if len(self.verdict.roots) < MOST:
                self.verdict.roots += [tag for tag, said in roots if said != found]


class Sm3Here:
    """The SM3 tree in this process."""

    def __init__(self) -> None:
        self._judged = Judged(sm3_tree)

    def extend(self, lines: Sequence[bytes], blocks: Sequence[Block], roots: Sequence[tuple[Tag, bytes]]) -> None:
        """See ``Judged.extend``; here the lines themselves come."""
        self._judged.extend(sm3_leaves(lines), blocks, roots)

    def finish(self) -> tuple[bytes, Verdict]:
        """(root, what was wrong)."""
        return self._judged.tree.root(), self._judged.verdict

    def close(self) -> None:
        """Nothing to let go of."""


class Sm3Beside:
    """The SM3 tree in a process of its own."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        # Not multiprocessing's own way, which runs the caller's main module once more.
        code = "import sys; from audit import twin; twin.serve(int(sys.argv[1]))"
        self._process = subprocess.Popen(
            (sys.executable, "-c", code, str(theirs.fileno())),
            pass_fds=(theirs.fileno(),),
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(Path(__file__).parents[1])},
        )
        theirs.close()

    def extend(self, lines: Sequence[bytes], blocks: Sequence[Block], roots: Sequence[tuple[Tag, bytes]]) -> None:
        """See ``Sm3Here.extend``."""
        self._pipe.send((lines, blocks, roots))

    def finish(self) -> tuple[bytes, Verdict]:
        """(root, what was wrong). Raises EOFError where the process died."""
        self._pipe.send(None)
        found: tuple[bytes, Verdict] = self._pipe.recv()
        return found

    def close(self) -> None:
        """End the process, wherever it stands."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()


def serve(handle: int) -> None:
    """Work off what comes through the pipe ``handle`` until the other side says that it is all, or is gone."""
    pipe = Connection(handle)
    tree = Sm3Here()
    try:
        while (part := pipe.recv()) is not None:
            tree.extend(*part)
        pipe.send(tree.finish())
    except (EOFError, KeyboardInterrupt):
        return
