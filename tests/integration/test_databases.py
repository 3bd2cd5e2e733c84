"""Roles and migrations: what the application role may do to its log, and that a migration applies once."""

from __future__ import annotations

import secrets

import psycopg2
import pytest

from deploy.local import databases, migrations

LOG = """
CREATE TABLE log.events (position bigint PRIMARY KEY, line text NOT NULL);
CREATE TABLE log.head (position bigint NOT NULL);
INSERT INTO log.head VALUES (0);
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "kernel" / "log").mkdir(parents=True)
    (tmp_path / "kernel" / "log" / "schema.sql").write_text(LOG, encoding="utf-8")
    (tmp_path / "services" / "allocation" / "migrations").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def database(postgres_server, root, monkeypatch):
    monkeypatch.setattr(databases, "migrate", lambda url, service: migrations.migrate(url, service, root))
    namespace = secrets.token_hex(4)
    made = databases.provision(postgres_server.url, "synthetic secret", ("allocation",), namespace)
    again = databases.provision(postgres_server.url, "synthetic secret", ("allocation",), namespace)
    assert made == again
    yield made["allocation"]
    admin = psycopg2.connect(postgres_server.url)
    admin.autocommit = True
    with admin.cursor() as cursor:
        name = f"paizhu_{namespace}_allocation"
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        for role in ("owner", "app"):
            cursor.execute(f'DROP ROLE "{name}_{role}"')
    admin.close()


@pytest.fixture
def application(database):
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
    ],
)
def test_the_application_cannot_change_its_log(application, statement):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        application.execute(statement)


def test_the_application_adds_reads_and_owns_its_read_models(application):
    application.execute("INSERT INTO log.events VALUES (1, '{}')")
    application.execute("UPDATE log.head SET position = 1")
    application.execute("CREATE TABLE read.coverage (city text)")
    application.execute("DROP TABLE read.coverage")
    application.execute("SELECT e.position, h.position FROM log.events e, log.head h")
    assert application.fetchall() == [(1, 1)]


def test_another_service_has_no_way_in(postgres_server, database):
    other = databases.provision(postgres_server.url, "synthetic secret", ("gateway",), "other")["gateway"]
    elsewhere = database.url.rpartition("/")[0] + "/" + other.url.rpartition("/")[2]
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        psycopg2.connect(elsewhere)


def test_a_migration_applies_once_and_is_never_edited(database, root):
    step = root / "services" / "allocation" / "migrations" / "0001_notes.sql"
    step.write_text("CREATE TABLE log.notes (n int);", encoding="utf-8")
    assert migrations.migrate(database.owner_url, "allocation", root) == [
        "services/allocation/migrations/0001_notes.sql"
    ]
    assert migrations.migrate(database.owner_url, "allocation", root) == []
    step.write_text("CREATE TABLE log.notes (n bigint);", encoding="utf-8")
    with pytest.raises(migrations.MigrationChanged, match=r"0001_notes\.sql .* allocation"):
        migrations.migrate(database.owner_url, "allocation", root)
