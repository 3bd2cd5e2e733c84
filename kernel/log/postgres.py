"""The log on PostgreSQL.

Appends of one process go in groups, two round trips each: lock the head and learn the facts; write all and commit. What
is decided between the two is in ``batch``, the same for every store. Reading never waits for a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from typing import Any, TypeVar

import psycopg2

from kernel.codec import EventTypes
from kernel.errors import Corrupt
from kernel.log import Append, ParkedEvent, Project, Receipt
from kernel.log.batch import clock, repeated
from kernel.log.commit import Committer, told
from kernel.log.group import Group
from kernel.log.meter import Meter
from kernel.log.prefetch import pages
from kernel.log.rebuild import rebuild, stale
from kernel.log.sessions import Lost, Readers, Writer, connect
from kernel.messages import Past, Recorded
from kernel.projection import Table

PAGE = 2_000
Placed = TypeVar("Placed", Past, Recorded)


# Stream after stream, as they are named, each along its index: nothing is sorted, and a page costs what it holds.
_STREAMS = """
select line from unnest(%s::text[], %s::bigint[]) as known (stream, version), lateral (
    select line from log.events e where e.stream = known.stream and e.version > known.version order by e.version
) as past limit %s
"""
# A page comes in parts of 50 lines: a row each costs the reader more than the server needs to put them together, and a
# part that is put together from a thousand no longer fits into its cache.
_PAGE = r"""
select (select string_agg(line, e'\n')
          from (select line from log.events where position > part and position <= least(part + 50, upto)
                 order by position) as lines)
  from (select %s::bigint as after, %s::bigint as upto) as page, generate_series(after, upto - 1, 50) as part
"""
_PARKED = """
select * from (
  select p.source, p.position, p.reason, p.parked_at,
         case when exists (select from log.commands where id = 'replayed/' || p.command) then 'replayed'
              when exists (select from log.commands where id = 'discarded/' || p.command) then 'discarded'
              else 'parked' end as state
    from log.parked p where (p.source, p.position) > (%s, %s)
) parked where state = 'parked' or %s order by source, position limit %s
"""
_LINES = "select line from log.events where position > %s order by position limit %s"
# The length of a line is known without the line.
_SIZED = """
select line from log.events join (
    select position, sum(size) over (order by position) - size as before
      from (
        select position, octet_length(line) as size from log.events where position > %s order by position limit %s
      ) page
) sized using (position) where before < %s order by position
"""


def schema(roles: Mapping[str, str]) -> str:
    """The statements that make the log's tables; the database's owner runs them.

    ``roles`` gives the names of the roles ``app``, ``signer`` and ``auditor``.
    """
    text = files("kernel.log").joinpath("schema.sql").read_text("utf-8")
    for kind, role in roles.items():
        text = text.replace("{" + kind + "}", '"' + role.replace('"', '""') + '"')
    return text


class PostgresLog:
    """The log of ``service`` in the database at ``url``; keeps the promises of ``kernel.log.Log``.

    Every method raises Busy where the server is away or overloaded; a command refused so may be sent again.
    """

    def __init__(
        self, url: str, service: str, types: EventTypes, project: Project, now: Callable[[], int] = clock
    ) -> None:
        self._url = url
        self._service = service
        self._types = types
        self._project = project
        self._meter = Meter(service)
        self._writer = Writer(url)
        self._readers = Readers(url)
        self._committer = Committer(service, project, now, self._writer, self._meter)
        self._group: Group[Append, Receipt] = Group(self._committer.serve)

    def prepare(self, tables: Sequence[Table]) -> None:
        """Make the read models of ``tables`` that are missing or were declared otherwise, from the log.

        Several processes may do so at once: one works, the others wait and find it done.
        """
        with _busy_if_away(), closing(connect(self._url)) as session, session.cursor() as cur:
            cur.execute("select pg_advisory_lock(hashtext('read'))")
            if due := stale(cur, tables):
                rebuild(cur, due, self.read, self._project)

    def append(self, item: Append) -> Receipt:
        """See ``Log.append``."""
        return self._group.submit((item,))[0]

    def append_all(self, items: Sequence[Append]) -> list[Receipt]:
        """See ``Log.append_all``."""
        return self._group.submit(items)

    def receipt(self, command: str, digest: bytes) -> Receipt | None:
        """See ``Log.receipt``."""
        known = self._query("select digest, receipt from log.commands where id = %s", command)
        return repeated(command, digest, bytes(known[0][0]), known[0][1]) if known else None

    def read_streams(self, after: Mapping[str, int]) -> Iterator[Past]:
        """See ``Log.read_streams``."""
        left = list(after.items())
        while left:
            streams, versions = zip(*left, strict=True)
            page = self._lines(_STREAMS, list(streams), list(versions), PAGE)
            past = self._types.pasts(b"\n".join(page)) if page else []
            yield from past
            if len(past) < PAGE:
                return
            last = past[-1]
            left = [(last.stream, last.version), *left[streams.index(last.stream) + 1 :]]

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[Recorded]:
        """See ``Log.read``; events appended after the first was asked for are not among them."""
        return self._walk(lambda page: [self._types.recorded(line) for line in page.split(b"\n")], after, upto)

    def replay(self, after: int = 0, upto: int | None = None) -> Iterator[Past]:
        """See ``Log.replay``; events appended after the first was asked for are not among them."""
        return self._walk(self._types.pasts, after, upto)

    def _walk(self, decode: Callable[[bytes], list[Placed]], after: int, upto: int | None) -> Iterator[Placed]:
        head, _ = self.head()
        end = head if upto is None else min(upto, head)
        position = after
        for parts in pages(lambda first, last: self._lines(_PAGE, first, last), after, end, PAGE):
            for part in filter(None, parts):
                for decoded in self._decoded(decode, part, position):
                    position += 1
                    if decoded.position != position:
                        raise self._gap(position)
                    yield decoded
            if position != min(end, after + PAGE):
                raise self._gap(position + 1)
            after = position

    def _decoded(self, decode: Callable[[bytes], list[Placed]], page: bytes, after: int) -> Iterable[Placed]:
        """The events of ``page``, all at once; where one cannot be read, those before it, and then the error."""
        try:
            return decode(page)
        except Corrupt:
            return self._one_by_one(decode, page, after)

    def _one_by_one(self, decode: Callable[[bytes], list[Placed]], page: bytes, after: int) -> Iterator[Placed]:
        for position, line in enumerate(page.split(b"\n"), after + 1):
            try:
                yield from decode(line)
            except Corrupt as error:
                raise Corrupt(f"{self._service}: position {position}: {error}") from error

    def lines(self, after: int, limit: int, size: int | None = None) -> list[bytes]:
        """See ``Log.lines``."""
        return self._lines(_LINES, after, limit) if size is None else self._lines(_SIZED, after, limit, size)

    def head(self) -> tuple[int, int]:
        """See ``Log.head``."""
        ((position, recorded_at),) = self._query("select position, recorded_at from log.head")
        self._meter.head(position)
        return position, recorded_at

    def taken_in(self) -> dict[str, int]:
        """See ``Log.taken_in``."""
        return dict(self._query("select source, position from log.inbox"))

    def parked_events(
        self, after: tuple[str, int] = ("", 0), limit: int = PAGE, settled: bool = True
    ) -> list[ParkedEvent]:
        """See ``Log.parked_events``."""
        return [ParkedEvent(*row) for row in self._query(_PARKED, *after, settled, limit)]

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Rows of the read models, as dicts; ``%s`` stands for a parameter, tables need no schema name."""
        with _busy_if_away():
            found, names = self._readers.query(sql, params)
        return [dict(zip(names, row, strict=True)) for row in found]

    def _lines(self, sql: str, *params: Any) -> list[bytes]:
        with _busy_if_away():
            return self._readers.lines(sql, *params)

    def _gap(self, position: int) -> Corrupt:
        return Corrupt(f"{self._service}: position {position} is missing")

    def close(self) -> None:
        """End all sessions; the next call makes new ones."""
        self._writer.close()
        self._readers.close()

    def _query(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        with _busy_if_away():
            return self._readers.query(sql, params)[0]


@contextmanager
def _busy_if_away() -> Iterator[None]:
    try:
        yield
    except (Lost, psycopg2.Error) as error:
        shown = told(error)
        if shown is error:
            raise
        raise shown from error
