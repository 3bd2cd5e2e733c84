"""Programmes: this service's own copy of every published profile, the only source of rules for its decisions.

Invariant: a profile is noted once a version, with its whole rule data, and a decision never looks anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.decider import Decider
from kernel.messages import Area, Command, Event, Key
from kernel.rules import Profile, RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileNoted(Event):
    """A profile that allocation published; ``rules`` is {path: {value, origin, notice, clause}}."""

    programme: Key
    version: int
    base: Key | None
    scope: Area
    sha256: Key
    rules: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NoteProfile(Command):
    """Record a published profile."""

    programme: Key
    version: int
    base: Key | None
    scope: Area
    sha256: Key
    rules: Mapping[str, Any]


def decide(book: RuleBook, command: NoteProfile) -> list[Event]:
    """Note the profile unless this version, or a later one, stands here already."""
    if book.version(command.programme) >= command.version:
        return []
    return [
        ProfileNoted(
            occurred_on=command.context.occurred_on,
            programme=command.programme,
            version=command.version,
            base=command.base,
            scope=command.scope,
            sha256=command.sha256,
            rules=command.rules,
        )
    ]


def evolve(book: RuleBook, event: Event) -> RuleBook:
    """The rule book with the profile in it."""
    if not isinstance(event, ProfileNoted):
        return book
    return book.adding(Profile.of(event.programme, event.version, event.base, event.scope, event.sha256, event.rules))


PROGRAMME = Decider(initial=RuleBook(), decide=decide, evolve=evolve)
