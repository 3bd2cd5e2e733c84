"""The copy of a programme's rules that every deciding service keeps in its own log.

A service learns of a profile from the one that publishes it and writes it down as ``ProfileNoted`` in the stream
``programme/<programme>``, where supplements stand beside their base. All later decisions use that copy only, so a
service replays without asking anybody, and a new version never alters what was decided before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kernel.messages import Context, Event, Order
from kernel.part import Part, each
from kernel.projection import Op, Table
from kernel.rules import Profile, RuleBook
from kernel.service import Received, Room, Step

IN_FORCE: Final = Table(
    "rules_in_force",
    {"profile": "text"},
    {"programme": "text", "version": "int", "base": "text", "scope": "text", "sha256": "text", "rules": "json"},
)
"""The last version of each profile, for questions that read rules; ``programme`` is that of its base."""


class ProfileNoted(Event, title="方案抄录"):
    """One published version as it came in; ``rules`` is {path: {value, origin, notice, clause}}."""

    programme: str
    version: int
    base: str | None
    scope: str
    sha256: str
    rules: Mapping[str, Any]


class NoteProfile(Order):
    """Write a published version down."""

    programme: str
    version: int
    base: str | None
    scope: str
    sha256: str
    rules: Mapping[str, Any]


def profile_of(noted: ProfileNoted | NoteProfile) -> Profile:
    """The profile as decisions use it."""
    return Profile.of(noted.programme, noted.version, noted.base, noted.scope, noted.sha256, noted.rules)


def _note(book: RuleBook, command: NoteProfile) -> Sequence[ProfileNoted]:
    return () if command.version <= book.version(command.programme) else (ProfileNoted.carrying(command),)


def _noted(book: RuleBook, event: ProfileNoted) -> RuleBook:
    return book.adding(profile_of(event))


PROGRAMME = Part("programme/{programme}", RuleBook(), decides=(_note,), evolve=each(_noted))
"""The rules of one programme, as this service noted them."""


def stream_of(data: Mapping[str, Any]) -> str:
    """The stream of a published profile: that of its base, its own where it has none."""
    return f"programme/{data['base'] or data['programme']}"


def note_profile(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The reaction to a published profile."""
    facts = received.fields("programme", "version", "base", "scope", "sha256", "rules")
    yield Step(stream_of(facts), NoteProfile(context=context, **facts))


def row(event: Any) -> Op:
    """The row of ``IN_FORCE`` that a published or noted profile writes."""
    named = {name: getattr(event, name) for name in ("version", "scope", "sha256")}
    programme = event.base or event.programme
    return IN_FORCE.put(event.programme, programme=programme, base=event.base or "", rules=dict(event.rules), **named)


def rows(event: Event | None) -> Iterator[Op]:
    """The row of a noted profile, for a service that keeps ``IN_FORCE``."""
    if isinstance(event, ProfileNoted):
        yield row(event)


def books(found: Iterable[Mapping[str, Any]]) -> dict[str, RuleBook]:
    """By programme the rules that rows of ``IN_FORCE`` hold."""
    made: dict[str, RuleBook] = {}
    for one in found:
        profile = Profile.of(
            one["profile"], one["version"], one["base"] or None, one["scope"], one["sha256"], one["rules"]
        )
        made[one["programme"]] = made.get(one["programme"], RuleBook()).adding(profile)
    return made
