"""The SQL a group sends: one string to lock and ask, one to write everything and commit; or all of it in one.
What a large batch writes goes in pieces within its transaction, so that neither side ever holds all of it as one text.

Values stand inline, because a string of several statements takes no parameters. Lists go as one text, an item a line,
which the server takes apart quicker than it parses a literal each. Invariant: every text passes through ``quoted``
or ``listed``. All is bytes, as the lines are: in UTF-8 no quote and no line break is part of another character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kernel.log.batch import Batch, Facts, Needs
from kernel.log.readmodel import MOST_ROWS, changing, quoted
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


PIECE = 4 << 20
"""Bytes after which a piece of a large batch is sent."""


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


def write(batch: Batch) -> Iterator[bytes]:
    """Everything the batch has collected, the new head and the commit, after ``ask``; in pieces of about ``PIECE``."""
    made = batch.records()
    piece: list[bytes] = []
    size = 0
    for statement in _rows(batch, made):
        if size > PIECE:
            yield b"".join(piece)
            piece, size = [], 0
        piece.append(statement)
        size += len(statement)
    head = b"position = %d, recorded_at = %d, records = %d" % (batch.position, batch.reached_at, made.last)
    yield b"".join([*piece, b"update log.head set ", head, b";commit"])


def advance(batch: Batch, before: int) -> bytes:
    """The whole transaction as one text: it moves the head on from ``before`` or fails, and then commits."""
    made = batch.records()
    values = before, batch.position, batch.reached_at, made.before, made.last
    return b"".join([b"execute advance(%d,%d,%d,%d,%d);" % values, *_rows(batch, made), b"commit"])


def _rows(batch: Batch, made: Numbered) -> Iterator[bytes]:
    """The inserts of everything the batch has collected, in statements of at most ``MOST_ROWS`` events or rows."""
    for first in range(0, len(batch.events), MOST_ROWS):
        positions, streams, versions, types, lines, leaves = zip(*batch.events[first : first + MOST_ROWS], strict=True)
        told = (names(streams), numbers(versions), names(types), listed(lines), _hex(leaves))
        yield b"execute events(%d,%b);" % (positions[0] - 1, b",".join(told))
    if made.commands:
        _, commands, leaves = zip(*made.commands, strict=True)
        ids, digests, receipts, reached = zip(*commands, strict=True)
        told = (names(ids), _hex(digests), listed(receipts), numbers(reached), _hex(leaves))
        yield b"execute commands(%d,%b);" % (made.before, b",".join(told))
    if batch.claims:
        rows = ",".join([f"({quoted(key)},{quoted(stream)})" for key, stream in batch.claims])
        yield f"insert into log.claims values {rows};".encode()
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
    for change in changing(batch.ops):
        yield change.encode() + b";"


def _hex(values: Iterable[bytes]) -> bytes:
    return listed([value.hex().encode() for value in values])
