"""The SQL a group sends: one string to lock and ask, one to write everything and commit.

Values stand inline, because a string of several statements takes no parameters. Lists go as one text, an item a line,
which the server takes apart quicker than it parses a literal each. Invariant: every text passes through ``quoted``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kernel.log.batch import Batch, Facts, Needs
from kernel.log.readmodel import changes, quoted

# The second statement starts after the lock is held, so it sees everything committed before.
LOCK = "begin isolation level read committed; select from log.head for update; "
PREPARE = r"""
prepare facts(text, text, text, text) as
select 0, null, null, position, recorded_at, null::bytea from log.head
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
prepare commands(text, text, text, text) as
insert into log.commands
select id, decode(coalesce(digest, ''), 'hex'), receipt, position::bigint
  from unnest(string_to_array($1, e'\n'), string_to_array($2, e'\n'), string_to_array($3, e'\n'),
              string_to_array($4, e'\n')) as command (id, digest, receipt, position)
"""


def listed(items: Sequence[str]) -> str:
    """``items`` as one literal, an item a line. Raises ValueError where one of them holds a line break or NUL."""
    text = "\n".join(items)
    if text.count("\n") >= max(1, len(items)):
        raise ValueError("a name with a line break")
    return quoted(text)


def ask(needs: Needs) -> str:
    """Begin, lock the head and fetch the facts; see ``PREPARE`` for the rows."""
    return f"{LOCK}execute facts({', '.join([listed(list(names)) for names in needs])})"


def facts(rows: Iterable[tuple[Any, ...]]) -> Facts:
    """The answer to ``ask``."""
    found = Facts()
    for kind, key, text, number, time, blob in rows:
        if kind == 0:
            found.position, found.recorded_at = number, time
        elif kind == 1:
            found.versions[key] = number or 0
        elif kind == 2:
            found.commands[key] = (bytes(blob), text.encode())
        elif kind == 3:
            found.claims[key] = text
        else:
            found.inbox[key] = number
    return found


def write(batch: Batch) -> str:
    """Everything the batch has collected, the new head and the commit."""
    parts: list[str] = []
    if batch.events:
        positions, streams, versions, types, lines, leaves = zip(*batch.events, strict=True)
        columns = (
            listed(streams),
            listed([str(version) for version in versions]),
            listed(types),
            listed([line.decode() for line in lines]),
            listed([leaf.hex() for leaf in leaves]),
        )
        parts.append(f"execute events({positions[0] - 1},{','.join(columns)})")
    if batch.commands:
        ids, digests, receipts, reached = zip(*batch.commands, strict=True)
        parts.append(
            f"execute commands({listed(ids)},{listed([digest.hex() for digest in digests])},"
            f"{listed([receipt.decode() for receipt in receipts])},{listed([str(position) for position in reached])})"
        )
    if batch.claims:
        rows = ",".join([f"({quoted(key)},{quoted(stream)})" for key, stream in batch.claims])
        parts.append(f"insert into log.claims values {rows}")
    if batch.parked:
        rows = ",".join(
            [
                f"({quoted(p.source)},{p.position},{quoted(p.command)},{quoted(p.reason)},{p.parked_at})"
                for p in batch.parked
            ]
        )
        parts.append(f"insert into log.parked values {rows}")
    if batch.inbox:
        rows = ",".join([f"({quoted(source)},{position})" for source, position in batch.inbox.items()])
        parts.append(
            f"insert into log.inbox values {rows} on conflict (source) do update set position = excluded.position"
        )
    parts += changes(batch.ops)
    if batch.events:
        parts.append(f"update log.head set position = {batch.position}, recorded_at = {batch.recorded_at}")
    parts.append("commit")
    return ";".join(parts)
