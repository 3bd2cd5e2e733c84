"""A stolen database password: a role is let into its own database and nowhere else, calls nothing that is not its own,
leaves nothing behind outside its tables, and takes nobody's connections."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import psycopg2
import pytest

from deploy import databases
from deploy.databases import DATABASES, Database
from deploy.least_rights import CONNECTIONS
from tests.kit.databases import drop, rows_of, run

KINDS = ("app", "signer", "auditor", "security", "owner")
REFUSED = (
    "select lo_create(0)",
    "select lo_from_bytea(0, 'much')",
    "select lo_creat(-1)",
    "create table public.mine (n int)",
    "create schema mine",
    "select log.refuse_change()",
    "select pg_read_file('/etc/passwd')",
    "copy log.events to program 'cat'",
    "set session_replication_role = 'replica'",
    "create extension dblink schema log",
)


@pytest.fixture(scope="module")
def made(postgres_server: Any) -> Iterator[dict[str, Database]]:
    """A system that has the server to itself, as it is on one machine and in containers."""
    found = databases.provision(postgres_server.url, lambda role: "synthetic")
    try:
        yield found
    finally:
        drop(postgres_server.url, found)
        run(postgres_server.url, "grant connect on database postgres, template1 to public")


def addresses(database: Database) -> Iterator[tuple[str, str]]:
    """(kind, address) of every role of the database."""
    for kind, role in {**database.roles, "owner": f"{database.app.removesuffix('_app')}_owner"}.items():
        yield kind, database.url.replace(f"//{database.app}:", f"//{role}:")


def test_nobody_is_let_into_a_database_that_is_not_his(made: dict[str, Database]) -> None:
    names = ["postgres", "template1", *(database.url.rpartition("/")[2] for database in made.values())]
    entered = []
    for database in made.values():
        for kind, address in addresses(database):
            for name in names:
                try:
                    psycopg2.connect(f"{address.rpartition('/')[0]}/{name}").close()
                except psycopg2.OperationalError:
                    continue
                entered.append((database.service, kind, name))
    own = [(service, kind, f"paizhu_{service}") for service in DATABASES for kind in KINDS]
    assert sorted(entered) == sorted(own)


COUNTED = {
    "looks.daily": (
        "day, person, role, organ, looked, others",
        "'2026-11-02', 's-1', 'unit', 'U01', 400, 24",
        {
            "day": "'2026-11-01'",
            "person": "'s-2'",
            "role": "'channel'",
            "organ": "'U02'",
            "looked": "401",
            "others": "25",
        },
        {"looked", "others"},
    ),
    "rereadings.open": (
        "first, key, since, again, closing, reader, role, purpose",
        "1, sha256('x'), 1, 3, false, 's-1', 'unit', 'x'",
        {
            "first": "2",
            "key": "sha256('y')",
            "since": "9",
            "again": "4",
            "closing": "true",
            "reader": "'s-2'",
            "role": "'y'",
            "purpose": "'y'",
        },
        {"again", "closing"},
    ),
}
"""By table: its columns, a row, another value for each column, those that the application changes."""


@pytest.mark.parametrize("table", COUNTED)
def test_what_was_counted_of_one_is_moved_to_nobody_else(made: dict[str, Database], table: str) -> None:
    columns, row, others, counting = COUNTED[table]
    personnel = made["personnel"]
    assert {*others} == {*columns.split(", ")}
    run(personnel.url, f"insert into {table} ({columns}) values ({row})")
    stored = rows_of(personnel.owner_url, f"select * from {table}")
    also = ", ".join(f"{one} = {others[one]}" for one in counting)
    for column in sorted({*others} - counting):
        for moved in (f"{column} = {others[column]}", f"{column} = {others[column]}, {also}"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                run(personnel.url, f"update {table} set {moved}")
    assert rows_of(personnel.owner_url, f"select * from {table}") == stored
    run(personnel.url, f"update {table} set {also}")
    ((changed,),) = rows_of(personnel.owner_url, f"select count(*) from {table} where {also.replace(',', ' and')}")
    assert changed == len(stored) == 1


def test_what_everybody_may_by_default_no_role_may(made: dict[str, Database]) -> None:
    passed = []
    for database in made.values():
        for kind, address in addresses(database):
            with closing(psycopg2.connect(address)) as session, session.cursor() as cursor:
                for statement in REFUSED:
                    try:
                        cursor.execute(statement)
                        passed.append((kind, statement))
                    except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.FeatureNotSupported):
                        pass  # not granted; or granted to the owner, whose it is, and of no use but to a trigger
                    session.rollback()
    assert set(passed) == {("owner", "create table public.mine (n int)"), ("owner", "create schema mine")}
    assert rows_of(made["personnel"].owner_url, "select count(*) from pg_largeobject_metadata") == [(0,)]


def test_temporary_tables_are_the_auditors_alone(made: dict[str, Database]) -> None:
    for kind, address in addresses(made["allocation"]):
        if kind in ("auditor", "owner"):
            run(address, "create temporary table mine (n int)")
            continue
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            run(address, "create temporary table mine (n int)")


def test_a_role_that_takes_all_it_gets_leaves_the_others_theirs(made: dict[str, Database]) -> None:
    greedy, others = made["attendance"], [made[name] for name in DATABASES if name != "attendance"]
    with ExitStack() as held:
        for _ in range(CONNECTIONS["app"]):
            held.callback(psycopg2.connect(greedy.url).close)
        with pytest.raises(psycopg2.OperationalError, match="too many connections for role"):
            psycopg2.connect(greedy.url)
        for address in [address for other in others for _, address in addresses(other)]:
            psycopg2.connect(address).close()
    psycopg2.connect(greedy.url).close()


def test_who_may_make_roles_and_databases_provisions_without_being_superuser(postgres_server: Any) -> None:
    run(postgres_server.url, "create role clerk login createdb createrole password 'synthetic'")
    clerk = postgres_server.url.replace(postgres_server.url.split("//")[1].split("@")[0], "clerk:synthetic")
    made: dict[str, Database] = {}
    try:
        run(postgres_server.url, "grant connect on database postgres to clerk")
        for _ in range(2):
            made = databases.provision(clerk, lambda role: "synthetic", ("evaluation",), "clerks")
        members = "select count(*) from pg_auth_members where member = 'clerk'::regrole"
        assert rows_of(postgres_server.url, members) == [(0,)]
    finally:
        drop(postgres_server.url, made)
        run(postgres_server.url, "revoke connect on database postgres from clerk")
        run(postgres_server.url, "drop role clerk")
