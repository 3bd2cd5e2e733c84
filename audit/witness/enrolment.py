"""Taking up a city's key into the policy of the province.

Invariant: the policy file is sound before and after, and at every moment one or the other; two who enrol at the same
time come one after the other.
"""

from __future__ import annotations

import fcntl
from pathlib import Path

from audit.witness.files import write
from audit.witness.state import Unusable, key_name
from kernel.proof import notes
from kernel.proof.policy import Policy, Unsound, parse
from kernel.proof.policyfile import NAME


def read(keys: Path) -> Policy:
    """The policy of the system with its keys in ``keys``. Raises Unusable."""
    path = keys / NAME
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unusable(f"there is no {path}: has the system been started yet?") from None
    except ValueError as reason:
        raise Unusable(f"{path} is damaged: {reason}") from None


def key_of(city: str, vkey: str) -> notes.Verifier:
    """The key in ``vkey``. Raises Unusable where it is not one the witness of ``city`` makes."""
    try:
        key = notes.verifier(vkey.strip())
    except notes.Malformed as reason:
        raise Unusable(f"that is no key of a witness ({key_name(city)}+ID+KEY): {reason}") from None
    if key.name != key_name(city) or key.kind != notes.COSIGNATURE:
        raise Unusable(f"the key is of {key.name}; that of city {city} is called {key_name(city)}")
    return key


def enrol(keys: Path, city: str, vkey: str, enough: int | None = None) -> Policy:
    """Enrol the witness of ``city`` with ``vkey``, and tell the policy that now holds.

    ``enough`` is how many cities must co-sign from now on; without it the smallest number above two thirds.

    Raises:
        Unusable: where the key is not one this city's witness makes, or the policy does not take it.
    """
    key = key_of(city, vkey)
    read(keys)  # before a lock is made where no system is
    with (keys / f".{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read(keys)
        if not any(log.name.startswith(key.name.partition("/witness/")[0] + "/") for log in known.logs):
            raise Unusable(f"city {city} is not in the province whose logs the policy names")
        try:
            made = known.enrolled(city, key, enough)
        except Unsound as reason:
            raise Unusable(f"the policy does not take this: {reason}") from None
        write(keys / NAME, made.text, mode=0o644)
        return made
