"""What provisioning makes is what is written down, on a fresh server as on one that was left otherwise; and whatever a
superuser changes of it is named."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from deploy import databases
from deploy.databases import DATABASES, Database
from kernel.log import rights
from kernel.log.rights import Right
from tests.kit.databases import fresh, rows_of, run

LEFT_OPEN = (
    "grant connect, temporary on database {name} to public",
    "grant temporary on database {name} to {name}_app",
    "grant usage, create on schema public to public",
    "grant execute on function log.advance(bigint, bigint, bigint, bigint, bigint), log.refuse_change() to public",
    "grant execute on function vault.refuse_change() to public",
    "alter default privileges for role {name}_owner grant execute on functions to public",
    "grant update, delete on log.events, log.checkpoints to {name}_app",
    "grant all on all tables in schema log to {name}_security",
    "alter role {name}_app connection limit -1 createdb createrole",
    "alter role {name}_signer reset all",
    "alter table log.events enable trigger append_only",
)
"""What an older version, or a careless hand, leaves that the next provisioning closes."""

CHANGED = {
    "grant update on log.events to {name}_app": "grant table | log.events | app update",
    "grant update (line) on log.events to {name}_app": "grant column | log.events.line | app update",
    "grant update on log.checkpoints to public": "grant table | log.checkpoints | PUBLIC update",
    "grant create on schema log to {name}_app": "grant schema | log | app create",
    "grant connect on database {name} to public": "grant database | itself | PUBLIC connect",
    "grant {name}_owner to {name}_signer": "role | signer | member of owner",
    "grant pg_write_all_data to {name}_auditor": "role | auditor | member of pg_write_all_data",
    "alter role {name}_app superuser": "role | app | superuser login at most 40 connections",
    "grant set on parameter session_replication_role to {name}_app": (
        "grant parameter | session_replication_role | app set"
    ),
    "grant execute on function pg_read_file(text) to {name}_app": "grant function | pg_read_file(text) | app execute",
    "grant execute on function pg_read_file(text) to public": "grant function | pg_read_file(text) | PUBLIC execute",
    "grant select on read.coverage to {name}_signer": "grant table | read.coverage | signer select",
    "alter default privileges for role {name}_owner in schema log grant update on tables to {name}_app": (
        "grant default r | in log | app update"
    ),
    "alter table log.head owner to {name}_app": "owner table | log.head | app",
    "alter table log.relay set unlogged": "owner unlogged table | log.relay | owner",
    "alter table log.claims disable trigger append_only": "trigger | log.claims | append_only D CREATE TRIGGER",
    "alter table log.claims enable trigger append_only": "trigger | log.claims | append_only O CREATE TRIGGER",
    "alter table log.cosignatures disable trigger all": "trigger | log.cosignatures | of a constraint D cosig",
    "create trigger more before insert on log.events for each row execute function log.refuse_change()": (
        "trigger | log.events | more O CREATE TRIGGER"
    ),
    "create or replace function log.refuse_change() returns trigger language plpgsql as 'begin return null; end'": (
        "function | log.refuse_change() | "
    ),
    "alter function log.advance(bigint, bigint, bigint, bigint, bigint) security definer": (
        "function | log.advance(bigint,bigint,bigint,bigint,bigint) | as its owner "
    ),
    "create function log.more() returns int language sql as 'select 1'": "owner function | log.more() | postgres",
    "create rule quiet as on insert to log.parked do instead nothing": "rule | log.parked | quiet ",
    "create policy quiet on log.commands using (false)": "policy | log.commands | quiet *",
    "alter table log.commands enable row level security": "row security | log.commands | on",
    "alter table log.events drop constraint events_stream_version_key": (
        "constraint | log.events | events_stream_version_key UNIQUE (stream, version)"
    ),
    "alter role {name}_app in database {name} set session_replication_role = 'replica'": (
        "setting | app | session_replication_role=replica"
    ),
    "create view log.shadow as select 1": "owner view | log.shadow | postgres",
    "create schema other": "owner schema | other | postgres",
    "create function pg_catalog.more() returns int language sql as 'select 1'": (
        "grant function | more() | PUBLIC execute"
    ),
    "alter function pg_read_file(text) security definer": "function | pg_read_file(text) | as its owner ",
    "create or replace function pg_catalog.pg_sleep(float8) returns void strict language plpgsql as 'begin end'": (
        "function | pg_sleep(double precision) | "
    ),
    "alter table log.events alter column leaf drop not null": "column | log.events.leaf | bytea",
    "alter table log.events alter column leaf set default 'x'": "column | log.events.leaf | bytea default ",
    "alter table log.events add column more text": "column | log.events.more | text",
    "alter table log.events alter column line set statistics 0": (
        "column | log.events.line | text not null never sampled"
    ),
    "drop index log.commands_record": "index | log.commands_record | CREATE UNIQUE INDEX",
    "create publication more for all tables": "publication | more | of all tables",
    "create subscription more connection 'dbname=none' publication more with (connect=false, enabled=false)": (
        "subscription | more | postgres"
    ),
    "create foreign data wrapper more": "foreign data | more | postgres",
    "create server more foreign data wrapper more": "foreign server | more | postgres",
    "create language more handler plpgsql_call_handler": "language | more | postgres",
    "create operator public.=== (leftarg = text, rightarg = text, function = texteq)": (
        "operator | ===(text,text) | texteq"
    ),
    "create cast (bytea as jsonb) without function": "cast | bytea as jsonb | -",
    "create type log.more as enum ('a')": "type | log.more | e",
    "create extension pageinspect": "extension | pageinspect | postgres",
}
"""One change by a superuser, and what the comparison must say of it."""


@pytest.fixture(scope="module")
def made(postgres_server: Any) -> Iterator[dict[str, Database]]:
    with fresh(postgres_server.url, *DATABASES) as found:
        yield found


def found(database: Database) -> frozenset[Right]:
    """What an auditor sees, who has no right of his own on any of it."""
    return rights.found(partial(rows_of, database.auditor_url))


@pytest.mark.parametrize("service", DATABASES)
def test_a_fresh_database_is_what_is_written_down(made: dict[str, Database], service: str) -> None:
    there, written = found(made[service]), rights.expected(service)
    assert (there - written, written - there) == (frozenset(), frozenset()), "`paizhu rights` writes the files"
    assert rights.parse(rights.text(written)) == written


def test_a_system_that_was_left_open_comes_over_at_the_next_provisioning(postgres_server: Any) -> None:
    with fresh(postgres_server.url, "personnel") as there:
        database = there["personnel"]
        name = database.app.removesuffix("_app")
        for statement in LEFT_OPEN:
            run(own(postgres_server.url, name), statement.format(name=name))
        assert len(found(database) - rights.expected("personnel")) > len(LEFT_OPEN)
        namespace = name.removeprefix("paizhu_").removesuffix("_personnel")
        again = databases.provision(postgres_server.url, lambda role: "synthetic", ("personnel",), namespace)
        assert again == there
        assert found(database) == rights.expected("personnel")


def own(url: str, name: str) -> str:
    """The superuser's address of the database ``name``."""
    return f"{url.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="module")
def changed(postgres_server: Any) -> Iterator[Database]:
    with fresh(postgres_server.url, "evaluation") as there:
        run(there["evaluation"].url, "create table read.coverage (city text)")
        assert found(there["evaluation"]) == rights.expected("evaluation")
        yield there["evaluation"]
        # A database that subscribes cannot be dropped.
        address = own(postgres_server.url, there["evaluation"].app.removesuffix("_app"))
        run(address, "alter subscription more set (slot_name = none)")
        run(address, "drop subscription more")
        # What is granted on the server itself would keep the role from being dropped.
        run(postgres_server.url, f"revoke all on parameter session_replication_role from {there['evaluation'].app}")


@pytest.mark.parametrize("statement", CHANGED)
def test_whatever_a_superuser_changes_is_named(postgres_server: Any, changed: Database, statement: str) -> None:
    name = changed.app.removesuffix("_app")
    address = own(postgres_server.url, name)
    before = {str(right) for right in found(changed)}
    run(address, statement.format(name=name))
    after = {str(right) for right in found(changed)}
    assert [right for right in sorted(before ^ after) if right.startswith(CHANGED[statement])], before ^ after
