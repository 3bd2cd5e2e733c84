"""`audit replay` of a log that somebody damaged: it names service and position, and compares nothing with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from audit.cli import audit
from audit.replay import Replayed, replay
from services.attendance.wiring import SERVICE
from tests.kit.audit.archive import Archive, archive
from tests.kit.audit.rewriting import kept
from tests.kit.databases import run

SWAP = (
    "update log.events e set line = o.line, leaf = o.leaf from log.events o"
    " where (e.position, o.position) in ((4, 9), (9, 4))"
)
FAR = "update log.events set line = replace(line, '\"schema\":1', '\"schema\":999') where position = 5"
CASES: dict[str, tuple[str, set[tuple[str, int | None]]]] = {
    "a line is no JSON": ("update log.events set line = left(line, 40) where position = 7", {("line_unreadable", 7)}),
    "a line is empty": ("update log.events set line = '' where position = 7", {("line_unreadable", 7)}),
    "two lines have changed places": (SWAP, {("column_differs", 4), ("column_differs", 9)}),
    "an event is gone": ("delete from log.events where position = 3", {("position_missing", 3)}),
    "three events are gone": ("delete from log.events where position in (3, 4, 5)", {("position_missing", 3)}),
    "the last is gone": (
        "delete from log.events where position = (select position from log.head)",
        {("head_differs", None)},
    ),
    "a line is of a version nobody knows": (FAR, {("line_unreadable", 5)}),
    "an event says a day that is none": (
        "update log.events set line = replace(line, '2018-05-02', '2018-15-02') where position = 6",
        {("line_unreadable", 6)},
    ),
}


@pytest.fixture(scope="module")
def sound(postgres_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive(postgres_server.url, tmp_path_factory.mktemp("archive")) as found:
        found.grow(12)
        yield found


def replayed(archive: Archive) -> Replayed:
    return replay(SERVICE, archive.addresses()["attendance"], lambda done, of: None)


@pytest.mark.parametrize("case", CASES)
def test_it_is_named(sound: Archive, case: str) -> None:
    sql, expected = CASES[case]
    last = len(sound.lines("attendance"))
    with kept(sound.victims["attendance"]):
        sound.victims["attendance"].force(sql)
        found = replayed(sound)
    named = {(code, last - 1 if position is None else position) for code, position in expected}
    assert {(one.code, one.position) for one in found.findings} == named
    assert {one.service for one in found.findings} == {"attendance"}
    assert (found.equal, found.tables) == (False, [])
    assert replayed(sound).equal


def test_a_line_without_a_value_is_named(sound: Archive) -> None:
    victim = sound.victims["attendance"]
    with kept(victim):
        run(victim.superuser, "alter table log.events alter column line drop not null")
        victim.force("update log.events set line = null where position = 2")
        found = replayed(sound)
    run(victim.superuser, "alter table log.events alter column line set not null")
    assert [(one.code, one.position) for one in found.findings] == [("line_unreadable", 2)]


def test_a_read_model_that_is_gone_is_named_and_the_others_are_compared(sound: Archive) -> None:
    victim, table = sound.victims["attendance"], SERVICE.tables[0].name
    run(victim.superuser, f"alter table read.{table} rename to another")
    found = replayed(sound)
    run(victim.superuser, f"alter table read.another rename to {table}")
    assert [(one.code, one.where) for one in found.findings] == [("log_unreadable", f"attendance read model {table}")]
    assert [one.table for one in found.tables] == [one.name for one in SERVICE.tables[1:]]
    assert all(one.equal for one in found.tables)


def test_the_command_prints_it_and_ends_with_one(sound: Archive) -> None:
    words = ["replay", "--database", f"attendance={sound.addresses()['attendance']}"]
    with kept(sound.victims["attendance"]):
        sound.victims["attendance"].force(CASES["a line is no JSON"][0])
        plain, shown = CliRunner().invoke(audit, [*words, "--json"]), CliRunner().invoke(audit, words)
    said = json.loads(plain.output)
    assert (plain.exit_code, shown.exit_code, said["equal"]) == (1, 1, False)
    assert [(f["code"], f["service"], f["position"]) for f in said["services"][0]["findings"]] == [
        ("line_unreadable", "attendance", 7)
    ]
    assert "line_unreadable attendance:7 nothing follows from the line" in " ".join(shown.output.split())
