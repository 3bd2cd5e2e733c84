"""Cursors of pages, bound to who asks and what is asked: of another's, or of another question, none is taken.

A service's cursor is the key of the last row it showed. What goes out is that with a seal before it, made of the asker
and the question; it holds nothing secret, since what an asker may see is decided anew with every page.
Invariant: no cursor that was given to another, or for another question, is taken for one of this; whoever makes one up
gets what the question would show them anyway.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

import orjson

from kernel.door_refusals import CURSOR_INVALID
from kernel.messages import Actor

PAGING: Final = frozenset(("cursor", "limit"))
"""The parameters by which pages are turned; a page of another size goes on from where the last one ended."""


def bound(cursor: str | None, actor: Actor, place: str, query: Mapping[str, str]) -> str | None:
    """The cursor as it goes out; None stays None."""
    return None if cursor is None else f"{_seal(actor, place, query)}.{cursor}"


def opened(actor: Actor, place: str, query: Mapping[str, str]) -> str | None:
    """The service's cursor in the parameter ``cursor``, None without one. Raises BadInput: ``cursor_invalid``."""
    given = query.get("cursor")
    if not given:
        return None
    seal, _, cursor = given.partition(".")
    if seal != _seal(actor, place, query) or not cursor:
        raise CURSOR_INVALID()
    return cursor


def _seal(actor: Actor, place: str, query: Mapping[str, str]) -> str:
    asked = sorted((name, value) for name, value in query.items() if name not in PAGING and value)
    return hashlib.sha256(orjson.dumps([asdict(actor), place, asked])).hexdigest()[:16]
