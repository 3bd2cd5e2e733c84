"""Whose rules a stream of evaluation obeys."""

from __future__ import annotations


def scope(key: str) -> tuple[str | None, str | None]:
    """(programme, place) of a key that begins so: of a posting, a village, a county's year; nothing for other texts."""
    match key.split("."):
        case [programme, target, *_]:
            return programme, target
    return None, None


def scope_of_unit(key: str) -> tuple[str | None, str | None]:
    """The programme of a unit's work; a unit lies in no place, so no supplement applies."""
    return key.partition(".")[0], None


def scope_of_leg(key: str) -> tuple[str | None, str | None]:
    """The programme of a leg; its two sides may lie in two cities, so no supplement applies."""
    return key.partition(".")[0], None
