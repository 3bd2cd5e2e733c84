"""Roles and migrations: what the application role may do to its log, and that a migration applies once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest

from deploy import databases, migrations
from tests.kit.databases import drop

LOG = """
CREATE SCHEMA IF NOT EXISTS log;
CREATE TABLE IF NOT EXISTS log.events (position bigint PRIMARY KEY, line text NOT NULL);
CREATE TABLE IF NOT EXISTS log.head (position bigint PRIMARY KEY);
INSERT INTO log.head VALUES (0) ON CONFLICT DO NOTHING;
GRANT USAGE ON SCHEMA log TO {app};
GRANT SELECT ON ALL TABLES IN SCHEMA log TO {app};
GRANT INSERT ON log.events TO {app};
GRANT UPDATE ON log.head TO {app};
CREATE SCHEMA IF NOT EXISTS read AUTHORIZATION {app};
"""
VAULT = "CREATE SCHEMA vault; CREATE TABLE vault.keys (person text); CREATE TABLE vault.fixed (n int);"
FIXED = "GRANT SELECT ON vault.fixed TO {app};"


@pytest.fixture
def root(tmp_path: Any) -> Any:
    (tmp_path / "kernel" / "log").mkdir(parents=True)
    (tmp_path / "kernel" / "log" / "schema.sql").write_text(LOG, encoding="utf-8")
    own = tmp_path / "services" / "allocation" / "migrations"
    own.mkdir(parents=True)
    (own / "0001_vault.sql").write_text(VAULT + FIXED, encoding="utf-8")
    return tmp_path


@pytest.fixture
def made(postgres_server: Any, root: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(databases, "migrate", lambda url, service, roles: migrations.migrate(url, service, roles, root))
    namespace = secrets.token_hex(4)
    asked = (postgres_server.url, databases.derived("synthetic secret"), ("allocation", "gateway"), namespace)
    first = databases.provision(*asked)
    assert databases.provision(*asked) == first
    yield first
    drop(postgres_server.url, first)


@pytest.fixture
def database(made: Any) -> Any:
    return made["allocation"]


@pytest.fixture
def application(database: Any) -> Iterator[Any]:
    connection = psycopg2.connect(database.url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log.events SET line = 'x'",
        "DELETE FROM log.events",
        "TRUNCATE log.events",
        "DROP TABLE log.events",
        "ALTER TABLE log.events ADD COLUMN more text",
        "CREATE TABLE log.other (n int)",
        "CREATE TABLE public.other (n int)",
        "DELETE FROM log.head",
        "SELECT * FROM public.migration",
        "INSERT INTO vault.fixed VALUES (1)",
    ],
)
def test_the_application_cannot_change_its_log(application: Any, statement: Any) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        application.execute(statement)


def test_the_application_adds_reads_and_owns_its_read_models(application: Any) -> None:
    application.execute("INSERT INTO log.events VALUES (1, '{}')")
    application.execute("UPDATE log.head SET position = 1")
    application.execute("CREATE TABLE read.coverage (city text)")
    application.execute("DROP TABLE read.coverage")
    application.execute("INSERT INTO vault.keys VALUES ('p-1')")
    application.execute("DELETE FROM vault.keys")
    application.execute("SELECT e.position, h.position FROM log.events e, log.head h")
    assert application.fetchall() == [(1, 1)]


def test_another_service_has_no_way_in(made: Any) -> None:
    elsewhere = made["allocation"].url.rpartition("/")[0] + "/" + made["gateway"].url.rpartition("/")[2]
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        psycopg2.connect(elsewhere)


def test_a_migration_applies_once_and_is_never_edited(database: Any, root: Any) -> None:
    step = root / "services" / "allocation" / "migrations" / "0002_notes.sql"
    step.write_text("CREATE TABLE log.notes (n int);", encoding="utf-8")
    assert migrations.migrate(database.owner_url, "allocation", database.roles, root) == [
        "services/allocation/migrations/0002_notes.sql"
    ]
    assert migrations.migrate(database.owner_url, "allocation", database.roles, root) == []
    step.write_text("CREATE TABLE log.notes (n bigint);", encoding="utf-8")
    with pytest.raises(migrations.MigrationChanged, match=r"0002_notes\.sql .* allocation"):
        migrations.migrate(database.owner_url, "allocation", database.roles, root)
