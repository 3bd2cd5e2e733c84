"""Changes of who may do what: grants, owners, triggers, functions, roles."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from audit.findings import CODES
from tests.kit.audit.archive import SERVICES
from tests.kit.audit.changes import Change, Ground
from tests.kit.audit.tampering import TABLES

# (a right, on what, for whom, how the finding calls it)
GRANTS = (
    ("update", "log.events", "{app}", "grant table log.events app update"),
    ("delete", "log.commands", "{app}", "grant table log.commands app delete"),
    ("update (line)", "log.events", "{app}", "grant column log.events.line app update"),
    ("insert", "log.checkpoints", "{app}", "grant table log.checkpoints app insert"),
    ("update", "log.parked", "public", "grant table log.parked PUBLIC update"),
    ("create", "schema log", "{app}", "grant schema log app create"),
    ("execute", "function log.refuse_change()", "public", "grant function log.refuse_change() PUBLIC execute"),
)
# (what is done, how it is undone, how the finding calls it)
POWERS = (
    (
        "revoke insert on log.claims from {app}",
        "grant insert on log.claims to {app}",
        "grant table log.claims app insert",
    ),
    ("alter role {app} superuser", "alter role {app} nosuperuser", "role app"),
    ("alter role {signer} createrole", "alter role {signer} nocreaterole", "role signer"),
    ("grant pg_write_all_data to {auditor}", "revoke pg_write_all_data from {auditor}", "role auditor member of"),
    ("alter table log.head owner to {security}", "alter table log.head owner to {owner}", "owner table log.head"),
    (
        "alter function log.advance owner to {security}",
        "alter function log.advance owner to {owner}",
        "owner function log.",
    ),
    ("create function log.more() returns int language sql as 'select 1'", "drop function log.more()", ""),
    ("create schema other", "drop schema other", "owner schema other"),
    ("create role {app}x superuser", "drop role {app}x", "role "),
    ("create function pg_catalog.more() returns int language sql as 'select 1'", "drop function pg_catalog.more()", ""),
    ("create publication more for all tables", "drop publication more", "publication more"),
    (
        "alter table log.commands alter column leaf set default 'x'",
        "alter table log.commands alter column leaf drop default",
        "column log.commands.leaf",
    ),
    ("create table public.more (n int)", "drop table public.more", "owner table public.more"),
)
ON = "on {} for each statement execute function log.refuse_change()"


def right(found: Ground, chance: Random) -> Change:
    """A grant more or less."""
    return _granted(found, chance, *chance.choice(GRANTS))


def power(found: Ground, chance: Random) -> Change:
    """An owner, a role, a function, a place."""
    return _said(found, chance, *chance.choice(POWERS))


def trigger(found: Ground, chance: Random) -> Change:
    """A trigger that refuses changes is off, gone, or on a condition."""
    table = f"log.{chance.choice(TABLES)}"
    on = f"alter table {table} enable always trigger append_only"
    drop, on_it = f"drop trigger append_only on {table}", ON.format(table)
    made = f"create trigger append_only before update or delete or truncate {on_it}; {on}"
    sql, undo = chance.choice(
        [
            (f"alter table {table} disable trigger append_only", on),
            (f"alter table {table} enable trigger append_only", on),
            (f"alter table {table} enable replica trigger append_only", on),
            (drop, made),
            (f"{drop}; create trigger append_only before update {on_it}; {on}", f"{drop}; {made}"),
        ]
    )
    service = chance.choice(SERVICES)
    return Change("trigger", service, sql, frozenset({"guard_off"}), None, f"trigger {table} append_only", undo=undo)


def between(found: Ground, chance: Random) -> Change:
    """Something stands between a reader, or a writer, and the rows."""
    table = f"log.{chance.choice(TABLES)}"
    sql, undo, row, beside = chance.choice(
        [
            (
                f"alter table {table} enable row level security",
                f"alter table {table} disable row level security",
                f"row security {table}",
                frozenset(CODES),  # no row is shown any more, to the auditor neither
            ),
            (
                f"create rule quiet as on update to {table} do instead nothing",
                f"drop rule quiet on {table}",
                f"rule {table} quiet",
                frozenset[str](),
            ),
            (
                f"create trigger more before insert on {table} for each row execute function log.refuse_change()",
                f"drop trigger more on {table}",
                f"trigger {table} more",
                frozenset[str](),
            ),
        ]
    )
    return Change("trigger", chance.choice(SERVICES), sql, frozenset({"guard_off"}), None, row, beside, undo=undo)


def stranger(found: Ground, chance: Random) -> Change:
    """A role that is none of the system's, with power over the server."""
    role = f"synthetic_{chance.randrange(10**9)}"
    power = chance.choice(
        ["superuser", "createrole", "replication", "bypassrls", "in role pg_write_all_data", "in role postgres"]
    )
    codes, drop = frozenset({"right_differs"}), f"drop role {role}"
    service = chance.choice(SERVICES)
    sql, row = f"create role {role} login {power}", f"role {role}"
    return Change("right", service, sql, codes, None, row, undo=drop, named="server")


RIGHTS: tuple[Callable[[Ground, Random], Change], ...] = (right, trigger, between, power, stranger)


def _granted(found: Ground, chance: Random, what: str, on: str, to: str, row: str) -> Change:
    return _said(found, chance, f"grant {what} on {on} to {to}", f"revoke {what} on {on} from {to}", row)


def _said(found: Ground, chance: Random, sql: str, undo: str, row: str) -> Change:
    service = chance.choice(SERVICES)
    database = found.archive.made[service]
    names = {**database.roles, "owner": f"{database.app.removesuffix('_app')}_owner"}
    return Change(
        "right",
        service,
        sql.format(**names),
        frozenset({"right_differs", "guard_off"}),
        None,
        row,
        undo=undo.format(**names),
    )
