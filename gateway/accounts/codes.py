"""One-time codes (TOTP, RFC 6238; six digits, thirty seconds, SHA-1 as every authenticator has it).

Invariant: a code is taken once; the secret is sealed under a key that is not in the database.
"""

from __future__ import annotations

import hmac
from typing import Final

import pyotp

from kernel.ciphers import INTERNATIONAL, decrypt

STEP: Final = 30
"""Seconds of a code."""
KEY: Final = "accounts.key"
"""The file of the key that secrets are sealed under, beside the other keys."""


def fresh() -> str:
    """A new secret, 32 characters of base32 (160 bits, RFC 4226 section 4)."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """What an authenticator reads: ``otpauth://totp/…``."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="派驻")


def taken(secret: str, code: str, now: float, last: int) -> int:
    """The step of ``code``, which is that of ``now``, the one before or the one after, and later than ``last``; 0 for
    a code that is not taken."""
    given = "".join(code.split())
    for step in (int(now) // STEP + off for off in (0, -1, 1)):
        if hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP).encode(), given.encode()) and step > last:
            return step
    return 0


def sealed(key: bytes, secret: str, name: str) -> bytes:
    """The secret of account ``name``, sealed."""
    return INTERNATIONAL.encrypt(key, secret.encode(), name.encode())


def opened(key: bytes, secret: bytes, name: str) -> str:
    """The secret that was sealed. Raises Damaged."""
    return decrypt(key, secret, name.encode()).decode()
