"""What is taken back from the roles of a system, because PostgreSQL gives it to everybody, and how much each may use.

Invariant: running any of it again changes nothing, and an older system comes over by it.
"""

from __future__ import annotations

from typing import Any, Final

from psycopg2 import sql

CONNECTIONS: Final = {"app": 40, "signer": 8, "auditor": 16, "security": 4, "owner": 8}
"""The most sessions of a role at once. The processes of a service use a dozen; of the server's two hundred no role may
take so many that another finds none."""
_FORGOTTEN: Final = {"statement_timeout": "15min", "idle_in_transaction_session_timeout": "15min"}
PATIENCE: Final = {
    "app": _FORGOTTEN,
    "signer": _FORGOTTEN,
    "security": _FORGOTTEN,
    "auditor": {"idle_in_transaction_session_timeout": "12h"},  # reads a long log in one snapshot
}
"""When the server gives up a forgotten statement or transaction. Whoever wants to be a nuisance sets it otherwise: it
is no defence against a role, but against what a process that hangs would hold."""


def is_superuser(cursor: Any) -> bool:
    """True where the server has given everything to who asks."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return bool(cursor.fetchone()[0])


def role(cursor: Any, kind: str, name: str, password: str) -> None:
    """Make the role, or bring it to what one of its kind is."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
    statement = "ALTER ROLE {}" if cursor.fetchone() else "CREATE ROLE {}"
    if is_superuser(cursor):  # nobody else may so much as say the word of a role that is there
        statement += " NOSUPERUSER NOREPLICATION NOBYPASSRLS"
    statement += " LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT %s PASSWORD %s"
    cursor.execute(sql.SQL(statement).format(sql.Identifier(name)), (CONNECTIONS[kind], password))
    for setting, value in PATIENCE.get(kind, {}).items():
        limit = sql.SQL("ALTER ROLE {} SET {} = %s").format(sql.Identifier(name), sql.Identifier(setting))
        cursor.execute(limit, (value,))


def close_first_databases(cursor: Any) -> None:
    """Let nobody into the databases a server came with, of a server that is the system's own. Needs its superuser."""
    cursor.execute(
        """
        SELECT DISTINCT datname FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS granted
         WHERE datname IN ('postgres', 'template1') AND grantee = 0
        """
    )
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def close_large_objects(cursor: Any) -> None:
    """Let nobody fill the disk with large objects, which no grant covers. Needs the superuser."""
    cursor.execute(
        """
        SELECT oid::regprocedure::text FROM pg_proc
         WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^lo(_.*|read|write)$'
           AND has_function_privilege('public', oid, 'EXECUTE')
        """
    )
    _close(cursor)


def close_functions(cursor: Any) -> None:
    """What a migration made is called by whom it is granted; a trigger needs no grant. Asked as the owner."""
    cursor.execute(
        """
        SELECT oid::regprocedure::text FROM pg_proc
         WHERE pg_get_userbyid(proowner) = current_user AND has_function_privilege('public', oid, 'EXECUTE')
        """
    )
    _close(cursor)


def _close(cursor: Any) -> None:
    for (function,) in cursor.fetchall():
        cursor.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
