"""The keys of a system: all of them are made before a process starts, so that none depends on who comes first."""

from __future__ import annotations

from pathlib import Path

from kernel import keyfiles, opening, vault_postgres
from kernel.auth import Issuer
from kernel.config import Config
from kernel.masters import Masters


def make(directory: Path) -> None:
    """Make what is missing: the pair that signs tokens, the vault's keys, the key of command digests.

    No master key is made where the environment gives them (PAIZHU_MASTER_KEY).
    """
    Issuer(directory)
    Masters(directory, Config.of(need=()).masters).current()
    for name in (vault_postgres.DIGEST, opening.SECRET):
        keyfiles.key(directory, name)
