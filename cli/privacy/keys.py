"""Master keys of a system: rotation, and how many data keys each generation wraps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import click

from deploy.local.system import System
from kernel.config import BadSetting, Config
from kernel.keyfiles import key
from kernel.log.sessions import Readers, connect
from kernel.vault import Vault, rotation
from kernel.vault import postgres as vault_postgres
from kernel.vault.masters import Masters

_WRAPPED = """
select m.master, m.retired_at is not null, count(k.subject)
  from vault.masters m left join vault.keys k using (master)
 where m.master <> '' or k.subject is not null group by 1, 2, m.first_used order by m.first_used
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Where the keys are: the database as its security role, the ring of master keys, the configuration."""

    url: str
    config: Config

    @property
    def masters(self) -> Masters:
        """The ring as it is now."""
        return vault_postgres.ring(self.config)

    def rotate(self, retire: bool, told: Callable[[int], None]) -> rotation.Rotated:
        """See ``kernel.vault.rotation.rotate``."""
        return rotation.rotate(self.url, self._vault(), self.masters, retire=retire, told=told)

    def generations(self) -> list[tuple[str, bool, int]]:
        """(id, retired, data keys wrapped) of every master key that was ever used, oldest first."""
        with closing(connect(self.url)) as session, session.cursor() as cursor:
            cursor.execute(_WRAPPED)
            return list(cursor.fetchall())

    def damaged(self) -> list[str]:
        """The persons whose keys no master key unwraps, by id."""
        with closing(connect(self.url)) as session, session.cursor() as cursor:
            cursor.execute("select subject from vault.keys")
            return sorted(self._vault().broken(subject for (subject,) in cursor.fetchall()))

    def destroyed(self) -> int:
        """How many keys were destroyed."""
        with closing(connect(self.url)) as session, session.cursor() as cursor:
            cursor.execute("select count(*) from vault.destroyed")
            ((count,),) = cursor.fetchall()
            return int(count)

    def _vault(self) -> Vault:
        store = vault_postgres.PostgresKeys(Readers(self.url))
        return Vault(self.masters, key(self.config.keys, vault_postgres.DIGEST), store, self.config.cipher)


def held(data: Path, database: str | None, keys: Path | None) -> Held:
    """The keys of a local system, or those named. Raises ClickException where there are none."""
    try:
        config = Config.of(need=())
    except BadSetting as wrong:
        raise click.ClickException(str(wrong)) from None
    if database is not None:
        if keys is None:
            raise click.UsageError("--database needs --keys, the directory of key files")
        return Held(database, replace(config, keys=keys))
    system = System(data.resolve())
    if not system.is_up():
        raise click.ClickException(f"no system runs in {data}: `paizhu up --data {data}`, or --database URL --keys DIR")
    return Held(system.security_url, replace(config, keys=system.keys))
