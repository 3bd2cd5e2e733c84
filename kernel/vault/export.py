"""The sealed file in which all data of a person leaves the system before it is destroyed here.

JSON: ``format``, ``person``, ``sealed`` (base64 of what ``Cipher.encrypt`` gives for the content, bound to the person).
The key is made for this one file and kept nowhere: the system remembers the digest of what it gave away, and no more.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any, Final

from kernel.ciphers import SECRET, Cipher, Damaged, decrypt

FORMAT: Final = "paizhu-export/1"


class CannotOpen(Exception):
    """The text is no export, was changed, or the key is another's."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is handed over: the text of the file, its SHA-256 in hexadecimal, and the key that opens it (base64)."""

    text: str
    sha256: str
    key: str


def sealed(person: str, content: Any, cipher: Cipher) -> Export:
    """``content`` (JSON data) under a fresh key."""
    key = secrets.token_bytes(SECRET)
    blob = cipher.encrypt(key, json.dumps(content, ensure_ascii=False).encode(), _about(person))
    body = {"format": FORMAT, "person": person, "sealed": base64.b64encode(blob).decode()}
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    return Export(text, digest(text), base64.b64encode(key).decode())


def digest(text: str) -> str:
    """The SHA-256 by which the file is named, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def opened(text: str, key: str) -> Any:
    """The content of an export. Raises CannotOpen."""
    try:
        export = json.loads(text)
        if export.get("format") != FORMAT:
            raise CannotOpen(f"this is no {FORMAT}")
        secret, blob = (base64.b64decode(part, validate=True) for part in (key.strip(), export["sealed"]))
        return json.loads(decrypt(secret, blob, _about(export["person"])))
    except (ValueError, KeyError, AttributeError, Damaged):
        raise CannotOpen("this does not open with this key") from None


def _about(person: str) -> bytes:
    return f"{FORMAT} {person}".encode()
