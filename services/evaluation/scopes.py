"""Whose rules a stream of evaluation obeys."""

from __future__ import annotations


def scope(key: str) -> tuple[str | None, str | None]:
    """(programme, place) of a posting's or a village's key, nothing for a text that is none."""
    match key.split("."):
        case [programme, target] | [programme, target, _]:
            return programme, target
    return None, None


def scope_of_leg(key: str) -> tuple[str | None, str | None]:
    """The programme of a leg; its two sides may lie in two cities, so no supplement applies."""
    return key.partition(".")[0], None
