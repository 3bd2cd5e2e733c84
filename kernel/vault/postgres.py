"""The vault's keys in PostgreSQL: schema ``vault``, in the service's database but outside its log.

Invariant: the application writes a key once and reads it, nothing else; what else becomes of keys the database sees to
itself (the service's migrations) or the security role does (``kernel.vault.rotation``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg2

from kernel.config import Config
from kernel.keyfiles import key
from kernel.log.sessions import Readers
from kernel.vault import Destroyed, Retired, Vault, Wrapped
from kernel.vault.masters import Masters

DIGEST = "vault-digest.key"
MOMENT = 1.0  # a question to the database would cost more than the sealing

_ADD = """
insert into vault.keys (subject, master, wrapped) select * from unnest(%s::text[], %s::text[], %s::bytea[])
on conflict do nothing
"""
_GET = "select subject, master, wrapped from vault.keys where subject = any(%s)"
_DESTROYED = "select subject from vault.destroyed where subject = any(%s)"
_FINISH = "select vault.destroy_erased()"
_REFUSALS: Mapping[str | None, type[Exception]] = {"PZ001": Destroyed, "PZ002": Retired}


class PostgresKeys:
    """Implements ``vault.KeyStore``. ``sessions`` lends connections in autocommit mode."""

    def __init__(self, sessions: Readers) -> None:
        self._sessions = sessions

    def add(self, wrapped: Mapping[str, Wrapped]) -> None:
        """See ``KeyStore.add``."""
        # In the order of the subjects, so that two processes never wait for each other.
        subjects = sorted(wrapped)
        masters, keys = [wrapped[s].master for s in subjects], [wrapped[s].key for s in subjects]
        try:
            with self._sessions.cursor() as cursor:
                cursor.execute(_ADD, (subjects, masters, keys))
        except psycopg2.Error as error:
            refusal = _REFUSALS.get(error.pgcode)
            if refusal is None:
                raise
            raise refusal from None

    def get(self, subjects: Iterable[str]) -> dict[str, Wrapped]:
        """See ``KeyStore.get``."""
        rows, _ = self._sessions.query(_GET, (list(subjects),))
        return {subject: Wrapped(master, bytes(wrapped)) for subject, master, wrapped in rows}

    def destroyed(self, subjects: Iterable[str]) -> frozenset[str]:
        """See ``KeyStore.destroyed``."""
        rows, _ = self._sessions.query(_DESTROYED, (list(subjects),))
        return frozenset(subject for (subject,) in rows)

    def finish(self) -> int:
        """Destroy the keys of subjects the log says were erased, where any are left; gives their number."""
        ((destroyed,),), _ = self._sessions.query(_FINISH)
        return int(destroyed)


def ring(config: Config) -> Masters:
    """The master keys of a process: those of its environment, then those in its directory of keys."""
    return Masters(config.keys, config.masters)


def tools(config: Config) -> dict[str, Any]:
    """``Service.tools`` of a service that seals: its vault, under the keys and the profile of the process."""
    store = PostgresKeys(Readers(config.db))
    store.finish()
    return {"vault": Vault(ring(config), key(config.keys, DIGEST), store, config.cipher, moment=MOMENT)}
