"""Migrations: SQL files, each applied once, in order, and recorded with its digest.

Invariant: a file that was applied is never edited; a difference is refused, because two databases would then differ
while claiming the same history.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import psycopg2

ROOT: Final = Path(__file__).parents[2]
LOG_SCHEMA: Final = "kernel/log/schema.sql"
TABLE: Final = """
CREATE TABLE IF NOT EXISTS public.migration (
    name       text PRIMARY KEY,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationChanged(RuntimeError):
    """A file differs from what was applied under its name."""


def files(service: str, root: Path = ROOT) -> list[Path]:
    """The SQL files of a service's database in the order they apply: the log first, then its own by number."""
    own = root / "gateway" if service == "gateway" else root / "services" / service
    return [path for path in (root / LOG_SCHEMA, *sorted(own.glob("migrations/*.sql"))) if path.exists()]


def migrate(owner_url: str, service: str, root: Path = ROOT) -> list[str]:
    """Apply what is not applied yet and give its names. Two at once wait for each other. Raises MigrationChanged."""
    connection = psycopg2.connect(owner_url)
    applied = []
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('paizhu migration'))")
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
                cursor.execute(text)
                cursor.execute("INSERT INTO public.migration (name, sha256) VALUES (%s, %s)", (name, digest))
                applied.append(name)
    finally:
        connection.close()
    return applied
