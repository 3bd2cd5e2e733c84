"""Files that others shall not read: JSON objects that carry passwords, settings, logs.

Invariant: a reader sees the old file or the new one, never a half-written one; nobody but the owner is a reader, from
the first byte on; nothing is written through a link.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import IO, Any


def read(path: Path) -> dict[str, Any]:
    """The object in the file, {} where there is no file. Raises ValueError where it holds anything else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{path} does not hold a JSON object")
    return found


def write(path: Path, content: dict[str, Any]) -> None:
    """Replace the file as a whole."""
    replace(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def replace(path: Path, text: str, *, owner: int = -1, group: int = -1, mode: int = 0o600) -> None:
    """Replace the file as a whole by ``text``; another ``owner`` or ``group`` is given it by number."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # makes it 0600, and never of a link
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fchown(out.fileno(), owner, group)
            os.fchmod(out.fileno(), mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def appended(path: Path) -> IO[bytes]:
    """The file, open for adding at its end, made where it is missing."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags, 0o600), "ab")
