"""Key files: one secret each, in a directory of their own, made once, readable by their owner only.

Invariant: a key file is there whole or not at all, and what the first process wrote is never written over.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LENGTH = 32


def key(directory: Path, name: str) -> bytes:
    """The 32 random bytes of the key ``name``; made on first use, by whichever process comes first.

    Raises:
        ValueError: where the file holds anything else, or others than its owner may read it.
    """
    path = made(directory, name, lambda: secrets.token_bytes(LENGTH))
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ValueError(f"{name} must be readable by its owner only (mode 0600)")
    content = path.read_bytes()
    if len(content) != LENGTH:
        raise ValueError(f"{name} must hold exactly {LENGTH} bytes")
    return content


def made(directory: Path, name: str, content: Callable[[], bytes], mode: int = 0o600) -> Path:
    """The file ``name``, made with ``content`` where it is missing. Of two processes at once the first wins."""
    path = directory / name
    if path.exists():
        return path
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = directory / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(content())
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)  # whole or not at all, and never over another's
    finally:
        fresh.unlink(missing_ok=True)
    return path


def replace(directory: Path, name: str, content: bytes, mode: int = 0o600) -> None:
    """Put ``content`` in the file ``name``, whole and past every cache; whoever reads has the old or the new."""
    fresh = directory / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(directory / name)
    finally:
        fresh.unlink(missing_ok=True)


def destroy(path: Path) -> None:
    """Overwrite the key in ``path`` with zeros on the disk and remove it. A file that is gone already is no error.

    A file system that copies on write, or a disk that remaps blocks, may keep the old block all the same.
    """
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
