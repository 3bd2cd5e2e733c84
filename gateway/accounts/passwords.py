"""Passwords: hashed with Argon2id, weighed before they are taken, never kept and never told.

Source: OWASP ASVS 5.0 V6.2 (length and composition), V11.4.2 (hashing); RFC 9106 section 4, the second recommended
option (64 MiB, three passes, four lanes). Invariant: an unknown account costs as long as a known one.
"""

from __future__ import annotations

import secrets
import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

SHORTEST: Final = 12
LONGEST: Final = 128
"""Characters of a password."""
_AT_ONCE: Final = 2
"""Hashes at a time: each takes 64 MiB."""
_COMMON: Final = (
    *("password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "iloveyou", "welcome", "administrator", "letmein"),
    *("123456", "654321", "111111", "000000", "888888", "666666", "abcdef", "1qaz2wsx", "woaini", "paizhu", "派驻"),
)
"""What the commonest passwords of twelve characters and more are made of; a password may not be that and a few more."""
_REST: Final = 6
"""Characters that a password must have beside what is common or the account's own name."""
_INITIAL: Final = "abcdefghjkmnpqrstuvwxyz23456789"


class Passwords:
    """Hashes and compares. Safe for threads."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with self._turns:
            return self._hasher.hash(password)

    def holds(self, kept: str, password: str) -> bool:
        """True where ``password`` is the one ``kept``; "" is nobody's, and compared as long."""
        with self._turns:
            try:
                return self._hasher.verify(kept or self._nobody, password[: LONGEST + 1]) and bool(kept)
            except (VerificationError, InvalidHashError):
                return False


def initial() -> str:
    """A first password: 20 letters and digits that are not mistaken for each other, about 99 bits."""
    drawn = "".join(secrets.choice(_INITIAL) for _ in range(20))
    return "-".join(drawn[at : at + 5] for at in range(0, 20, 5))


def weak(password: str, name: str) -> str:
    """Why a password is not taken, for its holder; "" where it is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"口令须为 {SHORTEST} 至 {LONGEST} 个字符"
    rest = password.casefold()
    for known in (name, *name.replace("@", ".").split("."), *_COMMON):
        if len(known) > 1:
            rest = rest.replace(known, "")
    if len(rest) < _REST or len(set(rest)) < _REST - 1:
        return "口令过于常见、过于简单或含有账号名"
    return ""
