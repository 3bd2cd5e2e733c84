"""What the checkpointer reads and adds in the database of a log, as its own role.

Invariant: a checkpoint and the subtrees it was reckoned with are committed together; nothing is ever changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import psycopg2
from psycopg2.extensions import BYTES, register_type
from psycopg2.extras import execute_values

from kernel.errors import Corrupt
from kernel.log.sessions import Lost, connect
from kernel.proof.subtrees import Block
from kernel.proof.witnessed import PAGE, Cosigned

_EVENTS: Final = "select position, line, leaf from log.events where position > %s order by position limit %s"
_ENDS: Final = "select (select position from log.head), coalesce((select max(position) from log.events), 0)"
_RECORDS: Final = """
select record, leaf from (
  select record, leaf from log.commands union all select record, leaf from log.parked
  union all select record, leaf from log.intake
) records where record > %s order by record limit %s
"""
_SUBTREES: Final = """
select sha256 from log.record_subtrees where level = %s and number >= %s and number < %s order by number
"""
_LAST: Final = "select size, signed_at, note from log.checkpoints order by size desc limit 1"
_AFTER: Final = "select size, note from log.checkpoints where size > %s order by size limit %s"
_COSIGNED: Final = """
select c.size, note, array_agg(signature order by witness)
  from log.checkpoints c join log.cosignatures s using (size)
 where c.size > %s and c.size < %s group by c.size, note order by c.size desc limit %s
"""
# One that is there already belonged to a checkpoint somebody deleted; were it wrong, the next start would say so.
_BLOCKS: Final = "insert into log.subtrees (level, number, sha256, sm3) values %s on conflict do nothing"
_RECORD_BLOCKS: Final = "insert into log.record_subtrees (level, number, sha256) values %s on conflict do nothing"
_LOCK_SPACE: Final = 0x70636B70


class Signing:
    """One session as the signer of the log in the database at ``url``. Every method raises Lost and psycopg2.Error."""

    def __init__(self, url: str) -> None:
        self._session = connect(url)

    def lock(self) -> bool:
        """True where no other checkpointer of this log is at work; held until the session ends."""
        return bool(self.rows("select pg_try_advisory_lock(%s, 0)", _LOCK_SPACE)[0][0])

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement."""
        return self._ask(sql, params, as_bytes=False)

    def raw(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """The rows of one statement, texts as their bytes: one that is no text any more can still be hashed."""
        return self._ask(sql, params, as_bytes=True)

    def events(self, after: int, most: int) -> list[tuple[int, bytes, bytes]]:
        """(position, line, leaf) of at most ``most`` events above ``after``, in order; bytes as they are stored."""
        return [(position, line, bytes(leaf)) for position, line, leaf in self.raw(_EVENTS, after, most)]

    def records(self, after: int, most: int) -> list[tuple[int, bytes]]:
        """(number, leaf) of at most ``most`` records above ``after``, in order; see ``kernel.log.records``."""
        return [(number, bytes(leaf or b"")) for number, leaf in self.rows(_RECORDS, after, most)]

    def record_blocks(self, level: int, first: int, count: int) -> list[bytes]:
        """``subtrees.Blocks`` of the tree over the records. Raises Corrupt where one is missing."""
        if level:
            found = [bytes(block) for (block,) in self.rows(_SUBTREES, level, first, first + count)]
        else:
            found = [leaf for number, leaf in self.records(first, count) if number <= first + count]
        if len(found) != count:
            raise Corrupt(f"of {count} hashes of level {level} over the records, {len(found)} are there")
        return found

    def checkpoints(self) -> int:
        """How many checkpoints are kept."""
        return int(self.rows("select count(*) from log.checkpoints")[0][0])

    def ends(self) -> tuple[int, int]:
        """(position of the head row, last position that is there)."""
        ((head, last),) = self.rows(_ENDS)
        return head, last

    def last(self) -> tuple[int, int, str] | None:
        """(size, signed_at in microseconds, note) of the last checkpoint."""
        found = self.rows(_LAST)
        return (found[0][0], found[0][1], found[0][2]) if found else None

    def notes_after(self, size: int, most: int) -> list[tuple[int, str]]:
        """(size, note) of at most ``most`` checkpoints of more than ``size`` events, in order."""
        return [(size, note) for size, note in self.rows(_AFTER, size, most)]

    def cosigned(self, above: int, below: int) -> list[Cosigned]:
        """A page of the checkpoints between ``above`` and ``below`` events that witnesses co-signed, newest first."""
        return [(size, note, list(lines)) for size, note, lines in self.rows(_COSIGNED, above, below, PAGE)]

    def store(
        self, size: int, signed_at: int, note: str, blocks: Sequence[tuple[Block, bytes]], records: Sequence[Block]
    ) -> None:
        """Keep a checkpoint for ever, and what was completed since the last.

        That is ``blocks`` of the tree of events, each with its root by SM3, and blocks of the tree of ``records``.
        """
        try:
            with self._session.cursor() as cur:
                cur.execute("begin")
                if blocks:
                    values = [(block.level, block.number, block.root, other) for block, other in blocks]
                    execute_values(cur, _BLOCKS, values)
                if records:
                    execute_values(cur, _RECORD_BLOCKS, records)
                cur.execute("insert into log.checkpoints values (%s, %s, %s)", (size, signed_at, note))
                cur.execute("commit")
        except psycopg2.Error as error:
            if self._session.closed:
                raise Lost(str(error)) from error
            self._session.close()  # what was half done ends with the session
            raise

    def close(self) -> None:
        """End the session and its lock."""
        self._session.close()

    def _ask(self, sql: str, params: tuple[Any, ...], as_bytes: bool) -> list[tuple[Any, ...]]:
        try:
            with self._session.cursor() as cur:
                if as_bytes:
                    register_type(BYTES, cur)
                cur.execute(sql, params or None)
                return cur.fetchall()
        except psycopg2.Error as error:
            if self._session.closed:
                raise Lost(str(error)) from error
            raise
