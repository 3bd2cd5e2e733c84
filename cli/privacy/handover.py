"""The sealed file in which a person's data is handed over before it is destroyed.

JSON: ``format``, ``person``, ``sealed`` (base64 of what ``Cipher.encrypt`` gives for the content, bound to the person).
The key is made for this one file and shown once; it is written nowhere. Invariant: when ``write`` returns the file is
on the disk, readable by its owner only, and was opened again with the key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kernel.ciphers import SECRET, Cipher, Damaged, decrypt

FORMAT: Final = "paizhu-export/1"


class CannotOpen(Exception):
    """The file is no export, was changed, or the key is another's."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A written export: its path, its SHA-256 in hexadecimal, and the key that opens it (base64)."""

    path: Path
    sha256: str
    key: str


def write(directory: Path, person: str, content: Any, cipher: Cipher) -> HandedOver:
    """Seal ``content`` (JSON data) under a fresh key into a new file of ``directory``. Raises OSError."""
    key = secrets.token_bytes(SECRET)
    sealed = cipher.encrypt(key, json.dumps(content, ensure_ascii=False).encode(), _about(person))
    text = json.dumps({"format": FORMAT, "person": person, "sealed": base64.b64encode(sealed).decode()}, indent=1)
    body = f"{text}\n".encode()
    digest = hashlib.sha256(body).hexdigest()
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = directory / f"export-{digest[:16]}.json"  # an id may hold what a file name may not
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    _sync(directory)
    written = HandedOver(path, digest, base64.b64encode(key).decode())
    if opened(path, written.key) != content:
        raise CannotOpen(f"{path} does not hold what was written")
    return written


def opened(path: Path, key: str) -> Any:
    """The content of an export. Raises CannotOpen."""
    try:
        export = json.loads(path.read_text(encoding="utf-8"))
        if export.get("format") != FORMAT:
            raise CannotOpen(f"{path} is no {FORMAT}")
        secret, sealed = (base64.b64decode(text, validate=True) for text in (key.strip(), export["sealed"]))
        return json.loads(decrypt(secret, sealed, _about(export["person"])))
    except (ValueError, KeyError, AttributeError, Damaged):
        raise CannotOpen(f"{path} does not open with this key") from None


def _about(person: str) -> bytes:
    return f"{FORMAT} {person}".encode()


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
