"""Whatever stands in a column of a log, `audit verify` names something and ends as it should."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest

from audit.findings import Finding
from audit.verify import Verification
from tests.kit.audit.archive import Archive, archive
from tests.kit.audit.rewriting import kept
from tests.kit.databases import rows_of, run

SERVICE = "attendance"
TABLES = ("events", "commands", "parked", "intake", "inbox", "checkpoints", "head")
VALUES = {
    "bigint": ("9223372036854775807", "-1"),
    "text": ("''", "repeat('x', 100000)", "repeat('[', 100000)", "'{\"events\":5}'"),
    "bytea": ("decode(repeat('00', 100000), 'hex')",),
}
COLUMNS = f"""
select table_name, column_name, data_type, is_nullable = 'YES' from information_schema.columns
 where table_schema = 'log' and table_name in {TABLES} and data_type <> 'boolean' order by 1, 2
"""


@pytest.fixture(scope="module")
def sound(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive(postgres_server.url, tmp_path_factory.mktemp("archive")) as found:
        found.grow(4)
        found.park(1)
        found.grow(8)
        found.sign()
        yield found


def verified(archive: Archive) -> list[Finding]:
    with closing(archive.live()) as source:
        run = Verification(source, archive.policy, {})
        run.run((SERVICE,), lambda service: lambda done, of: None)
        return list(run.findings)


def test_any_value_in_any_column_is_named(sound: Archive) -> None:
    victim = sound.victims[SERVICE]
    silent, done = [], 0
    for table, column, kind, nullable in rows_of(victim.superuser, COLUMNS):
        for value in (*VALUES[kind], "null"):
            loosened = value == "null" and not nullable
            free = f"alter table log.{table} alter column {column} drop not null; " if loosened else ""
            row = f"where ctid = (select ctid from log.{table} order by ctid desc limit 1)"
            with kept(victim):
                try:
                    victim.force(f"{free}update log.{table} set {column} = {value} {row}")
                except psycopg2.Error:  # a key or a check: the database takes no such value
                    continue
                done += 1
                if not any(finding.service == SERVICE for finding in verified(sound)):
                    silent.append((table, column, value))
            if loosened:
                run(victim.superuser, f"alter table log.{table} alter column {column} set not null")
    assert silent == []
    assert done > 60
    assert verified(sound) == []


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("alter column leaf type text using leaf::text", "alter column leaf type bytea using leaf::bytea"),
        (
            "alter column type type bytea using convert_to(type, 'UTF8')",
            "alter column type type text using convert_from(type, 'UTF8')",
        ),
        ("rename column line to lines", "rename column lines to line"),
        ("rename to others", ""),
    ],
)
def test_a_table_of_another_kind_is_named(sound: Archive, there: str, back: str) -> None:
    victim = sound.victims[SERVICE]
    run(victim.superuser, f"alter table log.events {there}")
    found = verified(sound)
    run(victim.superuser, f"alter table log.events {back}" if back else "alter table log.others rename to events")
    assert {finding.service for finding in found} == {SERVICE}
    assert verified(sound) == []
