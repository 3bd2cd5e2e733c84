"""The vault: data of a subject under a key of that subject, the keys outside the log.

Every subject has a data key of its own (AES-256-GCM); data keys are wrapped by a master key that stands in a file.
Invariants: what leaves ``seal`` tells nothing about its content, a blob opens for the subject it was sealed for and for
no other (the subject is its additional data), and a subject whose key is gone can never be read again.

Forms. Sealed value: base64 of one version byte (1), a nonce of 12 bytes, ciphertext and tag. Wrapped key: the same
bytes without base64. Content is canonical JSON. Nonces are random: NIST SP 800-38D allows 2^32 of them a key, and a
subject has a handful. Digests are HMAC-SHA-256 (RFC 2104) under a key of their own, so that they cannot be guessed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kernel.codec import canonical

_VERSION = b"\x01"
_KEY, _NONCE = 32, 12


class Sealed(Exception):
    """A blob that cannot be opened: another subject's, damaged, or its key is gone. Never says what it held."""


class KeyStore(Protocol):
    """Where wrapped data keys stand."""

    def add(self, wrapped: Mapping[str, bytes]) -> None:
        """Store keys of new subjects in one statement; a subject that has a key keeps it."""
        ...

    def get(self, subjects: Iterable[str]) -> dict[str, bytes]:
        """The wrapped keys of those subjects that have one."""
        ...


class MemoryKeys:
    """Keys in memory: the twin of the database's table, for tests."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def add(self, wrapped: Mapping[str, bytes]) -> None:
        """See ``KeyStore.add``."""
        self.keys = {**wrapped, **self.keys}

    def get(self, subjects: Iterable[str]) -> dict[str, bytes]:
        """See ``KeyStore.get``."""
        return {s: self.keys[s] for s in subjects if s in self.keys}


class Vault:
    """Seals and opens. ``master`` and ``digest_key`` have 32 bytes each. Safe for threads where its store is."""

    def __init__(self, master: bytes, digest_key: bytes, store: KeyStore) -> None:
        if len(master) != _KEY or len(digest_key) != _KEY or master == digest_key:
            raise ValueError(f"the vault needs two different keys of {_KEY} bytes")
        self._master = AESGCM(master)
        self._digest_key = digest_key
        self._store = store

    def digest(self, text: str) -> str:
        """A keyed digest of ``text`` (64 hexadecimal digits): equal for equal texts, worthless without the key."""
        return hmac.new(self._digest_key, text.encode(), hashlib.sha256).hexdigest()

    def seal(self, subject: str, content: Any) -> str:
        """``content`` (JSON data) sealed for ``subject``; its key is made where it has none."""
        return self.seal_all([(subject, content)])[0]

    def seal_all(self, items: Iterable[tuple[str, Any]]) -> list[str]:
        """Each (subject, content) sealed, in order; the keys of all new subjects are made in one statement."""
        items = list(items)
        keys = self._keys_of({subject for subject, _ in items})
        return [
            base64.b64encode(_encrypt(keys[subject], canonical(content), subject)).decode()
            for subject, content in items
        ]

    def open(self, subject: str, sealed: str) -> Any:
        """The content of one blob. Raises Sealed."""
        return self.open_all([(subject, sealed)])[0]

    def open_all(self, items: Iterable[tuple[str, str]]) -> list[Any]:
        """The contents of (subject, blob) pairs, in order. Raises Sealed where one cannot be opened."""
        items = list(items)
        keys = self._unwrapped(self._store.get({subject for subject, _ in items}))
        opened = []
        for subject, sealed in items:
            if subject not in keys:
                raise Sealed(f"no key for {subject}")
            try:
                blob = base64.b64decode(sealed, validate=True)
            except ValueError:
                raise Sealed(f"a blob of {subject} is damaged") from None
            opened.append(orjson.loads(_decrypt(keys[subject], blob, subject)))
        return opened

    def _keys_of(self, subjects: set[str]) -> dict[str, AESGCM]:
        held = self._store.get(subjects)
        missing = sorted(subjects - held.keys())
        if missing:
            new = {s: AESGCM.generate_key(_KEY * 8) for s in missing}
            self._store.add({s: _encrypt(self._master, key, s) for s, key in new.items()})
            # Read again: another process may have made a key for the same subject, and the first one counts.
            held |= self._store.get(missing)
        return self._unwrapped(held)

    def _unwrapped(self, wrapped: Mapping[str, bytes]) -> dict[str, AESGCM]:
        return {s: AESGCM(_decrypt(self._master, key, s)) for s, key in wrapped.items()}


def _encrypt(key: AESGCM, plain: bytes, subject: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + key.encrypt(nonce, plain, subject.encode())


def _decrypt(key: AESGCM, blob: bytes, subject: str) -> bytes:
    if blob[:1] != _VERSION or len(blob) < 1 + _NONCE:
        raise Sealed(f"a blob of {subject} has an unknown version")
    try:
        return key.decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], subject.encode())
    except InvalidTag:
        raise Sealed(f"a blob of {subject} does not open") from None
