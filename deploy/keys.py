"""The keys of a system: all of them are made before a process starts, so that none depends on who comes first."""

from __future__ import annotations

from pathlib import Path

from kernel import keyfiles, opening, vault_postgres
from kernel.auth import Issuer


def make(directory: Path) -> None:
    """Make what is missing: the pair that signs tokens, the vault's keys, the key of command digests."""
    Issuer(directory)
    for name in (vault_postgres.MASTER, vault_postgres.DIGEST, opening.SECRET):
        keyfiles.key(directory, name)
