"""Reading a stranger's workbook at arm's length: in a process of its own that may fail without anybody else failing.

What a file costs to lay out cannot be known for certain before (places written in another way, one text shown by every
cell, a fault of the reading library), so its reader gets so much memory and time and no more. Invariant: the caller
gets rows or a refusal, whatever becomes of the reader.

    python -m gateway.roster_reading LN2018 < roster.xlsx
"""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

import orjson

from gateway import roster, workbook
from kernel.errors import BadInput

_MEMORY: Final = 1 << 30  # bytes; a roster of 5,000 rows takes a fifth of it
_PROCESSOR: Final = 10  # seconds
_PATIENCE: Final = 60.0  # seconds; the machine may be busy
_ROOT: Final = Path(__file__).parents[1]
_turn = threading.BoundedSemaphore(2)


def rows(body: bytes, programme: str) -> list[dict[str, Any]]:
    """The rows of the workbook in ``body``, as ``roster.rows`` gives them for the form of ``programme``.

    Raises:
        BadInput: as ``roster.rows`` does, and ``roster_too_large`` where the reader was stopped or fell.
    """
    command = [sys.executable, "-m", "gateway.roster_reading", programme]
    try:
        with _turn:
            # Nothing of ours goes along, and what a crashing reader says of the file is not passed on.
            done = subprocess.run(
                command,
                input=body,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"PYTHONPATH": str(_ROOT)},
                timeout=_PATIENCE,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise workbook.too_large(roster.MOST_ROWS + 1) from None
    if done.returncode != 0:
        raise workbook.too_large(roster.MOST_ROWS + 1)
    answer = orjson.loads(done.stdout)
    if "refusal" in answer:
        raise BadInput(**answer["refusal"])
    found: list[dict[str, Any]] = answer["rows"]
    return found


def main(programme: str) -> None:
    """The reader: a workbook on standard input, {"rows": …} or {"refusal": …} on standard output."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR, _PROCESSOR))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    answer: dict[str, Any]
    try:
        answer = {"rows": roster.rows(sys.stdin.buffer.read(), roster.form(programme))}
    except BadInput as refusal:
        answer = {"refusal": {name: value for name, value in refusal.problem().items() if name != "kind"}}
    sys.stdout.buffer.write(orjson.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
