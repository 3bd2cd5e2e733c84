"""What a planner is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.messages import Area, Key, Order
from services.allocation.planning.plan_scope import Scope
from services.allocation.planning.plan_situation import Options
from services.allocation.words import Tier


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that is supposed to be locked."""

    person: Key
    target: Area


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that is supposed to be waived for a pair."""

    rule: Key
    person: Key
    target: Area


class PlanPlacement(Order):
    """Plan a scope and record it. ``partial`` admits cadres without a place: where there are more cadres than
    targets, those over are left unplaced. ``explain`` prices every second best."""

    programme: Key
    tier: Tier = "province"
    area: Area | None = None
    seed: int = 0
    partial: bool = False
    explain: bool = True
    without: tuple[Key, ...] = ()
    closed: tuple[Area, ...] = ()


class SupposePlacement(PlanPlacement):
    """What the plan would be with these locks and waivers, beside ``plan``; nothing is recorded."""

    locks: tuple[Pair, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    plan: Key | None = None


class PlanAnew(PlanPlacement):
    """Plan again from ``plan`` after cadres left or came: as few others as possible move, within the tolerance."""

    plan: Key


class PricePlan(Order):
    """The exact second best of ``persons`` in a recorded plan, of all where none is named."""

    plan: Key
    persons: tuple[Key, ...] = ()


class DerivePlan(Order):
    """Derive a recorded plan again from the log alone and compare it field by field."""

    plan: Key


def scope_of(asked: PlanPlacement) -> Scope:
    """What is planned."""
    return Scope(asked.programme, asked.tier, asked.area)


def options_of(asked: PlanPlacement, base: str = "") -> Options:
    """How it is planned, anew from the plan ``base`` where one is named."""
    locks, waivers = getattr(asked, "locks", ()), getattr(asked, "waivers", ())
    return Options(
        seed=asked.seed,
        partial=asked.partial,
        without=tuple(sorted(set(asked.without))),
        closed=tuple(sorted(set(asked.closed))),
        locks=tuple((one.person, one.target) for one in locks),
        waivers=tuple((one.rule, one.person, one.target) for one in waivers),
        base=base,
    )
