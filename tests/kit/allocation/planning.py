"""Situations for tests of planning: units with ties, cadres and places in a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.rules import Rules
from services.allocation.planning.plan_rules import Cadre, Place
from services.allocation.planning.plan_scope import Scope
from services.allocation.planning.plan_settings import Settings
from services.allocation.planning.plan_situation import Options, Sender, Situation
from services.allocation.solving.plan_solving import Solved, best, plan
from tests.kit.allocation.ground import LN2018

PROVINCE_WIDE = Scope("LN2018", "province")


def cadres(
    unit: str, count: int, *, channel: str = "C", kind: str = "village", tags: Iterable[str] = ()
) -> list[Cadre]:
    """``count`` nominees of a unit."""
    return [Cadre(f"p-{unit}-{kind}-{n:03d}", f"n-{unit}-{n}", unit, channel, kind, tuple(tags)) for n in range(count)]


def villages(*codes: str, **more: Any) -> list[Place]:
    """Free places of the province's tier, of the kind their code has."""
    return [Place(code, "village" if len(code) == 12 else "township", "province", **more) for code in codes]


def situated(
    people: Iterable[Cadre],
    places: Iterable[Place],
    ties: Mapping[str, tuple[str, ...]],
    *,
    levels: Mapping[str, str] | None = None,
    locks: Mapping[str, str] | None = None,
    waivers: Iterable[tuple[str, str, str]] = (),
    planned: Mapping[str, str] | None = None,
    rules: Rules = LN2018,
    scope: Scope = PROVINCE_WIDE,
) -> Situation:
    """A situation of these people and places; ``ties`` are the villages each unit helps."""
    level = levels or {}
    return Situation(
        scope,
        7,
        tuple(sorted(people, key=lambda c: c.person)),
        tuple(sorted(places, key=lambda p: p.target)),
        {unit: Sender(level.get(unit, "province"), own, own) for unit, own in ties.items()},
        dict(locks or {}),
        frozenset(waivers),
        rules,
        Settings.of(rules),
        dict(planned or {}),
    )


def planned(found: Situation, options: Options | None = None) -> Solved:
    """The plan of a situation, partial unless told."""
    asked = options or Options(partial=True)
    return plan(found, asked, 1, best(found, asked))
