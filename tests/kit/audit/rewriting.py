"""Rewriting a log as somebody with power over its database can, with every hash made anew; and undoing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from kernel.log.batch import leaf_of
from kernel.merkle import CompactRange, leaf_hash, sm3
from tests.kit.audit.archive import Archive
from tests.kit.audit.tampering import Victim

TABLES = (
    *("cosignatures", "checkpoints", "subtrees", "record_subtrees", "claims", "commands", "events", "head", "inbox"),
    *("parked", "intake"),
)
BLOCK = 256


@contextmanager
def kept(victim: Victim) -> Iterator[None]:
    """Whatever is done to the log in the block is undone after it."""
    victim.force(";".join(aside(f"kept_{table}", f"log.{table}", victim.database.app) for table in TABLES))
    try:
        yield
    finally:
        _mend(victim)


def aside(name: str, table: str, app: str) -> str:
    """SQL that copies ``table`` to ``read.<name>``, as the application could: what is in its own room is no finding."""
    return f"create table read.{name} as select * from {table}; alter table read.{name} owner to {app}"


def _mend(victim: Victim) -> None:
    victim.force(
        ";".join(f"delete from log.{table}" for table in TABLES)
        + ";"
        + ";".join(f"insert into log.{table} select * from read.kept_{table}" for table in reversed(TABLES))
        + ";"
        + ";".join(f"drop table read.kept_{table}" for table in TABLES)
    )


def lines_of(archive: Archive, service: str, **changed: Any) -> list[bytes]:
    """The lines with other values at a position: a rewriting that leaves every line well-formed."""
    lines = archive.lines(service)
    position = changed.pop("position")
    event = {**orjson.loads(lines[position - 1]), **changed}
    lines[position - 1] = orjson.dumps(event, option=orjson.OPT_SORT_KEYS)
    return lines


def rewrite(archive: Archive, service: str, lines: list[bytes]) -> str:
    """Make ``lines`` the whole log with every hash recomputed and one checkpoint signed anew; gives that note."""
    trees = CompactRange(), CompactRange(sm3)
    blocks: list[str] = []
    for number, line in enumerate(lines, 1):
        trees[0].add(leaf_hash(line))
        trees[1].add(leaf_hash(line, sm3))
        if number == BLOCK:  # the one whole block of so short a log
            blocks = [f"insert into log.subtrees values (1, 0, {', '.join(_bytea(tree.root()) for tree in trees)})"]
    note = archive.signed(service, len(lines), trees[0].root(), trees[1].root())
    values = ",".join(
        f"({n}, $l${line.decode()}$l$, '\\x{leaf_of(line).hex()}'::bytea)" for n, line in enumerate(lines, 1)
    )
    archive.victims[service].force(
        "delete from log.cosignatures; delete from log.checkpoints; delete from log.subtrees;"
        f"delete from log.events where position > {len(lines)};"
        f"update log.events e set line = v.line, leaf = v.leaf from (values {values}) as v (position, line, leaf)"
        " where e.position = v.position;"
        "delete from log.commands c where c.position > (select max(position) from log.events);"
        "update log.head set (position, recorded_at) = (select position, (line::json ->> 'recorded_at')::bigint"
        " from log.events order by position desc limit 1), records = (select max(record) from log.commands);"
        + ";".join([*blocks, f"insert into log.checkpoints values ({len(lines)}, 1, $n${note}$n$)"])
    )
    return note


def _bytea(value: bytes) -> str:
    return f"'\\x{value.hex()}'::bytea"
