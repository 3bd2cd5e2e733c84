"""The keys of a system: all of them are made before a process starts, so that none depends on who comes first."""

from __future__ import annotations

from pathlib import Path

from gateway.accounts import codes
from kernel import keyfiles, opening
from kernel.auth import Issuer
from kernel.config import Config
from kernel.proof import notekeys, policyfile
from kernel.proof.policy import Policy
from kernel.vault import postgres as vault_postgres
from kernel.vault.masters import Masters
from services import SERVICES


def make(directory: Path, province: str, signing: Path | None = None) -> None:
    """Make what is missing.

    The pair that signs tokens, the vault's keys, the keys of command digests and of one-time codes; for each service
    the pair that signs the checkpoints of its log in ``province``; and the policy, which names those and asks no
    witness yet. The halves that sign go to ``signing``, where only checkpointers look, or where that is not given to
    ``directory`` too. No master key is made where the environment gives them (PAIZHU_MASTER_KEY).
    """
    Issuer(directory)
    Masters(directory, Config.of(need=()).masters).current()
    for name in (vault_postgres.DIGEST, opening.SECRET, codes.KEY):
        keyfiles.key(directory, name)
    logs = {service: notekeys.of_log(signing or directory, province, service).verifier for service in SERVICES}
    for service, log in logs.items():
        keyfiles.made(directory, f"checkpoint-{service}.vkey", f"{log.vkey}\n".encode, mode=0o644)
    keyfiles.made(directory, policyfile.NAME, lambda: Policy(tuple(logs.values())).text.encode(), mode=0o644)
