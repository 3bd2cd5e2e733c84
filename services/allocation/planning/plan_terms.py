"""The terms of plans: pairs that must stand (locks), and signed permissions to break a waivable rule (waivers).

Invariant: a person and a target are in one lock at a time; a lock breaks no hard rule that was not waived for its pair,
and is taken off by who set it or by the province; a waiver carries person, post and organ of who signed it, and only
the signatory the profile names can give it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Order, Text
from kernel.part import Part
from programmes.readers.placement import WAIVABLE
from programmes.roles import MANAGERS, PROVINCE
from programmes.signing import Signing
from services.allocation.planning.plan_rules import BY_NAME, Cadre, Place, broken
from services.allocation.planning.plan_settings import Settings
from services.allocation.planning.refusals import (
    FOREIGN_LOCK,
    FOREIGN_NOMINEE,
    LOCK_INFEASIBLE,
    LOCK_TAKEN,
    LOCK_UNKNOWN,
    NOMINEE_UNKNOWN,
    NOT_WAIVABLE,
    NOTHING_TO_WAIVE,
    TARGET_NOT_VACANT,
)
from services.allocation.words import programme_of

PROPOSE = "placement.propose"
_KINDS = {"township": "乡镇", "village": "村"}


class LockPlacement(Command, title="锁定人选", roles=PROVINCE | MANAGERS, concerns=("person", "target")):
    """Lock a nominee to a target: every plan places this pair."""

    programme: Key
    person: Key
    target: Area
    reason: Text


class UnlockPlacement(Command, title="解除锁定", roles=PROVINCE | MANAGERS, concerns=("person",)):
    """Take the lock of a person off."""

    programme: Key
    person: Key
    reason: Text


class WaiveRule(Command, title="签署豁免", roles=PROVINCE | MANAGERS, concerns=("target", "person")):
    """Sign that ``rule`` does not stand in the way of this pair."""

    programme: Key
    rule: Key
    person: Key
    target: Area
    reason: Text


class Agree(Order):
    """One of the above with the nominee and the place it names, None where there is none; ``own`` where the actor
    speaks for them. ``locker`` is the organ that set the person's lock, "" where there is none; ``signing`` the office
    that may waive the rule, None where none may."""

    asked: LockPlacement | UnlockPlacement | WaiveRule
    cadre: Cadre | None
    place: Place | None
    own: bool
    locker: str = ""
    signing: Signing | None = None


class PlacementLocked(Event, title="人选锁定"):
    """The pair stands in every plan."""

    rule = PROPOSE

    programme: str
    person: str
    target: Area
    unit: str
    reason: str


class PlacementUnlocked(Event, title="解除锁定"):
    """The person's lock is off."""

    rule = PROPOSE

    programme: str
    person: str
    target: Area
    reason: str


class RuleWaived(Event, title="规则豁免"):
    """The pair may be placed although it breaks ``waived``; signed by ``post`` of ``organ``."""

    rule = WAIVABLE.path

    programme: str
    waived: str
    person: str
    target: Area
    reason: str
    signer: str
    post: str
    organ: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands: locks as person to target, waivers as (rule, person, target)."""

    locks: Mapping[str, str] = field(default_factory=dict)
    waivers: frozenset[tuple[str, str, str]] = frozenset()


def decide(state: Terms, command: Agree) -> Sequence[RuleWaived | PlacementLocked | PlacementUnlocked]:
    """Hand each command to its function."""
    match command.asked:
        case LockPlacement() as asked:
            return lock(state, command, asked)
        case UnlockPlacement() as asked:
            return unlock(state, command, asked)
        case WaiveRule() as asked:
            return waive(state, command, asked)


def lock(state: Terms, command: Agree, asked: LockPlacement) -> Sequence[PlacementLocked]:
    """Lock a pair that can stand; one that stands already changes nothing."""
    cadre, place = _pair(command)
    if state.locks.get(asked.person) == asked.target:
        return []
    held = next((p for p, t in state.locks.items() if t == asked.target), "")
    if asked.person in state.locks or held:
        locked = ("target", asked.target, held) if held else ("person", asked.person, state.locks[asked.person])
        raise LOCK_TAKEN(field=locked[0], locked=locked[1], other=locked[2])
    must_stand(cadre, place, {rule for rule, p, t in state.waivers if (p, t) == (asked.person, asked.target)})
    return [PlacementLocked.carrying(asked, occurred_on=command.context.occurred_on, unit=cadre.unit)]


def must_stand(cadre: Cadre, place: Place, waived: frozenset[str] | set[str]) -> None:
    """Check that the pair may be placed. Raises Rejected: ``lock_infeasible``, naming the rule in the way."""
    rule = broken(cadre.unit, cadre.channel, cadre.kind, place)
    if rule and rule not in waived:
        known = BY_NAME[rule]
        raise LOCK_INFEASIBLE(
            person=cadre.person,
            target=place.target,
            obstacle=known.sentence,
            rule=rule,
            path=known.path,
            instead=place.successor_of or f"{_KINDS.get(cadre.kind, cadre.kind)}、{cadre.unit} 可派的空缺派驻点",
        )


def unlock(state: Terms, command: Agree, asked: UnlockPlacement) -> Sequence[PlacementUnlocked]:
    """Take off a lock that stands: only who set it and the province do."""
    target = state.locks.get(asked.person)
    if target is None:
        raise LOCK_UNKNOWN(person=asked.person)
    actor = command.context.actor
    if actor.role not in PROVINCE:
        _must_own(command)
        if actor.organ != command.locker:
            raise FOREIGN_LOCK(person=asked.person, locker=command.locker or "其他机构", organ=actor.organ)
    return [PlacementUnlocked.carrying(asked, occurred_on=command.context.occurred_on, target=target)]


def waive(state: Terms, command: Agree, asked: WaiveRule) -> Sequence[RuleWaived]:
    """Record a signed waiver; given twice it changes nothing.

    Raises:
        Rejected: ``not_waivable``, ``nothing_to_waive``; as ``Signing.by`` for who does not hold the post (X-057).
    """
    settings = Settings.of(rules_of(command))
    if command.signing is None:
        names = "、".join(one.rule for one in settings.waivable)
        raise NOT_WAIVABLE(rule=asked.rule, names=names or "无")
    signed = command.signing.by(command.context, "签署豁免", "rule", WAIVABLE.path)
    cadre, place = _pair(command, authority=False)
    found = broken(cadre.unit, cadre.channel, cadre.kind, place)
    if found != asked.rule:
        raise NOTHING_TO_WAIVE(
            person=asked.person, target=asked.target, rule=asked.rule, instead=_instead(found, settings)
        )
    if (asked.rule, asked.person, asked.target) in state.waivers:
        return []
    return [
        RuleWaived.carrying(
            asked,
            occurred_on=command.context.occurred_on,
            waived=asked.rule,
            signer=signed.signer,
            post=signed.post,
            organ=command.context.actor.organ,
        )
    ]


def _instead(rule: str, settings: Settings) -> str:
    if not rule:
        return "无须豁免"
    return rule if settings.signatory(rule) else f"所违反的是 {rule}，不得豁免；请另选派驻点"


def _pair(command: Agree, authority: bool = True) -> tuple[Cadre, Place]:
    asked = command.asked
    if command.cadre is None:
        raise NOMINEE_UNKNOWN(person=asked.person)
    if command.place is None:
        raise TARGET_NOT_VACANT(target=getattr(asked, "target", ""))
    if authority:
        _must_own(command)
    return command.cadre, command.place


def _must_own(command: Agree) -> None:
    if not command.own:
        raise FOREIGN_NOMINEE(organ=command.context.actor.organ, person=command.asked.person)


def evolve(state: Terms, event: Any) -> Terms:
    """The terms after one more event."""
    match event:
        case PlacementLocked():
            return replace(state, locks={**state.locks, event.person: event.target})
        case PlacementUnlocked():
            return replace(state, locks={p: t for p, t in state.locks.items() if p != event.person})
        case RuleWaived():
            return replace(state, waivers=state.waivers | {(event.waived, event.person, event.target)})
    return state


TERMS: Part[Terms] = Part("placement-terms/{programme}", Terms(), decides=(decide,), evolve=evolve, scope=programme_of)
