"""The tree over the records: a database of before it comes up by itself, and forged rows are not taken into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from audit.findings import Finding
from deploy.migrations import migrate
from kernel.proof import checkpoint, notes
from tests.kit.audit.archive import Archive, archive
from tests.kit.audit.tampering import Victim
from tests.kit.databases import rows_of, run

AS_BEFORE = (
    "alter table log.commands drop column record, drop column leaf; alter table log.head drop column records;"
    "drop trigger append_only on log.parked;"
    "alter table log.parked drop column record, drop column leaf; drop table log.intake, log.record_subtrees;"
    "drop function log.advance; create function log.advance(before bigint, after bigint, at bigint) returns void"
    " language sql as 'select'"
)


@pytest.fixture
def own(postgres_server: Any, tmp_path: Path) -> Iterator[Archive]:
    with archive(postgres_server.url, tmp_path) as found:
        found.grow(20)
        found.sign()
        yield found


def migrated(victim: Victim) -> None:
    migrate(victim.database.owner_url, victim.database.service, victim.database.roles)


def codes(findings: list[Finding]) -> set[tuple[str, str, str]]:
    return {(finding.code, finding.service, finding.row) for finding in findings}


def test_the_records_of_a_database_of_before_are_numbered_once_and_in_order(own: Archive) -> None:
    victim = own.victims["attendance"]
    victim.force(
        "insert into log.parked values ('allocation', 900, 'allocation:900', e'reason\nof two lines', 5, null, null)"
    )
    victim.force("delete from log.cosignatures; delete from log.checkpoints")
    (own.folder / "signed" / "attendance.json").unlink()
    run(victim.superuser, AS_BEFORE)
    for _ in range(2):
        migrated(victim)
    commands = rows_of(victim.superuser, "select record from log.commands order by position, id")
    count = len(commands)
    assert [record for (record,) in commands] == list(range(1, count + 1))
    assert rows_of(victim.superuser, "select record, source, position from log.intake") == [
        (count + 2, *rows_of(victim.superuser, "select source, position from log.inbox")[0])
    ]
    assert rows_of(victim.superuser, "select record from log.parked") == [(count + 1,)]
    assert rows_of(victim.superuser, "select records from log.head") == [(count + 2,)]
    own.grow(8)
    own.sign()
    assert own.verify()[1] == []


def test_a_row_without_a_number_is_not_numbered_by_the_next_start(own: Archive) -> None:
    victim = own.victims["attendance"]
    victim.force("insert into log.parked values ('allocation', 4, 'allocation:4', 'synthetic', 1)")
    migrated(victim)
    assert codes(own.verify()[1]) == {("record_unfounded", "attendance", "parked allocation:4")}


def test_a_checkpoint_says_how_many_records_there_were_and_their_root(own: Archive) -> None:
    for _ in range(3):
        own.grow(90)
        own.sign()
    with closing(own.live()) as source:
        found = [checkpoint.read(notes.parse(text).body).place for text in source.checkpoints("attendance")]
    numbers = [(place.number, place.records) for place in found if place]
    assert [number for number, _ in numbers] == [1, 2, 3, 4]
    victim = own.victims["attendance"]
    assert rows_of(victim.superuser, "select records from log.head") == [(numbers[-1][1],)]
    assert rows_of(victim.superuser, "select count(*) from log.record_subtrees") == [(numbers[-1][1] // 256,)]
    own.grow(1)
    assert own.verify()[1] == []  # those that stand under no checkpoint yet are held by their leaves
    victim.force("update log.parked set reason = 'x'; update log.commands set digest = 'x' where position = 1")
    assert codes(own.verify()[1]) == {
        ("record_differs", "attendance", row)
        for (row,) in rows_of(victim.superuser, "select 'command ' || id from log.commands where position = 1")
    }
