"""Programmes in force: profiles as published, a programme's base and the supplements of single areas.

Invariant: versions of one profile follow each other without a gap, keep its base, and come from an authority over all
the area it held in; a supplement stands only on a published base, inside its area, and takes nothing away that the base
knows. Whether a profile is whole, and every value one its reader can read, is checked at the edge, before it comes here
(X-054).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from kernel.grounds import must_cover
from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part
from kernel.rules import Profile, RuleBook
from programmes.layers import against_base
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.allocation.registers.refusals import (
    PROFILE_AGAINST_BASE,
    PROFILE_BASE_CHANGED,
    PROFILE_BASE_MISSING,
    PROFILE_SCOPE,
    PROFILE_VERSION,
)


class PublishProfile(Command, title="发布方案规则", roles=PROVINCE | CITIES | COUNTIES, concerns=("profile",)):
    """Put a profile in force; ``profile`` is its plain form: programme, version, base, scope, sha256, rules, …"""

    profile: Mapping[str, Any]


class EnterProfile(Order):
    """A profile that was checked and found whole."""

    programme: Key
    version: int
    base: Key | None
    scope: Area
    sha256: str
    rules: Mapping[str, Any]
    title: str


class ProfilePublished(Event, title="方案发布"):
    """The rules of a notice are in force. ``rules`` maps a path to {value, origin, notice, clause, …}."""

    areas: ClassVar[tuple[str, ...]] = ("scope",)

    programme: str
    version: int
    base: str | None
    scope: Area
    sha256: str
    rules: Mapping[str, Any]
    title: str = ""

    def claims(self) -> tuple[str, ...]:
        """One rule book a profile: a name never stands beside two bases."""
        return (f"profile:{self.programme}",)


def decide(state: RuleBook, command: EnterProfile) -> Sequence[ProfilePublished]:
    """Publish the next version of a profile; the state is the programme's rule book."""
    must_cover(command.context.actor, command.scope, field="profile.scope")
    last = state.version(command.programme)
    if command.version != last + 1:
        raise PROFILE_VERSION(programme=command.programme, last=last, version=command.version, next=last + 1)
    before = next((p for p in state.profiles if p.programme == command.programme), None)
    if before is not None:
        must_cover(command.context.actor, before.scope, field="profile.scope")  # the new version takes its place there
        if command.base != before.base:
            raise PROFILE_BASE_CHANGED(programme=command.programme, base=before.base or "null")
    if command.base is not None:
        base = next((p for p in state.profiles if p.programme == command.base), None)
        if base is None:
            raise PROFILE_BASE_MISSING(programme=command.programme, base=command.base)
        if not command.scope.startswith(base.scope):
            raise PROFILE_SCOPE(scope=command.scope, base=command.base, base_scope=base.scope)
        _must_stand_on(base, command)
    return [ProfilePublished.carrying(command)]


def _must_stand_on(base: Profile, command: EnterProfile) -> None:
    known = {path: rule.value for path, rule in base.entries.items()}
    own = {path: rule["value"] for path, rule in command.rules.items()}
    faults = [
        {"field": f"profile.{path}", "code": PROFILE_AGAINST_BASE.code, "sentence": sentence, "accepted": accepted}
        for path, sentence, accepted in against_base(known, own)
    ]
    if faults:
        first = faults[0]
        raise PROFILE_AGAINST_BASE(
            programme=command.programme,
            base=base.programme,
            fault=first["sentence"],
            field=first["field"],
            accepted=first["accepted"],
            details=faults,
        )


def evolve(state: RuleBook, event: Event) -> RuleBook:
    """The rule book with the new version in it."""
    if isinstance(event, ProfilePublished):
        return state.adding(
            Profile.of(event.programme, event.version, event.base, event.scope, event.sha256, event.rules)
        )
    return state


PROGRAMME: Part[RuleBook] = Part("programme/{programme}", RuleBook(), decides=(decide,), evolve=evolve)
