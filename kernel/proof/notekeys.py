"""The key files of those who sign notes: the seed for its holder alone, the public key beside it for everybody.

Invariant: the pair is made once; the name and kind of a key never change under a seed that exists.
"""

from __future__ import annotations

from pathlib import Path

from kernel import keyfiles
from kernel.proof import notes
from kernel.proof.checkpoint import origin


def signer(directory: Path, stem: str, name: str, kind: int) -> notes.Signer:
    """The key ``<stem>.key`` (0600, an Ed25519 seed) with ``<stem>.vkey`` beside it; made on first use.

    Raises:
        ValueError: where the seed is damaged or open to others, or the public file beside it is of another key.
    """
    found = notes.Signer(name, kind, keyfiles.key(directory, f"{stem}.key"))
    public = keyfiles.made(directory, f"{stem}.vkey", lambda: f"{found.verifier.vkey}\n".encode(), mode=0o644)
    if verifier(public) != found.verifier:
        raise ValueError(f"{public.name} is not the public half of {stem}.key under the name {name}")
    return found


def verifier(path: Path) -> notes.Verifier:
    """The key in a ``.vkey`` file. Raises notes.Malformed."""
    return notes.verifier(path.read_text(encoding="utf-8").strip())


def of_log(directory: Path, province: str, service: str) -> notes.Signer:
    """The key with which the log of ``service`` signs its checkpoints; raises as ``signer`` does."""
    return signer(directory, f"checkpoint-{service}", origin(province, service), notes.ED25519)
