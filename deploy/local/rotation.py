"""Rotation: a log that grew is put aside and begun anew, so that the files of one process never fill the disk.

A process keeps its file open and appends, so the file is copied and emptied, not renamed. Invariant: what is kept of a
process is at most ``KEPT`` files beside the one it writes, each little more than ``LARGEST`` bytes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

LARGEST: Final = 16 << 20
"""Bytes from which a log is put aside."""
KEPT: Final = 4


def rotate(log: Path, largest: int = LARGEST, kept: int = KEPT) -> bool:
    """Put ``log`` aside as ``<log>.1`` (the one before becomes ``.2``, the last goes), where it has grown so large.

    What is written between the copy and the emptying is lost: a moment's lines, once in ``largest`` bytes.
    """
    try:
        if log.stat().st_size < largest:
            return False
    except FileNotFoundError:
        return False
    for number in range(kept - 1, 0, -1):
        older = _aside(log, number)
        if older.exists():
            older.replace(_aside(log, number + 1))
    new = log.with_name(f"{log.name}.new")
    shutil.copyfile(log, new)
    new.chmod(0o600)
    new.replace(_aside(log, 1))
    os.truncate(log, 0)
    return True


def _aside(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
