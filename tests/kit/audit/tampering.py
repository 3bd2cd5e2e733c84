"""A log of lines without meaning, and what somebody with power over its database can do to it."""

from __future__ import annotations

from tests.kit.databases import Database, run

TABLES = (
    *("events", "commands", "claims", "parked", "intake", "subtrees", "record_subtrees", "checkpoints", "cosignatures"),
)
_LEAF = "sha256('\\x00'::bytea || convert_to({line}, 'UTF8'))"


class Victim:
    """The log in ``database``, on the server whose superuser's address is ``server``."""

    def __init__(self, database: Database, server: str) -> None:
        self.database = database
        self.superuser = server.rpartition("/")[0] + "/" + database.url.rpartition("/")[2]

    def append(self, upto: int, after: int = 0, word: str = "synthetic") -> None:
        """Events from ``after`` + 1 to ``upto``, as an append leaves them."""
        line = f'format(\'{{"word":"{word}","position":%s}}\', n)'
        run(
            self.database.owner_url,
            f"insert into log.events select n, 'probe/' || n, 1, 'Counted', {line}, {_LEAF.format(line=line)}"
            f" from generate_series({after + 1}, {upto}) n; update log.head set position = {upto}",
        )

    def force(self, sql: str) -> None:
        """Run ``sql`` as a superuser with every protection lifted, and put the protection back."""
        off = ";".join(f"alter table log.{table} disable trigger append_only" for table in TABLES)
        on = ";".join(f"alter table log.{table} enable always trigger append_only" for table in TABLES)
        run(self.superuser, f"begin; {off}; {sql}; {on}; commit")

    def change(self, position: int, with_leaf: bool = False) -> None:
        """Change one byte of the line at ``position``; with its leaf, so that the row looks well."""
        self.force(f"update log.events set line = overlay(line placing 'S' from 10) where position = {position}")
        if with_leaf:
            self.force(f"update log.events set leaf = {_LEAF.format(line='line')} where position = {position}")

    def mend(self, position: int) -> None:
        """Undo ``change``."""
        self.force(f"update log.events set line = overlay(line placing 's' from 10) where position = {position}")
        self.force(f"update log.events set leaf = {_LEAF.format(line='line')} where position = {position}")

    def restore(self, size: int) -> None:
        """Take the whole database back to the hour when the log had ``size`` events."""
        self.force(
            f"delete from log.cosignatures where size > {size}; delete from log.checkpoints where size > {size};"
            f"delete from log.subtrees where (number + 1) * 256 ^ level > {size};"
            f"delete from log.events where position > {size}; update log.head set position = {size}"
        )
