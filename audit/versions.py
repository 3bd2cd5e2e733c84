"""The version each stream has come to, in bounded memory: what does not fit waits in a temporary file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

MOST = 200_000


class Versions:
    """The last version of each stream: put it into ``held``, and call ``trim`` now and then.

    About ``most`` are held in memory, the others in a file that vanishes with the object.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self.held: dict[str, int] = {}
        self._file: sqlite3.Connection | None = None

    def get(self, stream: str) -> int:
        """The last version put for ``stream``, 0 for one that never was."""
        found = self.held.get(stream)
        if found is None:
            found = self._fetched(stream)
        return found

    def trim(self) -> None:
        """Put what is in ``held`` into the file where it has become too much."""
        if len(self.held) > self._most:
            self._spill()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _fetched(self, stream: str) -> int:
        if self._file is None:
            return 0
        rows = self._file.execute("select version from stream where name = ?", (stream,)).fetchall()
        return int(rows[0][0]) if rows else 0

    def _spill(self) -> None:
        if self._file is None:
            self._file = sqlite3.connect("")  # the empty name: a private file, removed when it is closed
            self._file.execute("pragma journal_mode = off")
            self._file.execute("create table stream (name text primary key, version integer) without rowid")
        rows: Iterable[tuple[str, int]] = self.held.items()
        self._file.executemany(
            "insert into stream values (?, ?) on conflict (name) do update set version = excluded.version", rows
        )
        self.held.clear()
