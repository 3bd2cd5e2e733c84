"""What only the store on PostgreSQL can break: rights and triggers, lost connections, other processes, missing rows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege, IntegrityError

from kernel.errors import Busy, Conflict, Corrupt, Reused
from kernel.log import Receipt, commit, statements
from kernel.log.group import Entry
from kernel.log.postgres import PostgresLog, schema
from kernel.log.sessions import Lost, connect
from tests.kit.databases import Database, run
from tests.kit.log.probe import COUNTS, TABLES, TYPES, counted, project, rows
from tests.kit.waiting import BOUND

CHANGES = [
    "update log.events set line = '{}'",
    "update log.events set line = line where false",
    "delete from log.events",
    "truncate log.events",
    "update log.commands set receipt = '{}'",
    "delete from log.commands where id = 'c-1'",
    "truncate log.commands",
    "delete from log.claims",
    "truncate log.events, log.commands, log.claims, log.parked",
]


@pytest.mark.req("X-050")
@pytest.mark.parametrize("sql", CHANGES)
def test_nobody_changes_what_is_stored(postgres_log: PostgresLog, log_database: Database, sql: str) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 5))
    before = postgres_log.lines(0, 10)
    with pytest.raises(InsufficientPrivilege):
        run(log_database.url, sql)
    with pytest.raises(IntegrityError, match="append-only"):
        run(log_database.owner_url, sql)
    assert postgres_log.lines(0, 10) == before
    assert postgres_log.receipt("c-1", b"d") is not None


@pytest.mark.req("X-050")
@pytest.mark.parametrize("sql", CHANGES)
def test_not_even_a_superuser_who_plays_replica(
    postgres_log: PostgresLog, log_database: Database, postgres_server: Database, sql: str
) -> None:
    """Ordinary triggers rest under session_replication_role = replica; these do not."""
    postgres_log.append(counted("c-1", "a/1", 0, 5))
    superuser = postgres_server.url.rpartition("/")[0] + "/" + log_database.url.rpartition("/")[2]
    with pytest.raises(IntegrityError, match="append-only"):
        run(superuser, "set session_replication_role = replica;" + sql)
    assert len(postgres_log.lines(0, 10)) == 1


def test_the_application_cannot_lift_the_protection(postgres_log: PostgresLog, log_database: Database) -> None:
    for sql in (
        "alter table log.events disable trigger append_only",
        "drop trigger append_only on log.events",
        "drop table log.events",
        "delete from log.head",
        "delete from log.inbox",
        "create table log.other (a int)",
    ):
        with pytest.raises(InsufficientPrivilege):
            run(log_database.url, sql)


def test_the_schema_and_the_read_models_can_be_made_twice(postgres_log: PostgresLog, log_database: Database) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 5))
    run(log_database.owner_url, schema(log_database.roles))
    postgres_log.prepare(TABLES)
    assert postgres_log.head()[0] == 1
    assert [row["total"] for row in rows(postgres_log, COUNTS)] == [5]


def test_two_processes_write_into_one_order(postgres_log: PostgresLog, log_database: Database) -> None:
    other = PostgresLog(log_database.url, "probe", TYPES, project)
    for number in range(4):
        (postgres_log, other)[number % 2].append(counted(f"c-{number}", "a/1", number, 1))
    with pytest.raises(Conflict):
        other.append(counted("c-9", "a/1", 2, 1))
    assert other.append(counted("c-0", "a/1", 0, 1)).repeated
    assert [r.position for r in postgres_log.read()] == [1, 2, 3, 4]
    other.close()


def test_a_row_only_the_database_refuses_fails_its_command_only(postgres_log: PostgresLog) -> None:
    """The sum of two amounts that fit is too wide: the whole group fails there, and is then tried one by one."""
    postgres_log.append(counted("c-1", "a/1", 0, 2**62))
    with pytest.raises(psycopg2.DataError):
        postgres_log.append(counted("c-2", "a/1", 1, 2**62))
    group = postgres_log._group
    entries: list[Any] = [Entry([item]) for item in (counted("c-3", "a/1", 1, 2**62), counted("c-4", "a/2", 0, 1))]
    group._serve(entries)
    assert isinstance(entries[0].error, psycopg2.DataError)
    assert entries[1].outcome == [Receipt(2, {"Counted": 1}, {"a/2": 1}, {})]
    assert postgres_log.head()[0] == 2


@pytest.mark.parametrize("last", [1, 2**62])
def test_a_large_batch_goes_in_pieces_and_stands_whole_or_not_at_all(
    postgres_log: PostgresLog, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 2**62))
    told: list[statements.Piece] = []
    tell = postgres_log._writer.tell

    def tells(piece: statements.Piece) -> None:
        told.append(piece)
        tell(piece)

    monkeypatch.setattr(postgres_log._writer, "tell", tells)
    amounts = [1] * 2_500
    if last > 1:
        with pytest.raises(psycopg2.DataError):
            postgres_log.append(counted("c-2", "a/1", 1, *amounts, last))
        amounts = []
    else:
        postgres_log.append(counted("c-2", "a/1", 1, *amounts))
    assert sum(isinstance(piece, statements.Copy) for piece in told) == 3
    assert postgres_log.head()[0] == 1 + len(amounts)
    assert [one.version for one in postgres_log.read()] == [*range(1, 2 + len(amounts))]
    assert [row["total"] for row in rows(postgres_log, COUNTS)] == [2**62 + len(amounts)]
    assert postgres_log.append(counted("c-3", "a/1", 1 + len(amounts), 1)).position == 2 + len(amounts)


def test_a_large_batch_is_served_alone_and_given_its_receipt_again(
    postgres_log: PostgresLog, log_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside others, sent twice, and after its connection broke between two pieces."""
    monkeypatch.setattr(commit, "_AT_ONCE", 2)
    entries: list[Any] = [Entry([item]) for item in (counted("c-1", "a/1", 0, 1, 2, 3), counted("c-2", "a/2", 0, 1))]
    postgres_log._group._serve(entries)
    first = Receipt(3, {"Counted": 3}, {"a/1": 3}, {})
    assert [entry.outcome for entry in entries] == [[first], [Receipt(4, {"Counted": 1}, {"a/2": 1}, {})]]
    assert postgres_log.append(counted("c-1", "a/1", 0, 1, 2, 3)) == replace(first, repeated=True)
    tell = postgres_log._writer.tell

    def breaks(piece: statements.Piece) -> None:
        monkeypatch.setattr(postgres_log._writer, "tell", tell)
        tell(piece)
        postgres_log._writer.close()
        raise Lost("the answer never came")

    monkeypatch.setattr(postgres_log._writer, "tell", breaks)
    again = postgres_log.append(counted("c-3", "a/1", 3, 1, 2, 3))
    assert again == Receipt(7, {"Counted": 3}, {"a/1": 6}, {})
    assert [row["total"] for row in rows(postgres_log, COUNTS)] == [12, 1]


def backends(database: Database) -> str:
    """The statement that ends all sessions of the database."""
    name = database.url.rpartition("/")[2]
    return (
        f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}' and pid <> pg_backend_pid()"
    )


def test_a_lost_connection_is_made_again(
    postgres_log: PostgresLog, log_database: Database, postgres_server: Database
) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 1))
    assert postgres_log.head()[0] == 1
    run(postgres_server.url, backends(log_database))
    assert postgres_log.append(counted("c-2", "a/1", 1, 1)).position == 2
    run(postgres_server.url, backends(log_database))
    assert postgres_log.head()[0] == 2


@pytest.mark.parametrize("committed", [True, False])
def test_an_append_whose_commit_got_no_answer_is_settled_by_looking_it_up(
    postgres_log: PostgresLog, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    writer = postgres_log._writer
    broken: list[Any] = []
    tell = writer.tell

    def breaks(sql: bytes) -> None:
        if not broken:
            broken.append(sql)
            if committed:
                tell(sql)
            writer.close()
            raise Lost("the answer never came")
        tell(sql)

    monkeypatch.setattr(writer, "tell", breaks)
    receipt = postgres_log.append(counted("c-1", "a/1", 0, 5))
    assert receipt == Receipt(1, {"Counted": 1}, {"a/1": 1}, {})
    assert [row["total"] for row in rows(postgres_log, COUNTS)] == [5]
    assert postgres_log.append(counted("c-1", "a/1", 0, 5)).repeated
    with pytest.raises(Reused):
        postgres_log.append(counted("c-1", "a/1", 0, 5, digest=b"e"))


def test_a_server_that_is_away_is_said_to_be_busy(unused_address: str) -> None:
    log = PostgresLog(unused_address, "probe", TYPES, project)
    for call in (lambda: log.append(counted("c-1", "a/1", 0, 1)), log.head, lambda: log.rows("select 1")):
        with pytest.raises(Busy) as refused:
            call()
        assert refused.value.code == "log_away"


@pytest.fixture
def unused_address() -> str:
    """Where nothing listens: port 1 is reserved."""
    return "postgresql://nobody:synthetic@127.0.0.1:1/none"


def test_a_stopped_writer_leaves_no_lock_behind(
    postgres_log: PostgresLog, log_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A caller that is killed between the two round trips must not hold up the next."""

    class Stopped(BaseException):
        pass

    def stop() -> int:
        raise Stopped

    monkeypatch.setattr(postgres_log._committer, "_now", stop)
    with pytest.raises(Stopped):
        postgres_log.append(counted("c-1", "a/1", 0, 1))
    monkeypatch.undo()
    other = PostgresLog(log_database.url, "probe", TYPES, project)
    assert other.append(counted("c-0", "a/2", 0, 1)).position == 1
    other.close()
    assert postgres_log.append(counted("c-1", "a/1", 0, 1)).position == 2


@pytest.mark.parametrize("missing", [1, 3, 5])
def test_a_missing_position_is_corruption(postgres_log: PostgresLog, log_database: Database, missing: int) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 1, 2, 3, 4, 5))
    run(
        log_database.owner_url,
        f"alter table log.events disable trigger append_only; delete from log.events where position = {missing};"
        "alter table log.events enable always trigger append_only",
    )
    both: tuple[Iterator[Any], ...] = (postgres_log.read(), postgres_log.replay())
    for events in both:
        assert [next(events).position for _ in range(missing - 1)] == list(range(1, missing))
        with pytest.raises(Corrupt, match=f"position {missing} is missing"):
            next(events)


def test_a_line_that_cannot_be_read_is_named(postgres_log: PostgresLog, log_database: Database) -> None:
    postgres_log.append(counted("c-1", "a/1", 0, 1, 2, 3))
    run(
        log_database.owner_url,
        "alter table log.events disable trigger append_only;"
        "update log.events set line = '{' || line where position = 2;"
        "alter table log.events enable always trigger append_only",
    )
    both: tuple[Iterator[Any], ...] = (postgres_log.read(), postgres_log.replay())
    for events in both:
        assert next(events).position == 1
        with pytest.raises(Corrupt, match="position 2"):
            next(events)


def test_a_session_does_what_the_server_was_not_told(postgres_server: Database) -> None:
    session = connect(postgres_server.url)
    with session.cursor() as cursor:
        cursor.execute("select current_setting('standard_conforming_strings'), current_setting('client_encoding')")
        assert cursor.fetchall() == [("on", "UTF8")]
    session.close()


def test_green_threads_of_a_patched_process_lose_and_double_nothing(
    postgres_log: PostgresLog, log_database: Database
) -> None:
    """And while the database works the process does not stand still: its other green threads go on."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kit.log.green_writers", log_database.url],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=BOUND,
    )
    found = orjson.loads(done.stdout)
    assert found["positions"] == list(range(1, 2_757))
    assert {row["stream"]: row["total"] for row in found["totals"]} == {
        "shared/1": 128,
        **{f"own/{n}": 4 for n in range(32)},
        "own/32": 2_500,
    }
    assert found["ticks"] > 20
