"""Replacing the key with which a log signs its checkpoints (docs/witnessing.md, "A new key").

Invariant: the announcement is on the disk before the new key signs anything, and the old seed goes last; a replacement
that was cut short is finished by the same call made again. The checkpointer of the log does not run meanwhile.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kernel import keyfiles
from kernel.proof import notekeys, notes, policy, succession
from kernel.proof.checkpoint import origin
from kernel.proof.policyfile import NAME
from kernel.proof.signedstate import SignedState
from kernel.proof.succession import Succession


def replace(
    keys: Path, signing: Path | None, remembered: Path, province: str, service: str, *, lost: bool = False
) -> tuple[Succession, notes.Note]:
    """Announce a new key of ``service`` and put it in the old one's place; gives the announcement.

    Args:
        keys: the directory of public keys and policy; ``signing`` that of the halves that sign, where it is another.
        remembered: where the checkpointer keeps what it signed last: its size is the last under the old key.
        lost: the old key is gone or in wrong hands: it signs nothing, and the witnesses' word is needed (``endorse``).

    Raises:
        ValueError: a key file is damaged or missing.
        signedstate.Damaged, OSError: what is kept cannot be read or written.
    """
    folder, stem = signing or keys, f"checkpoint-{service}"
    new = notes.Signer(origin(province, service), notes.ED25519, keyfiles.key(folder, f"{stem}.next.key"))
    announced = list(succession.kept(keys, service))
    if not announced or succession.read(announced[-1])[0].new != new.verifier:
        old: notes.Signer | notes.Verifier = notekeys.verifier(keys / f"{stem}.vkey")
        if not lost:
            if not (folder / f"{stem}.key").exists():
                raise ValueError(f"{stem}.key is not in {folder}; without the old key: --lost")
            old = notekeys.of_log(folder, province, service)
        signed = SignedState(remembered / f"{service}.json").load()
        announced.append(succession.announce(old, new, signed.size if signed else 0).text)
        _write(keys, service, announced)
    one, note = succession.read(announced[-1])
    _into_policy(keys, one.new)
    for directory in {keys, folder}:
        keyfiles.replace(directory, f"{stem}.vkey", f"{one.new.vkey}\n".encode(), mode=0o644)
    _put(folder, stem)
    return one, note


def endorse(keys: Path, service: str, lines: list[str]) -> Succession:
    """Put witnesses' signature ``lines`` under the last announcement. Raises ValueError for one that is nobody's."""
    announced = list(succession.kept(keys, service))
    if not announced:
        raise ValueError(f"no new key of {service} is announced in {keys}")
    one, note = succession.read(announced[-1])
    rules = policy.parse((keys / NAME).read_text(encoding="utf-8"))
    signatures = [notes.signature(f"{line.strip()}\n") for line in lines]
    for signature in signatures:
        if rules.witness_of(note.body, signature) is None:
            raise ValueError(f"the signature of {signature.name} is not that of a witness of the policy over this")
    announced[-1] = note.merged(signatures).text
    _write(keys, service, announced)
    return one


def _write(keys: Path, service: str, announced: list[str]) -> None:
    keyfiles.replace(keys, succession.name_of(service), "\n".join(announced).encode(), mode=0o644)


def _into_policy(keys: Path, new: notes.Verifier) -> None:
    """The policy names the old key and, behind it, the new one; enrolments wait meanwhile."""
    with (keys / f".{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = policy.parse((keys / NAME).read_text(encoding="utf-8"))
        if new not in known.logs:
            made = policy.Policy((*known.logs, new), known.witnesses, known.groups, known.quorum)
            keyfiles.replace(keys, NAME, made.text.encode(), mode=0o644)


def _put(folder: Path, stem: str) -> None:
    """The new seed in the place of the old, which is destroyed where it is still there."""
    key, old = folder / f"{stem}.key", folder / f"{stem}.old.key"
    if key.exists() and not old.exists():
        os.link(key, old)
    os.replace(folder / f"{stem}.next.key", key)
    keyfiles.destroy(old)
