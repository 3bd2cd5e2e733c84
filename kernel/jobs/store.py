"""The table of jobs in a service's database.

Invariants: an id is one job; who waited longest since a job of its own was begun is next; only the worker that holds a
job's lock works it, and a lock ends with its holder's connection, so the job of a worker that died is taken up again; a
job ends once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from typing import Any, Final

import orjson
import psycopg2

from kernel.door_refusals import COMMAND_ID_REUSED
from kernel.jobs.refusals import JOBS_AWAY, JOBS_OPEN
from kernel.log.sessions import Lost, Readers, connect

_SPACE: Final = 0x6A6F6273
_ASKERS: Final = _SPACE + 1
ATTEMPTS: Final = 3
"""How often a job is begun; one that ended its worker so often is not begun again."""
_SHOWN: Final = (
    "id, kind, asked, actor, occurred_on, correlation, state, stage, done, of, attempts, result, problem,"
    " asked_at, started_at, ended_at"
)
_ASK: Final = """
insert into jobs.jobs (id, kind, asked, actor, digest, occurred_on, correlation, asked_at, asker)
select %s, %s, %s, %s, %s, %s, %s, %s, %s
 where (select count(*) from jobs.jobs where asker = %s and state in ('queued', 'working')) < %s
    on conflict (id) do nothing returning id
"""
# Whoever waited longest since a job of its own was last begun is next; who never had one comes before all.
_OPEN: Final = """
select j.id from jobs.jobs j
 where j.state in ('queued', 'working')
 order by (select max(o.started_at) from jobs.jobs o where o.asker = j.asker) nulls first, j.asked_at, j.id
 limit 20
"""
_BEGIN: Final = f"""
update jobs.jobs set state = 'working', attempts = attempts + 1, started_at = %s, stage = '', done = 0, of = 0
 where id = %s and state in ('queued', 'working') returning {_SHOWN}
"""
_STEP: Final = "update jobs.jobs set stage = %s, done = %s, of = %s where id = %s and state = 'working'"
_END: Final = """
update jobs.jobs
   set state = %s, result = %s, problem = %s, ended_at = %s, asked = asked - %s::text[],
       done = case %s when 'done' then of else done end
 where id = %s and state = 'working'
"""


_CLEAR: Final = """
with gone as (
    delete from jobs.jobs where state in ('done', 'refused', 'failed') and ended_at < %s returning id
) select count(*) as n from gone
"""
_DAY: Final = 86_400_000_000
"""Microseconds."""


class JobStore:
    """The jobs of the database at ``url``. Every method raises Busy where the server is away."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._sessions = Readers(url, most=2)

    def ask(
        self,
        ident: str,
        kind: str,
        data: Any,
        actor: Mapping[str, Any],
        digest: bytes,
        on: date,
        correlation: str,
        asker: str,
        most: int,
    ) -> bool:
        """Put a job into the queue; False where it is there already.

        Raises:
            Reused: where the id stands for another job.
            TooMany: ``jobs_open`` where ``asker`` has ``most`` jobs open.
        """
        values = (ident, kind, _json(data), _json(actor), digest, on, correlation, _now(), asker)
        if self._put(asker, (*values, asker, most)):
            return True
        known = self._rows("select digest from jobs.jobs where id = %s", ident)
        if not known:
            raise JOBS_OPEN(most=most)
        if bytes(known[0]["digest"]) != digest:
            raise COMMAND_ID_REUSED(use="项任务", field="Idempotency-Key")
        return False

    def find(self, ident: str) -> dict[str, Any] | None:
        """The job of an id, as its row."""
        found = self._rows(f"select {_SHOWN} from jobs.jobs where id = %s", ident)
        return found[0] if found else None

    @contextmanager
    def taken(self) -> Iterator[Taken | None]:
        """The next open job that nobody works, for as long as the block lasts; None where there is none."""
        if not self.waiting():  # an empty queue, looked into several times a second, costs no connection
            yield None
            return
        with _busy_if_away(), closing(connect(self._url)) as session, session.cursor() as cur:
            cur.execute(_OPEN)
            for (ident,) in cur.fetchall():
                cur.execute("select pg_try_advisory_lock(%s, hashtext(%s))", (_SPACE, ident))
                if cur.fetchall() != [(True,)]:
                    continue
                cur.execute(_BEGIN, (_now(), ident))
                found = cur.fetchall()
                if found:
                    names = [column.name for column in cur.description or ()]
                    yield Taken(dict(zip(names, found[0], strict=True)), cur)
                    return
                cur.execute("select pg_advisory_unlock(%s, hashtext(%s))", (_SPACE, ident))
            yield None

    def clear(self, days: int) -> int:
        """Take away the jobs that ended more than ``days`` days ago; how many they were."""
        return int(self._rows(_CLEAR, _now() - days * _DAY)[0]["n"])

    def waiting(self) -> int:
        """How many jobs are open."""
        return int(self._rows("select count(*) as n from jobs.jobs where state in ('queued', 'working')")[0]["n"])

    def close(self) -> None:
        """End the sessions."""
        self._sessions.close()

    def _put(self, asker: str, values: tuple[Any, ...]) -> bool:
        # Two requests of one asker are counted one after the other; the lock ends with the session.
        with _busy_if_away(), closing(connect(self._url)) as session, session.cursor() as cur:
            cur.execute("select pg_advisory_lock(%s, hashtext(%s))", (_ASKERS, asker))
            cur.execute(_ASK, values)
            return bool(cur.fetchall())

    def _rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        with _busy_if_away():
            found, names = self._sessions.query(sql, params)
        return [dict(zip(names, row, strict=True)) for row in found]


class Taken:
    """A job in hand: its row, and where its progress and its end are written."""

    def __init__(self, row: dict[str, Any], cursor: Any) -> None:
        self.row = row
        self._cursor = cursor

    def step(self, stage: str, done: int, of: int) -> None:
        """Write down how far it is."""
        self._cursor.execute(_STEP, (stage, done, of, self.row["id"]))

    def end(self, state: str, result: Any = None, problem: Any = None, drops: Sequence[str] = ()) -> None:
        """Write down how it ended: done with a result, refused or failed with a problem. Of what was asked the fields
        ``drops`` go away."""
        found, trouble = (None if one is None else _json(one) for one in (result, problem))
        self._cursor.execute(_END, (state, found, trouble, _now(), list(drops), state, self.row["id"]))


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def _now() -> int:
    return time.time_ns() // 1000


@contextmanager
def _busy_if_away() -> Iterator[None]:
    try:
        yield
    except (Lost, psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        raise JOBS_AWAY() from error
