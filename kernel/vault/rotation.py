"""Rotation: every data key wrapped anew by the newest master key, and the older ones retired, without touching the log.

Invariants: at any moment every data key can be unwrapped by a generation that is still there; whatever is killed, the
same call made again does the rest. A process that runs meanwhile goes on: it finds the new generation by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg2

from kernel.log.sessions import connect
from kernel.vault import Sealed, Vault, Wrapped
from kernel.vault.masters import Masters

PAGE = 500
_ROUNDS = 10
_USED = "select 1 from vault.masters where master = %s"
_LEFT = """
select subject, master, wrapped from vault.keys where master <> %s and subject > %s order by subject limit %s
"""
_REWRAP = "select vault.rewrap(%s::text[], %s::bytea[], %s::bytea[], %s)"
_BEFORE = "select master from vault.masters where master <> %s"
_STILL_USED = "PZ003"


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: the id of the generation that wraps now, keys wrapped anew, generations retired.

    ``damaged`` are subjects whose keys no generation unwraps: they stay as they are, and so do all older generations.
    """

    master: str
    rewrapped: int
    retired: tuple[str, ...]
    damaged: tuple[str, ...] = ()


def rotate(
    url: str, vault: Vault, masters: Masters, *, retire: bool, told: Callable[[int], None] = lambda done: None
) -> Rotated:
    """Make the next generation and rewrap all keys; with ``retire`` destroy the generations before it.

    With the keys in the environment no generation is made: the first of them is the one that wraps.

    Args:
        url: the service's database as its security role.
        told: called with the number of keys done after each page.

    Raises:
        ValueError: the environment gives the keys, and the first of them wraps all keys already.
        Lost, psycopg2.Error: the database is away; call again.
    """
    with closing(connect(url)) as session, session.cursor() as cursor:
        _begin(cursor, masters, retire)
        done, damaged = _rewrap(cursor, vault, masters, told)
        older = _older(cursor, masters) if retire and not damaged else []
        for name in older:
            done += _retire(cursor, name, lambda: _rewrap(cursor, vault, masters, told)[0])
        # Nothing they wrapped is left in the table's file when the older generations go.
        cursor.execute("select vault.compact()")
        return Rotated(masters.current()[0], done, tuple(filter(masters.discard, older)), damaged)


def _begin(cursor: Any, masters: Masters, retire: bool) -> None:
    """A generation that wraps nothing yet. One that was made and never used, before a kill, is taken as it is."""
    current, _ = masters.current()
    cursor.execute(_USED, (current,))
    if cursor.fetchone() is None:
        return
    if not masters.given:
        masters.add()
        return
    cursor.execute(_LEFT, (current, "", 1))
    if cursor.fetchone() is None and not (retire and masters.ids() - {current}):
        masters.add()  # says what to do instead


def _rewrap(cursor: Any, vault: Vault, masters: Masters, told: Callable[[int], None]) -> tuple[int, tuple[str, ...]]:
    """(keys wrapped anew, subjects whose key is damaged)."""
    done, last, (current, _) = 0, "", masters.current()
    damaged: list[str] = []
    while True:
        cursor.execute(_LEFT, (current, last, PAGE))
        rows = [(subject, Wrapped(master, bytes(wrapped))) for subject, master, wrapped in cursor.fetchall()]
        if not rows:
            return done, tuple(damaged)
        changed = []
        for last, was in rows:
            try:
                becomes = vault.rewrap(last, was)
            except Sealed:
                damaged.append(last)
            else:
                if becomes is not None:
                    changed.append((last, was.key, becomes.key))
        if changed:
            cursor.execute(_REWRAP, (*map(list, zip(*changed, strict=True)), current))
            done += cursor.fetchone()[0]
        told(done)


def _older(cursor: Any, masters: Masters) -> list[str]:
    current, _ = masters.current()
    cursor.execute(_BEFORE, (current,))
    return sorted({*masters.ids(), *(name for (name,) in cursor.fetchall())} - {current})


def _retire(cursor: Any, name: str, rewrap: Callable[[], int]) -> int:
    """Mark a generation as retired; gives the number of keys that had to be rewrapped before."""
    done = 0
    for attempt in range(_ROUNDS):
        try:
            cursor.execute("select vault.retire(%s)", (name,))
        except psycopg2.Error as error:
            # A process that had read the ring just before stored one more key.
            if error.pgcode != _STILL_USED or attempt == _ROUNDS - 1:
                raise
            done += rewrap()
        else:
            break
    return done
