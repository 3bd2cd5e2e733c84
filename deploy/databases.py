"""A database per service: its roles, schemas, grants.

Invariant: a running process connects as the application role, which owns its read models (schema `read`) and has on
everything else only what the SQL files grant it; the checkpointer as the signer, which reads events and adds to their
tree; an auditor as one who reads log and read models and changes nothing; who rewraps keys of personal data as the
security role, which has nothing but that. The owner role is for migrations alone. None of them is let into another
database than its own, keeps a session busy or asleep for longer than its work takes, or takes the connections of the
others. What comes of it stands in `rights.txt` beside the migrations (`kernel.log.rights`).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from deploy import least_rights
from deploy.migrations import migrate
from services import SERVICES

DATABASES: Final = (*SERVICES, "gateway")
KINDS: Final = ("app", "signer", "auditor", "security")
"""The roles of a database beside its owner."""


@dataclass(frozen=True)
class Database:
    """One service's database: its address for the owner, the application, the checkpointer and the auditor."""

    service: str
    roles: Mapping[str, str]  # the names of the roles, by kind: see KINDS
    owner_url: str
    url: str
    signer_url: str
    auditor_url: str
    security_url: str

    def address(self, role: str) -> str:
        """The address for the role `app` or `signer`."""
        return {"app": self.url, "signer": self.signer_url}[role]

    @property
    def app(self) -> str:
        """The application role."""
        return self.roles["app"]


def provision(
    admin_url: str, password: Callable[[str], str], services: Sequence[str] = DATABASES, namespace: str = ""
) -> dict[str, Database]:
    """Make databases, roles, schemas and tables of `services` where missing; running it again changes nothing.

    `admin_url` is a role that may create roles and databases. `password` gives the password of a role by its name.
    `namespace` keeps several systems apart on one server: databases are called `paizhu_<namespace>_<service>`. A server
    on which a system has none is the system's own: there nobody is let into the databases the server came with.
    Raises MigrationChanged when a migration differs from the one applied.
    """
    prefix = f"paizhu_{namespace}_" if namespace else "paizhu_"
    made = {}
    with _session(admin_url) as cursor:
        superuser = least_rights.is_superuser(cursor)
        if superuser and not namespace:
            least_rights.close_first_databases(cursor)
    for service in services:
        name = prefix + service
        owner, roles = f"{name}_owner", {kind: f"{name}_{kind}" for kind in KINDS}
        with _session(admin_url) as cursor:
            for kind, role in {"owner": owner, **roles}.items():
                least_rights.role(cursor, kind, role, password(role))
            if not superuser:  # only a member of a role may make a database for it
                cursor.execute(sql.SQL("GRANT {} TO current_user").format(sql.Identifier(owner)))
            _database(cursor, name, owner, roles)
            if not superuser:
                cursor.execute(sql.SQL("REVOKE {} FROM current_user").format(sql.Identifier(owner)))
        if superuser:  # another server's own functions are not ours to close
            with _session(urlunsplit(urlsplit(admin_url)._replace(path=f"/{name}"))) as cursor:
                least_rights.close_large_objects(cursor)
        url = {role: _address(admin_url, name, role, password(role)) for role in (owner, *roles.values())}
        migrate(url[owner], service, roles)
        with _session(url[owner]) as cursor:
            least_rights.close_functions(cursor)
            _grant_the_rest(cursor, roles["app"])
        made[service] = Database(
            service,
            roles,
            owner_url=url[owner],
            url=url[roles["app"]],
            signer_url=url[roles["signer"]],
            auditor_url=url[roles["auditor"]],
            security_url=url[roles["security"]],
        )
    return made


def _database(cursor: Any, name: str, owner: str, roles: Mapping[str, str]) -> None:
    named = {"name": name, "owner": owner, **roles}
    names = {kind: sql.Identifier(role) for kind, role in named.items()}
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
    if not cursor.fetchone():
        statement = "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        cursor.execute(sql.SQL(statement).format(**names))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    everybody = "{app}, {signer}, {auditor}, {security}"
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM " + everybody).format(**names))
    cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {name} TO " + everybody).format(**names))
    # Temporary tables are where an auditor's replay rebuilds read models beside the live ones.
    cursor.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {name} TO {auditor}").format(**names))
    cursor.execute(sql.SQL("GRANT {app} TO {owner}").format(**names))  # the owner makes schema `read` for it


def _grant_the_rest(cursor: Any, app: str) -> None:
    """Reading and writing for the application on every table for which no SQL file grants it anything in particular."""
    cursor.execute(
        """
        SELECT DISTINCT schemaname, tablename FROM pg_tables
        WHERE tableowner = current_user AND schemaname NOT IN ('public', 'log')
          AND NOT has_table_privilege(%s, format('%%I.%%I', schemaname, tablename), 'SELECT, INSERT, UPDATE, DELETE')
        """,
        (app,),
    )
    for schema, table in cursor.fetchall():
        names = {"schema": sql.Identifier(schema), "table": sql.Identifier(schema, table), "app": sql.Identifier(app)}
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {app}").format(**names))
        cursor.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {app}").format(**names))
        cursor.execute(sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {app}").format(**names))


def derived(secret: str) -> Callable[[str], str]:
    """Passwords for provision() that follow from one secret and differ from role to role."""
    return lambda role: hmac.new(secret.encode(), role.encode(), hashlib.sha256).hexdigest()


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
