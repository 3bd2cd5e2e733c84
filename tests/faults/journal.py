"""The client's own journal: what it was about to ask, and what it was told. It outlives every fault of the system.

Invariant: when ``note`` returns, its line is on the disk. So an intent is there before the command is sent, and an
acknowledgement that anybody relied on is there when the history is checked. Lines of many threads share one fsync.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


class Journal:
    """The file at ``path``, one JSON object a line. Safe for threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._turn = threading.Condition()
        self._lines: list[bytes] = []
        self._noted = self._safe = 0
        self._writing = False

    def note(self, entry: Mapping[str, Any]) -> None:
        """Write ``entry`` and return when it is on the disk."""
        with self._turn:
            self._lines.append(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
            self._noted += 1
            mine = self._noted
            while self._safe < mine:
                if self._writing:
                    self._turn.wait()
                else:
                    self._write()

    def _write(self) -> None:
        """Write what all threads have noted; called with the lock, which is given up while the disk works."""
        lines, upto, self._lines, self._writing = b"".join(self._lines), self._noted, [], True
        self._turn.release()
        try:
            os.write(self._file, lines)
            os.fdatasync(self._file)
        finally:
            self._turn.acquire()
            self._writing = False
            self._turn.notify_all()
        self._safe = upto

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The entries at ``path`` in their order. A last line that was cut short was told to nobody, and is left out."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.endswith("\n"):
                yield json.loads(line)
