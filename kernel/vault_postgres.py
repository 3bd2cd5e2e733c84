"""The vault's keys in PostgreSQL: table ``vault.keys``, in the service's database but outside its log.

Invariant: a key is written once and never changed; the application may insert and read, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.config import Config
from kernel.keyfiles import key
from kernel.log.sessions import Readers
from kernel.vault import Vault

MASTER, DIGEST = "vault-master.key", "vault-digest.key"

_ADD = "insert into vault.keys (subject, wrapped) select * from unnest(%s::text[], %s::bytea[]) on conflict do nothing"
_GET = "select subject, wrapped from vault.keys where subject = any(%s)"


class PostgresKeys:
    """Implements ``vault.KeyStore``. ``sessions`` lends connections in autocommit mode."""

    def __init__(self, sessions: Readers) -> None:
        self._sessions = sessions

    def add(self, wrapped: Mapping[str, bytes]) -> None:
        """See ``KeyStore.add``."""
        # In the order of the subjects, so that two processes never wait for each other.
        subjects = sorted(wrapped)
        with self._sessions.cursor() as cursor:
            cursor.execute(_ADD, (subjects, [wrapped[s] for s in subjects]))

    def get(self, subjects: Iterable[str]) -> dict[str, bytes]:
        """See ``KeyStore.get``."""
        rows, _ = self._sessions.query(_GET, (list(subjects),))
        return {subject: bytes(wrapped) for subject, wrapped in rows}


def tools(config: Config) -> dict[str, Any]:
    """``Service.tools`` of a service that seals: its vault, under the keys of the process."""
    store = PostgresKeys(Readers(config.db))
    return {"vault": Vault(key(config.keys, MASTER), key(config.keys, DIGEST), store)}
