"""Key files: random bytes in a directory of their own, made once, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

LENGTH = 32


def key(directory: Path, name: str) -> bytes:
    """The 32 bytes of the key ``name``; made on first use, by whichever process comes first."""
    path = directory / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        directory.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(LENGTH))
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(fresh, path)  # whole or not at all, and never over another's
    finally:
        os.unlink(fresh)
    return path.read_bytes()
