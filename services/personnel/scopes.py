"""Whose rules a stream of personnel obeys."""

from __future__ import annotations


def programme_of(key: str) -> tuple[str | None, str | None]:
    """Scope of a stream whose key starts with the programme: its base rules."""
    return key.split(".", 1)[0], None


def programme_and_target(key: str) -> tuple[str | None, str | None]:
    """Scope of a posting: the programme's rules as supplemented where the target lies."""
    programme, target, _ = key.split(".")
    return programme, target
