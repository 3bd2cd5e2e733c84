"""Migrations: the log's schema, made again at every start, then a service's SQL files, each applied once in order.

Invariant: a file that was applied once is never edited; a difference is refused, because two databases would then
differ while claiming the same history. The log's schema makes only what is missing and may therefore run again.
In every file `{app}`, `{signer}`, `{auditor}` and `{security}` stand for the database's roles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psycopg2
from psycopg2.extensions import quote_ident

from deploy import ROOT
from deploy.faults import CannotRun

LOG_SCHEMA: Final = "kernel/log/schema.sql"
TABLE: Final = """
CREATE TABLE IF NOT EXISTS public.migration (
    name       text PRIMARY KEY,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationChanged(CannotRun):
    """A file differs from what was applied under its name."""


def files(service: str, root: Path = ROOT) -> list[Path]:
    """The SQL files of a service's own tables, in the order of their numbers."""
    own = root / "gateway" if service == "gateway" else root / "services" / service
    return sorted(own.glob("migrations/*.sql"))


def migrate(owner_url: str, service: str, roles: Mapping[str, str], root: Path = ROOT) -> list[str]:
    """Apply what is not applied yet and give its names. Two at once wait for each other.

    `roles` gives the name of the role for each of `app`, `signer`, `auditor`, `security`. Raises MigrationChanged.
    """
    connection = psycopg2.connect(owner_url)

    def named(text: str) -> str:
        for kind, role in roles.items():
            text = text.replace("{" + kind + "}", quote_ident(role, connection))
        return text

    applied = []
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('paizhu migration'))")
            cursor.execute(named((root / LOG_SCHEMA).read_text(encoding="utf-8")))
            cursor.execute(TABLE)
            cursor.execute("SELECT name, sha256 FROM public.migration")
            known = dict(cursor.fetchall())
            for path in files(service, root):
                name, text = str(path.relative_to(root)), path.read_text(encoding="utf-8")
                digest = hashlib.sha256(text.encode()).hexdigest()
                if name in known:
                    if known[name] != digest:
                        raise MigrationChanged(f"{name} was edited after it was applied to the database of {service}")
                    continue
                cursor.execute(named(text))
                cursor.execute("INSERT INTO public.migration (name, sha256) VALUES (%s, %s)", (name, digest))
                applied.append(name)
    finally:
        connection.close()
    return applied
