"""Signed notes: a text, a blank line, and a line for each key that signed the text (c2sp.org/signed-note).

Two kinds of key are known: one that signs the text as it is (a log's), and one that signs the text together with the
second of signing (a witness's; c2sp.org/tlog-cosignature, Ed25519). A key is told by name and key id together, and the
key id commits to name, kind and public key. Invariant: what was parsed is written again byte for byte.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
LARGEST: Final = 65_536
"""Bytes of a note that are read at most: several hundred signatures beside a checkpoint."""

_KINDS = {ED25519: 64, COSIGNATURE: 8 + 64}
_DASH = "— "
_SURROGATE = re.compile("[\ud800-\udfff]")
_LAST_SECOND = (1 << 63) - 1


class Malformed(ValueError):
    """The text is no signed note, no signature line or no key of the form the specification gives."""


class Forged(ValueError):
    """A signature under the name and key id of a known key does not verify."""


@dataclass(frozen=True)
class Signature:
    """One line: who signed (``name``, 4 bytes ``key_id``) and the ``value``, which only that key's verifier reads."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, its newline included."""
        return f"{_DASH}{self.name} {_base64(self.key_id + self.value)}\n"

    @property
    def second(self) -> int:
        """The POSIX second a cosignature names. Only to be believed of a signature that verified."""
        return int.from_bytes(self.value[:8], "big")


@dataclass(frozen=True)
class Note:
    """A text that ends in a newline, and its signatures in their order; none of them is believed by being here."""

    body: str
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """The whole note as it is sent and kept."""
        return f"{self.body}\n{''.join(signature.line for signature in self.signatures)}"

    def merged(self, others: Iterable[Signature]) -> Note:
        """This note with ``others`` behind its own; of two by one key the later line stands, in the earlier's place."""
        by_key = {(s.name, s.key_id): s for s in (*self.signatures, *others)}
        return Note(self.body, tuple(by_key.values()))


@dataclass(frozen=True)
class Verifier:
    """The public half of a key: a ``name``, its ``kind`` (ED25519 or COSIGNATURE) and 32 bytes ``public``."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name)
        if self.kind not in _KINDS:
            raise Malformed(f"keys of kind {self.kind:#04x} are not known")
        if len(self.public) != 32:
            raise Malformed("an Ed25519 public key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        """4 bytes: the beginning of SHA-256 over name, newline, kind and public key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """``name+keyid+base64``, the form in which keys are handed on."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.kind]) + self.public)}"

    def made(self, signature: Signature) -> bool:
        """True where ``signature`` claims to be of this key: same name and same key id."""
        return signature.name == self.name and signature.key_id == self.key_id

    def verifies(self, body: str, signature: Signature) -> bool:
        """True where ``signature`` is this key's over ``body``."""
        if not self.made(signature) or len(signature.value) != _KINDS[self.kind]:
            return False
        message = body.encode()
        if self.kind == COSIGNATURE:
            if signature.second > _LAST_SECOND:
                return False
            message = _cosigned(body, signature.second)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature.value[-64:], message)
        except InvalidSignature:
            return False
        return True

    def of(self, note: Note) -> Signature | None:
        """This key's signature on ``note``, None where it has none.

        Raises:
            Forged: where a line bears this key's name and id and does not verify; such a note is to be rejected whole.
        """
        found = None
        for signature in note.signatures:
            if self.made(signature):
                if not self.verifies(note.body, signature):
                    raise Forged(f"the signature of {self.name} does not verify")
                found = found or signature
        return found


class Signer:
    """A key that signs: ``seed`` is the 32 bytes of an Ed25519 private key (RFC 8032)."""

    def __init__(self, name: str, kind: int, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, kind, self._key.public_key().public_bytes_raw())

    def signature(self, body: str, second: int | None = None) -> Signature:
        """This key's signature over ``body``; a cosignature needs the POSIX ``second`` at which it is given.

        Raises:
            Malformed: where ``body`` cannot be the text of a note.
            ValueError: where the second is missing, negative or too large, or given to a key that signs none.
        """
        _check_body(body)
        if (self.verifier.kind == COSIGNATURE) != (second is not None):
            raise ValueError("a cosignature names its second, another signature does not")
        if second is None:
            return Signature(self.verifier.name, self.verifier.key_id, self._key.sign(body.encode()))
        if not 0 <= second <= _LAST_SECOND:
            raise ValueError(f"{second} is no POSIX second")
        value = second.to_bytes(8, "big") + self._key.sign(_cosigned(body, second))
        return Signature(self.verifier.name, self.verifier.key_id, value)


def sign(body: str, signer: Signer, second: int | None = None) -> Note:
    """The note of ``body`` with the one signature of ``signer``. Raises as ``Signer.signature`` does."""
    return Note(body, (signer.signature(body, second),))


def parse(text: str) -> Note:
    """The note in ``text``, none of its signatures verified.

    Raises:
        Malformed: where it is longer than LARGEST bytes, or no note.
    """
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        raise Malformed(f"a note of more than {LARGEST} bytes is not read")
    body, blank, lines = text.rpartition("\n\n")
    body += "\n"
    if not blank or not lines.endswith("\n"):
        raise Malformed("a note is a text, a blank line and signature lines, each ended by a newline")
    _check_body(body)
    return Note(body, tuple(signature(line + "\n") for line in lines[:-1].split("\n")))


def signature(line: str) -> Signature:
    """The signature in one ``line``, its newline included. Raises Malformed."""
    words = line.removesuffix("\n").split(" ")
    if not line.endswith("\n") or len(words) != 3 or words[0] != _DASH.strip():
        raise Malformed("a signature line is: em dash, key name, base64, newline")
    _check_name(words[1])
    value = _bytes(words[2])
    if len(value) < 5:
        raise Malformed("a signature has four bytes of key id and at least one more")
    return Signature(words[1], value[:4], value[4:])


def verifier(vkey: str) -> Verifier:
    """The key in ``vkey``.

    Raises:
        Malformed: where it has another form, a kind that is not known, or a key id that is not this key's.
    """
    name, _, rest = vkey.partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = _bytes(encoded)
    found = Verifier(name, raw[0] if raw else 0, raw[1:])
    if found.key_id.hex() != key_id:
        raise Malformed(f"{key_id} is not the id of the key named {name}")
    return found


def _cosigned(body: str, second: int) -> bytes:
    return f"cosignature/v1\ntime {second}\n{body}".encode()


def _check_name(name: str) -> None:
    if not name or any(c.isspace() or c == "+" or c < " " for c in name) or _SURROGATE.search(name):
        raise Malformed("a key name is not empty and has neither spaces nor +")


def _check_body(body: str) -> None:
    if not body.endswith("\n") or any(c < " " and c != "\n" for c in body) or _SURROGATE.search(body):
        raise Malformed("the text of a note is UTF-8, ends in a newline and has no other control characters")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(encoded: str) -> bytes:
    """The bytes of standard base64 in its one canonical spelling, so that a line has no second form."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("not base64") from None
    if _base64(raw) != encoded:
        raise Malformed("not the canonical base64 of its bytes")
    return raw
