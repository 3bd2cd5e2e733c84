"""Databases of a test's own, made as the system makes them and dropped with their roles afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2

from deploy.databases import Database, provision

__all__ = ["Database", "drop", "fresh", "rows_of", "run"]


@contextmanager
def fresh(server_url: str, *services: str) -> Iterator[dict[str, Database]]:
    """Empty databases of ``services``, migrated, under names nobody else has."""
    made = provision(server_url, lambda role: "synthetic", services, f"test{secrets.token_hex(4)}")
    try:
        yield made
    finally:
        drop(server_url, made)


def drop(server_url: str, made: dict[str, Database]) -> None:
    """Drop databases and their roles."""
    for database in made.values():
        name = database.app.removesuffix("_app")
        run(server_url, f"drop database {name} with (force)")
        run(server_url, f"drop role {name}_owner, {', '.join(database.roles.values())}")


def run(url: str, sql: str) -> None:
    """Run ``sql`` outside any transaction."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)


def rows_of(url: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows of ``sql``."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
