"""What each database role may do to what must never change, asked of PostgreSQL by trying it."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from deploy.databases import DATABASES, KINDS, derived
from deploy.local.system import System
from deploy.passwords import password_of

DESTRUCTIVE: Final = (
    "update {table} set {column} = {column}",
    "delete from {table}",
    "truncate {table}",
    "truncate {table} cascade",
    "drop table {table}",
    "drop table {table} cascade",
    "alter table {table} disable trigger all",
    "alter table {table} add column hostile text",
    "alter table {table} owner to current_user",
    "create rule hostile as on insert to {table} do instead nothing",
    "create trigger hostile before insert on {table} execute function suppress_redundant_updates_trigger()",
    # To who may not grant this is a warning and nothing more: so it is asked whether it did anything.
    "grant all on {table} to public; select 1 / (select count(*) from pg_class, aclexplode(relacl)"
    " where oid = {name}::regclass and grantee = 0)",
    "copy {table} from program 'true'",
)
GENERAL: Final = (
    "create role hostile superuser",
    "alter role current_user superuser",
    "create database hostile",
    "create schema hostile",
    "create table public.hostile (a int)",
    "create function public.hostile() returns int language sql as 'select 1'",
    "create extension file_fdw",
    "set session_replication_role = replica",
    "alter system set fsync = off",
    "select pg_read_file('PG_VERSION')",
    "select pg_ls_dir('.')",
    "select lo_import('/etc/hostname')",
    "select pg_reload_conf()",
    "copy (select 1) to program 'true'",
    "set role postgres",
    "select * from pg_authid",
)


def addresses(system: System) -> dict[str, str]:
    """The addresses of every role that a process or a person of ``system`` connects as, by the role's name."""
    password, found = derived(password_of(system.data, "roles")), {}
    for service in DATABASES:
        parts = urlsplit(system.auditor_url(service))
        place, database = parts.netloc.rpartition("@")[2], parts.path.lstrip("/")
        for kind in KINDS:
            role = f"{database}_{kind}"
            found[role] = urlunsplit(parts._replace(netloc=f"{role}:{password(role)}@{place}"))
    return found


def attempts(system: System) -> tuple[Counter[str], list[str]]:
    """(how often each role was refused, what it was let do that it must not)."""
    refused: Counter[str] = Counter()
    let: list[str] = []
    for role, url in sorted(addresses(system).items()):
        with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            for statement in _statements(cursor):
                if _taken(connection, cursor, statement):
                    let.append(f"{role}: {statement.as_string(connection)}")
                else:
                    refused[role] += 1
    return refused, let


def _statements(cursor: Any) -> list[sql.Composable]:
    """Every destructive statement on every table that only grows, and the general ones."""
    cursor.execute(
        """
        select distinct n.nspname, c.relname, (select attname from pg_attribute where attrelid = c.oid and attnum = 1)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_trigger t on t.tgrelid = c.oid
        where c.relkind = 'r' and t.tgname = 'append_only' order by 1, 2
        """
    )
    made: list[sql.Composable] = [sql.SQL(text) for text in GENERAL]
    for schema, table, column in cursor.fetchall():
        name = sql.Literal(f"{schema}.{table}")
        names = {"table": sql.Identifier(schema, table), "column": sql.Identifier(column), "name": name}
        made += [sql.SQL(text).format(**names) for text in DESTRUCTIVE]
    return made


def _taken(connection: Any, cursor: Any, statement: sql.Composable) -> bool:
    """Whether the database does it; it is undone at once."""
    try:
        cursor.execute(statement)
    except psycopg2.Error:
        return False
    finally:
        connection.rollback()
    return True
