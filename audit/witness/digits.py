"""A key as digits, to be read aloud: two people who know each other's voice compare them before a key is trusted."""

from __future__ import annotations

import hashlib

from kernel.proof import notes


def digits(key: notes.Verifier) -> str:
    """Six groups of five digits from SHA-256 of the whole key, name included; two are alike once in 10**30."""
    number = int.from_bytes(hashlib.sha256(key.vkey.encode()).digest(), "big") % 10**30
    text = f"{number:030}"
    return " ".join(text[i : i + 5] for i in range(0, 30, 5))
