"""Whose rules a stream of personnel obeys."""

from __future__ import annotations


def programme_of(key: str) -> tuple[str | None, str | None]:
    """Scope of a stream whose key starts with the programme: its base rules."""
    return key.split(".", 1)[0], None


def programme_and_target(key: str) -> tuple[str | None, str | None]:
    """Scope of a posting: the programme's rules as supplemented where the target lies.

    A key that is no posting's has one too: whoever decides finds that nothing is known of it.
    """
    programme, _, place = key.partition(".")
    return programme, place.partition(".")[0] or None
