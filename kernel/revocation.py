"""Tokens taken back before they expire: a list of their ids beside the keys, written by an issuer, read by verifiers.

Invariant: what was revoked stays revoked, and every verifier knows within a second. A list that is there and cannot be
read admits nobody.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeGuard

FILE: Final = "token-revoked.txt"
"""One line a token: its id, a blank, the second (since 1970, UTC) in which it was revoked."""
_LOOK: Final = 1.0
_ID = re.compile(r"[\x21-\x7e]{1,80}")


def is_id(token_id: object) -> TypeGuard[str]:
    """True for what can stand on the list, and so for what a verifier takes as the id of a token: 1 to 80 visible
    characters of ASCII."""
    return isinstance(token_id, str) and _ID.fullmatch(token_id) is not None


def revoke(folder: Path, token_id: str, clock: Callable[[], float] = time.time) -> bool:
    """Put a token's id on the list in ``folder``. False where it stood there already.

    Raises:
        ValueError: where the text cannot be the id of a token.
    """
    if not is_id(token_id):
        raise ValueError(f"{token_id!r} is no id of a token")
    if token_id in revoked(folder):
        return False
    handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(handle, f"{token_id} {int(clock())}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return True


def revoked(folder: Path) -> frozenset[str]:
    """The ids on the list in ``folder``; none where there is no list. Raises OSError where it cannot be read."""
    try:
        lines = (folder / FILE).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.split()[0] for line in lines if line.strip())


class Revocations:
    """The list as a verifier keeps it: looked for once a second, read again where its file has changed."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._looked: float | None = None
        self._mark: tuple[int, int, int] | None = None
        self._ids: frozenset[str] = frozenset()

    def holds(self, token_id: str) -> bool:
        """Whether a token was revoked. Raises OSError where the list cannot be read."""
        with self._lock:
            now = self._clock()
            if self._looked is None or abs(now - self._looked) >= _LOOK:  # clocks are set back, too
                self._look()
                self._looked = now
            return token_id in self._ids

    def _look(self) -> None:
        try:
            found = (self._folder / FILE).stat()
            mark = (found.st_ino, found.st_size, found.st_mtime_ns)
        except FileNotFoundError:
            return  # a list that was removed takes nothing back
        if mark != self._mark:
            self._ids |= revoked(self._folder)
            self._mark = mark
