"""Verification of real logs: nothing on sound ones, and whatever a superuser changes by service and position."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2.extras import execute_values

from audit.findings import Finding
from kernel.log.batch import leaf_of
from kernel.merkle import CompactRange, leaf_hash, sm3
from tests.kit.audit.archive import Archive, archive
from tests.kit.audit.tampering import TABLES

COLUMNS = {"line": 80, "leaf": 8, "stream": 6, "type": 3, "version": 3}


@pytest.fixture(scope="module")
def sound(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Four checkpoints over some 1,500 events, every one witnessed. Tests that change it mend it."""
    with archive(postgres_server.url, tmp_path_factory.mktemp("archive")) as found:
        for commands in (120, 200, 7, 280):
            found.grow(commands)
            found.sign()
        yield found


@pytest.fixture
def own(postgres_server: Any, tmp_path: Path) -> Iterator[Archive]:
    """A small archive of the test's own."""
    with archive(postgres_server.url, tmp_path) as found:
        found.grow(40)
        found.sign()
        found.grow(30)
        found.sign()
        yield found


def codes(findings: list[Finding]) -> set[tuple[str, str, int | None]]:
    return {(finding.code, finding.service, finding.position) for finding in findings}


def test_a_sound_archive_gives_no_finding_and_the_signed_roots(sound: Archive) -> None:
    verified, findings = sound.verify()
    assert findings == []
    for found in verified:
        lines = sound.lines(found.service)
        both = CompactRange(), CompactRange(sm3)
        for line in lines:
            both[0].add(leaf_hash(line))
            both[1].add(leaf_hash(line, sm3))
        assert (found.events, found.sha256, found.sm3) == (len(lines), both[0].root().hex(), both[1].root().hex())
        signed = found.checkpoints
        assert (signed.checkpoints, signed.signed, signed.witnessed, signed.missing) == (4, len(lines), len(lines), ())
    allocation, attendance = verified
    assert allocation.commands == 607
    assert attendance.commands is not None
    assert attendance.commands > 607


def test_each_of_a_thousand_changed_bytes_is_named_and_nothing_else(sound: Archive) -> None:
    rows = {(name, row.position): row for name in sound.made for row in _rows(sound, name)}
    chance = random.Random(6962)
    changed = {place: _changed(rows[place], chance) for place in chance.sample(sorted(rows), 1_000)}
    _write(sound, changed)
    try:
        _, findings = sound.verify()
        whole = {"root_differs", "subtree_differs"}
        assert {(f.service, f.position) for f in findings if f.code not in whole} == set(changed)
        assert {f.service for f in findings if f.code == "root_differs"} == set(sound.made)
    finally:
        _write(sound, {place: rows[place][1:] for place in changed})
    for place in chance.sample(sorted(changed), 12):
        _write(sound, {place: changed[place]})
        _, findings = sound.verify()
        _write(sound, {place: rows[place][1:]})
        assert {(f.service, f.position) for f in findings if f.code not in whole} == {place}
    assert sound.verify()[1] == []


def _rows(archive: Archive, service: str) -> list[Any]:
    with closing(archive.live()) as source:
        return list(source.rows(service))


def _changed(row: Any, chance: random.Random) -> tuple[Any, ...]:
    """The columns of ``row`` behind its position, with one byte of one of them changed."""
    (column,) = chance.choices(list(COLUMNS), list(COLUMNS.values()))
    values = {name: getattr(row, name) for name in ("stream", "version", "type", "line", "leaf")}
    if column == "version":
        values["version"] += chance.randrange(1, 10) * 10
    elif column == "leaf":
        values["leaf"] = _flipped(row.leaf, chance)
    else:
        before = values[column] if column == "line" else values[column].encode()
        while True:  # a text column takes no NUL and nothing but UTF-8
            text = _flipped(before, chance)
            try:
                after = text.decode()
            except UnicodeDecodeError:
                continue
            if "\0" not in after:
                break
        values[column] = text if column == "line" else after
    return tuple(values.values())


def _flipped(before: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(before))
    other = bytes([before[place] ^ chance.randrange(1, 256)])
    return before[:place] + other + before[place + 1 :]


def _write(archive: Archive, rows: dict[tuple[str, int], tuple[Any, ...]]) -> None:
    """Put (stream, version, type, line, leaf) at these places, as a superuser with the triggers off."""
    for service, victim in archive.victims.items():
        values = [
            (position, stream, version, kind, line.decode(), leaf)
            for (name, position), (stream, version, kind, line, leaf) in rows.items()
            if name == service
        ]
        with closing(psycopg2.connect(victim.superuser)) as session, session, session.cursor() as cur:
            for table in TABLES:
                cur.execute(f"alter table log.{table} disable trigger append_only")
            sql = (
                "update log.events e set stream = v.s, version = v.n, type = v.t, line = v.l, leaf = v.h::bytea"
                " from (values %s) as v (p, s, n, t, l, h) where e.position = v.p"
            )
            execute_values(cur, sql, values, page_size=2_000)
            for table in TABLES:
                cur.execute(f"alter table log.{table} enable always trigger append_only")


def test_a_rewritten_event_with_its_hash_recomputed_is_found_by_the_next_checkpoint(own: Archive) -> None:
    lines = own.lines("allocation")
    line = lines[9].replace(b"p-", b"q-")
    assert line != lines[9]
    own.victims["allocation"].force(
        f"update log.events set line = '{line.decode()}', leaf = '\\x{leaf_of(line).hex()}' where position = 10"
    )
    _, findings = own.verify()
    first = 40 + 14 + 6
    assert codes(findings) == {("root_differs", "allocation", first)}
    assert findings[0].sentence == (
        f"events 1 to {first} are not those that were signed (SHA-256 and SM3); nor are those under 1 later checkpoints"
    )
