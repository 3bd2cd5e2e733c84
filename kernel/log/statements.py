"""The SQL a group sends: one string to lock and ask, one to write everything and commit; or all of it in one.
What a large batch writes goes in pieces within its transaction, made while the batch is taken in, so that neither side
ever holds all of it, and its events are copied in.

Values stand inline, because a string of several statements takes no parameters. Lists go as one text, an item a line,
which the server takes apart quicker than it parses a literal each. Invariant: every text passes through ``quoted``
or ``listed``. All is bytes, as the lines are: in UTF-8 no quote and no line break is part of another character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from struct import pack
from typing import Any, NamedTuple

from kernel.log import Append
from kernel.log.batch import Batch, EventRow, Facts, Needs
from kernel.log.readmodel import changing, quoted
from kernel.log.records import Numbered

# The second statement starts after the lock is held, so it sees everything committed before.
LOCK = b"begin isolation level read committed; select from log.head for update; "
PREPARE = r"""
prepare facts(text, text, text, text) as
select 0, null, records::text, position, recorded_at, null::bytea from log.head
union all
select 1, s, null, (select version from log.events where stream = s order by version desc limit 1), null, null
  from unnest(string_to_array($1, e'\n')) s
union all
select 2, id, receipt, null, null, digest from log.commands where id = any(string_to_array($2, e'\n'))
union all
select 3, key, stream, null, null, null from log.claims where key = any(string_to_array($3, e'\n'))
union all
select 4, source, null, position, null, null from log.inbox where source = any(string_to_array($4, e'\n'));

prepare events(bigint, text, text, text, text, text) as
insert into log.events
select $1 + number, stream, version::bigint, type, line, decode(leaf, 'hex')
  from unnest(string_to_array($2, e'\n'), string_to_array($3, e'\n'), string_to_array($4, e'\n'),
              string_to_array($5, e'\n'), string_to_array($6, e'\n'))
       with ordinality as event (stream, version, type, line, leaf, number);

-- What another service caused has an empty digest; alone, it makes an empty list, which unnest fills up with null.
prepare commands(bigint, text, text, text, text, text) as
insert into log.commands
select id, decode(coalesce(digest, ''), 'hex'), receipt, position::bigint, $1 + number, decode(leaf, 'hex')
  from unnest(string_to_array($2, e'\n'), string_to_array($3, e'\n'), string_to_array($4, e'\n'),
              string_to_array($5, e'\n'), string_to_array($6, e'\n'))
       with ordinality as command (id, digest, receipt, position, leaf, number);

prepare advance(bigint, bigint, bigint, bigint, bigint) as select log.advance($1, $2, $3, $4, $5)
"""


PART = 1_000
"""Events of a large batch that are sent at a time."""
_COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_END = b"\xff\xff"


class Copy(NamedTuple):
    """Rows that are copied in: the statement, and what follows it in PostgreSQL's binary form."""

    sql: str
    rows: bytes


Piece = bytes | Copy


def listed(items: Sequence[bytes]) -> bytes:
    """``items`` as one literal, an item a line. Raises ValueError where one of them holds a line break or NUL."""
    text = b"\n".join(items)
    if text.count(b"\n") >= max(1, len(items)):
        raise ValueError("a name with a line break")
    if b"\0" in text:
        raise ValueError("text with a NUL character")
    if b"'" in text:
        text = text.replace(b"'", b"''")
    return b"'%b'" % text


def names(texts: Iterable[str]) -> bytes:
    """``texts`` as one literal, see ``listed``."""
    return listed([text.encode() for text in texts])


def numbers(values: Iterable[int]) -> bytes:
    """``values`` as one literal, see ``listed``."""
    return listed([b"%d" % value for value in values])


def ask(needs: Needs) -> bytes:
    """Begin, lock the head and fetch the facts; see ``PREPARE`` for the rows."""
    return LOCK + b"execute facts(%b)" % b",".join([names(wanted) for wanted in needs])


def facts(rows: Iterable[tuple[Any, ...]]) -> Facts:
    """The answer to ``ask``."""
    found = Facts()
    for kind, key, text, number, time, blob in rows:
        if kind == 0:
            found.position, found.recorded_at, found.records = number, time, int(text)
        elif kind == 1:
            found.versions[key] = number or 0
        elif kind == 2:
            found.commands[key] = (bytes(blob), text.encode())
        elif kind == 3:
            found.claims[key] = text
        else:
            found.inbox[key] = number
    return found


def write(batch: Batch) -> bytes:
    """Everything the batch has collected, the new head and the commit, after ``ask``, as one text."""
    made = batch.records()
    return b"".join([*_rows(batch, made), _end(batch, made)])


def flow(batch: Batch, items: Sequence[Append], copies: bool) -> Iterator[Piece]:
    """The same of a large batch into which ``items`` are taken meanwhile, after ``ask``, in pieces; where they are
    there already, all of them, a rollback. Its events are copied in where the session ``copies``. Raises as
    ``Batch.flow``.
    """
    for _ in batch.flow(items, PART):
        if batch.events:
            yield _copied(batch.events) if copies else _inserted(batch.events)
        if rows := b"".join([*_claims(batch), *_changes(batch)]):
            yield rows
        for part in (batch.events, batch.claims, batch.ops):
            part.clear()
    made = batch.records()
    yield b"rollback" if batch.empty else b"".join([*_records(batch, made), _end(batch, made)])


def _end(batch: Batch, made: Numbered) -> bytes:
    head = b"position = %d, recorded_at = %d, records = %d" % (batch.position, batch.reached_at, made.last)
    return b"update log.head set %b;commit" % head


def _inserted(events: Sequence[EventRow]) -> bytes:
    positions, streams, versions, types, lines, leaves = zip(*events, strict=True)
    told = (names(streams), numbers(versions), names(types), listed(lines), _hex(leaves))
    return b"execute events(%d,%b);" % (positions[0] - 1, b",".join(told))


def _copied(events: Sequence[EventRow]) -> Copy:
    rows = [_COPY_HEAD]
    for position, stream, version, kind, line, leaf in events:
        name, type_ = stream.encode(), kind.encode()
        form = f"!hiqi{len(name)}siqi{len(type_)}si{len(line)}si{len(leaf)}s"
        fields = (8, position, len(name), name, 8, version, len(type_), type_, len(line), line, len(leaf), leaf)
        rows.append(pack(form, 6, *fields))
    sql = "copy log.events (position, stream, version, type, line, leaf) from stdin (format binary)"
    return Copy(sql, b"".join([*rows, _COPY_END]))


def advance(batch: Batch, before: int) -> bytes:
    """The whole transaction as one text: it moves the head on from ``before`` or fails, and then commits."""
    made = batch.records()
    values = before, batch.position, batch.reached_at, made.before, made.last
    return b"".join([b"execute advance(%d,%d,%d,%d,%d);" % values, *_rows(batch, made), b"commit"])


def _rows(batch: Batch, made: Numbered) -> Iterator[bytes]:
    """The inserts of everything the batch has collected."""
    if batch.events:
        yield _inserted(batch.events)
    yield from _records(batch, made)
    yield from _claims(batch)
    yield from _changes(batch)


def _records(batch: Batch, made: Numbered) -> Iterator[bytes]:
    if made.commands:
        _, commands, leaves = zip(*made.commands, strict=True)
        ids, digests, receipts, reached = zip(*commands, strict=True)
        told = (names(ids), _hex(digests), listed(receipts), numbers(reached), _hex(leaves))
        yield b"execute commands(%d,%b);" % (made.before, b",".join(told))
    if made.parked:
        rows = ",".join(
            [
                f"({quoted(p.source)},{p.position},{quoted(p.command)},{quoted(p.reason)},{p.parked_at},"
                f"{record},'\\x{leaf.hex()}')"
                for record, p, leaf in made.parked
            ]
        )
        yield f"insert into log.parked values {rows};".encode()
    if made.intake:
        rows = ",".join(
            [f"({n},{quoted(mark.source)},{mark.position},'\\x{leaf.hex()}')" for n, mark, leaf in made.intake]
        )
        yield f"insert into log.intake values {rows};".encode()
        rows = ",".join([f"({quoted(mark.source)},{mark.position})" for _, mark, _ in made.intake])
        insert = f"insert into log.inbox values {rows}"
        yield f"{insert} on conflict (source) do update set position = excluded.position;".encode()


def _claims(batch: Batch) -> Iterator[bytes]:
    if batch.claims:
        rows = ",".join([f"({quoted(key)},{quoted(stream)})" for key, stream in batch.claims])
        yield f"insert into log.claims values {rows};".encode()


def _changes(batch: Batch) -> Iterator[bytes]:
    for change in changing(batch.ops):
        yield change.encode() + b";"


def _hex(values: Iterable[bytes]) -> bytes:
    return listed([value.hex().encode() for value in values])
