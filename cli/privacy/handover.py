"""The sealed file of a hand-over on the disk of who asked for it (``kernel.vault.export``).

Invariant: when ``write`` returns the file is on the disk, readable by its owner only, is what the system handed over,
and was opened again with the key. The key is shown once; it is written nowhere.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.vault import export
from kernel.vault.export import CannotOpen


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A written export: its path, its SHA-256 in hexadecimal, and the key that opens it (base64)."""

    path: Path
    sha256: str
    key: str


def write(directory: Path, text: str, key: str) -> HandedOver:
    """Write an export into a new file of ``directory``. Raises OSError; CannotOpen where it does not open."""
    export.opened(text, key)
    digest = export.digest(text)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = directory / f"export-{digest[:16]}.json"  # an id may hold what a file name may not
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(text.encode())
        out.flush()
        os.fsync(out.fileno())
    _sync(directory)
    if export.digest(path.read_text(encoding="utf-8")) != digest:
        raise CannotOpen(f"{path} does not hold what was written")
    return HandedOver(path, digest, key)


def opened(path: Path, key: str) -> Any:
    """The content of an export. Raises CannotOpen."""
    try:
        return export.opened(path.read_text(encoding="utf-8"), key)
    except (ValueError, CannotOpen) as wrong:
        raise CannotOpen(f"{path}: {wrong}") from None


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
