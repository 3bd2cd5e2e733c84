"""A writer that was the last to write appends in one round trip; one that was not finds out and asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from deploy.databases import Database
from kernel.errors import Conflict, Reused
from kernel.log.postgres import PostgresLog
from tests.kit.log.probe import COUNTS, TYPES, append, counted, named, project, rows


@pytest.fixture
def asked(postgres_log: PostgresLog, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The questions the writer of ``postgres_log`` asks before it writes."""
    questions: list[bytes] = []
    ask = postgres_log._writer.ask

    def listening(sql: bytes) -> Any:
        questions.append(sql)
        return ask(sql)

    monkeypatch.setattr(postgres_log._writer, "ask", listening)
    return questions


@pytest.fixture
def other(postgres_log: PostgresLog, log_database: Database) -> Iterator[PostgresLog]:
    """A second writer of the same log."""
    log = PostgresLog(log_database.url, "probe", TYPES, project)
    yield log
    log.close()


def test_what_it_wrote_itself_is_not_asked_again(postgres_log: PostgresLog, asked: list[bytes]) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 5))
    receipts = [postgres_log.append(counted(f"c-{n}", "a/1", n - 1, 1)) for n in (2, 3, 4)]
    assert len(asked) == 1
    assert [receipt.streams for receipt in receipts] == [{"a/1": 2}, {"a/1": 3}, {"a/1": 4}]
    assert [recorded.position for recorded in postgres_log.read()] == [1, 2, 3, 4]
    assert rows(postgres_log, COUNTS)[0]["total"] == 8
    postgres_log.append(counted("c-5", "a/2", 0, 1))
    assert len(asked) == 2, "another stream is not known"


def test_a_command_that_comes_again_gets_its_first_answer(postgres_log: PostgresLog, asked: list[bytes]) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 5))
    first = postgres_log.append(counted("c-2", "a/1", 1, 1))
    again = postgres_log.append(counted("c-2", "a/1", 2, 1))
    assert (again.repeated, again.position) == (True, first.position)
    with pytest.raises(Reused):
        postgres_log.append(append("c-2", {"a/1": 2}, digest=b"another"))
    assert postgres_log.head()[0] == 2


def test_a_conflict_is_told_with_the_version_that_is(postgres_log: PostgresLog, asked: list[bytes]) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 5))
    with pytest.raises(Conflict) as conflict:
        postgres_log.append(counted("c-2", "a/1", 0, 1))
    assert conflict.value.streams == {"a/1": 1}
    assert len(asked) == 2, "a refusal rests on what was just read"


def test_what_another_has_written_is_noticed(postgres_log: PostgresLog, other: PostgresLog, asked: list[bytes]) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 1))
    other.append(counted("c-2", "a/1", 1, 1))
    with pytest.raises(Conflict) as conflict:
        postgres_log.append(counted("c-3", "a/1", 1, 1))
    assert conflict.value.streams == {"a/1": 2}
    assert postgres_log.append(counted("c-3", "a/1", 2, 1)).position == 3
    other.append(counted("c-4", "b/1", 0, 1))
    assert postgres_log.append(counted("c-5", "a/1", 3, 1)).position == 5
    assert [recorded.position for recorded in other.read()] == [1, 2, 3, 4, 5]
    assert sum(row["total"] for row in rows(other, COUNTS)) == 5


def test_turn_and_turn_about_no_event_is_lost_or_doubled(postgres_log: PostgresLog, other: PostgresLog) -> None:
    for number in range(40):
        log, stream = ((postgres_log, "a/1"), (other, "a/2"))[number % 3 == 0]
        version = list(postgres_log.read_streams({stream: 0}))[-1].version if number > 1 else 0
        log.append(counted(f"c-{number}", stream, version, 1))
    assert [recorded.position for recorded in postgres_log.read()] == list(range(1, 41))


def test_a_name_is_never_guessed_to_be_free(postgres_log: PostgresLog, asked: list[bytes]) -> None:
    postgres_log.append(named("c-1", "a/1", 0, "甲"))
    postgres_log.append(named("c-2", "a/1", 1, "乙"))
    assert len(asked) == 2


def test_the_time_of_the_head_is_that_of_its_event(postgres_log: PostgresLog) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 1))
    at = postgres_log.head()
    postgres_log.append(append("c-2", {"a/1": 1}))
    assert postgres_log.head() == at
