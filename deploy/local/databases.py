"""A database per service: owner role, application role, schemas, grants.

Invariant: the application role may add to the log and never change or remove what stands there; its read models (schema
`read`) are its own to rebuild. Only the owner role, which no running process uses, may alter the log's tables.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from deploy.local.migrations import migrate

SERVICES: Final = ("allocation", "personnel", "attendance", "evaluation")
DATABASES: Final = (*SERVICES, "gateway")
APPEND_ONLY: Final = ("events", "commands")  # tables of schema `log` without UPDATE for the application role
SCHEMAS: Final = ("log", "read", "vault")


@dataclass(frozen=True)
class Database:
    """One service's database: address of its owner (migrations) and of its application (everything else)."""

    service: str
    owner_url: str
    url: str


def provision(
    admin_url: str, secret: str, services: Sequence[str] = DATABASES, namespace: str = ""
) -> dict[str, Database]:
    """Make databases, roles, schemas and tables of `services` where missing; running it again changes nothing.

    `admin_url` is a role that may create roles and databases. Role passwords are derived from `secret`.
    `namespace` keeps several systems apart on one server: databases are called `paizhu_<namespace>_<service>`.
    Raises MigrationChanged when a migration differs from the one applied.
    """
    prefix = f"paizhu_{namespace}_" if namespace else "paizhu_"
    made = {}
    for service in services:
        name = prefix + service
        owner, app = f"{name}_owner", f"{name}_app"
        with _session(admin_url) as cursor:
            for role in (owner, app):
                _role(cursor, role, _password(secret, role))
            _database(cursor, name, owner, app)
        database = Database(
            service,
            owner_url=_address(admin_url, name, owner, _password(secret, owner)),
            url=_address(admin_url, name, app, _password(secret, app)),
        )
        with _session(database.owner_url) as cursor:
            for schema in SCHEMAS:
                cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        migrate(database.owner_url, service)
        with _session(database.owner_url) as cursor:
            _grant(cursor, app)
        made[service] = database
    return made


def _role(cursor: Any, name: str, password: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    statement = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD %s")
    cursor.execute(statement.format(sql.Identifier(name)), (password,))


def _database(cursor: Any, name: str, owner: str, app: str) -> None:
    names = {"name": sql.Identifier(name), "owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
    if not cursor.fetchone():
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:  # only a member of a role may make a database for it
            cursor.execute(sql.SQL("GRANT {owner} TO current_user").format(**names))
        statement = "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        cursor.execute(sql.SQL(statement).format(**names))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {name} TO {app}").format(**names))


def _grant(cursor: Any, app: str) -> None:
    role = sql.Identifier(app)
    cursor.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE tableowner = current_user AND schemaname <> 'public'"
    )
    for schema, table in cursor.fetchall():
        rights = "SELECT, INSERT, UPDATE, DELETE"
        if schema == "log":
            rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE"
        statement = sql.SQL("GRANT " + rights + " ON {} TO {}")
        cursor.execute(statement.format(sql.Identifier(schema, table), role))
    cursor.execute(
        "SELECT nspname FROM pg_namespace WHERE nspowner = current_user::regrole AND nspname NOT LIKE 'pg\\_%%'"
    )
    for (schema,) in cursor.fetchall():
        names = {"schema": sql.Identifier(schema), "role": role}
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**names))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}").format(**names))
    cursor.execute(sql.SQL("GRANT CREATE ON SCHEMA read TO {}").format(role))


def _password(secret: str, role: str) -> str:
    return hmac.new(secret.encode(), role.encode(), hashlib.sha256).hexdigest()


def _address(admin_url: str, database: str, role: str, password: str) -> str:
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{place}", path=f"/{database}"))


@contextmanager
def _session(url: str) -> Iterator[Any]:
    """A cursor in autocommit: CREATE DATABASE is refused inside a transaction."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
