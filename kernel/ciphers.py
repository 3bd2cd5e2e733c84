"""Ciphers: the two profiles under which data is sealed, behind one interface.

``international`` is AES-256-GCM with HMAC-SHA-256; ``national`` is SM4-GCM (GB/T 32907, mode of RFC 8998) with HMAC-SM3
(GB/T 32905). Invariant: the first byte of what ``encrypt`` gives names the profile, so what was sealed under one opens
while another is chosen, and every secret has 32 bytes whatever the profile.

Form: version byte, nonce of 12 bytes, ciphertext, tag of 16 bytes. Nonces are random: NIST SP 800-38D allows 2^32 of
them a key, and no key here is used more than a few times.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as Machine
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECRET: Final = 32
"""Bytes of a secret: a master key, a data key, the key of digests."""
_VERSION, _NONCE, _TAG = 1, 12, 16
_HEAD = _VERSION + _NONCE


class Damaged(Exception):
    """What was to be opened has an unknown version, another key or other additional data, or was changed."""


class Aead(Protocol):
    """Authenticated encryption under one key, as ``cryptography`` offers it for AES; the tag follows the ciphertext."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """``data`` sealed."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """What was sealed. Raises InvalidTag."""
        ...


class Sm4Gcm:
    """SM4 in GCM, of which ``cryptography`` has the parts only."""

    def __init__(self, secret: bytes) -> None:
        # SM4 takes 16 bytes. They are derived, so that the same secret is never the key of two ciphers.
        self._algorithm = algorithms.SM4(hmac.digest(secret, b"paizhu sm4-gcm", "sm3")[:16])

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """See ``Aead.encrypt``."""
        engine = Machine(self._algorithm, modes.GCM(nonce)).encryptor()
        engine.authenticate_additional_data(associated_data or b"")
        return engine.update(data) + engine.finalize() + engine.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """See ``Aead.decrypt``."""
        if len(data) < _TAG:
            raise InvalidTag
        engine = Machine(self._algorithm, modes.GCM(nonce, data[-_TAG:])).decryptor()
        engine.authenticate_additional_data(associated_data or b"")
        return engine.update(data[:-_TAG]) + engine.finalize()


@dataclass(frozen=True, slots=True)
class Cipher:
    """One profile. ``version`` is its byte in what it seals."""

    name: str
    version: int
    _aead: Callable[[bytes], Aead] = field(repr=False)
    _hash: str = field(repr=False)

    def encrypt(self, secret: bytes, plain: bytes, about: bytes) -> bytes:
        """``plain`` sealed under ``secret``; ``about`` is bound to it and has to be given again to open it."""
        nonce = os.urandom(_NONCE)
        return bytes((self.version,)) + nonce + self._aead(secret).encrypt(nonce, plain, about)

    def digest(self, secret: bytes, text: str) -> str:
        """The HMAC (RFC 2104) of ``text``, 64 hexadecimal digits."""
        return hmac.digest(secret, text.encode(), self._hash).hex()

    def hash(self, content: bytes) -> str:
        """The plain digest of ``content``, 64 hexadecimal digits."""
        return hashlib.new(self._hash, content).hexdigest()

    def _decrypt(self, secret: bytes, blob: bytes, about: bytes) -> bytes:
        try:
            return self._aead(secret).decrypt(blob[_VERSION:_HEAD], blob[_HEAD:], about)
        except InvalidTag:
            raise Damaged("does not open") from None


INTERNATIONAL: Final = Cipher("international", 1, AESGCM, "sha256")
NATIONAL: Final = Cipher("national", 2, Sm4Gcm, "sm3")
CIPHERS: Final[Mapping[str, Cipher]] = {cipher.name: cipher for cipher in (INTERNATIONAL, NATIONAL)}
_BY_VERSION: Final = {cipher.version: cipher for cipher in CIPHERS.values()}


def decrypt(secret: bytes, blob: bytes, about: bytes) -> bytes:
    """What ``blob`` holds, under the profile its first byte names. Raises Damaged."""
    cipher = _BY_VERSION.get(blob[0]) if len(blob) >= _HEAD + _TAG else None
    if cipher is None:
        raise Damaged("has an unknown version")
    return cipher._decrypt(secret, blob, about)
