"""Defining swap pairs: who exchanges with whom, how many each way at which level.

Invariant: a pair is exactly the printed one, by position and never crossed (AL-051); both directions have the same
numbers (AL-052); an unnamed partner stays unnamed until its city names one inside the city (AL-054).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from programmes.readers.swap import PAIRS
from programmes.roles import CITIES, PROVINCE
from services.allocation.swap.pair_plan import (
    CITY_DEPARTMENT,
    DEPARTMENTS,
    WITHIN,
    PairPlan,
    SwapPartyRecorded,
    must_fit,
)
from services.allocation.swap.pair_state import Pair
from services.allocation.swap.refusals import (
    DEPARTMENT_ACROSS,
    PAIR_DEFINED,
    PAIR_DIFFERS,
    PAIR_UNDEFINED,
    PAIR_UNKNOWN,
    PARTNER_NAMED,
    PARTNER_OUTSIDE,
)
from services.allocation.words import city_of

INTERNAL = "swap.internal"


class DefineSwapPairs(Command, title="确定对口互派双方", roles=PROVINCE, concerns=("programme",)):
    """Define pairs of a round, all or none; in the first the printed ones where none is named."""

    programme: Key
    pairs: tuple[PairPlan, ...] = ()
    batch: int = 1


class DefinePair(Order):
    """Define one. Its round, ``batch``, has admitted it; ``starts_on`` is the first day of a later round."""

    programme: str
    plan: PairPlan
    batch: int = 1
    starts_on: date | None = None


class NameSwapPartner(Command, title="确定市内对口方", roles=PROVINCE | CITIES, concerns=("developed_area",)):
    """The city names the counterpart of its internal pair: another county, or one of the city's own departments.

    Where ``department`` names one, ``developed_area`` is the city.
    """

    programme: Key
    pair: int
    developed_area: Area
    department: Line | None = None


class SwapPairDefined(Event, title="对口互派结对"):
    """A pair exists."""

    rule = PAIRS.path
    areas: ClassVar[tuple[str, ...]] = ("poor_area", "developed_city")

    programme: str
    pair: int
    level: str
    mode: str
    poor_city: str
    poor_area: Area
    developed_city: str
    developed_area: Area | None
    city_each: int
    county_each: int
    township_each: int


class SwapPartnerNamed(Event, title="互派对方确定"):
    """The city named the partner of its internal pair."""

    rule = INTERNAL
    areas: ClassVar[tuple[str, ...]] = ("developed_area",)

    programme: str
    pair: int
    developed_area: Area


def define(state: Pair | None, command: DefinePair) -> Sequence[SwapPairDefined | SwapPartyRecorded]:
    """Define a printed pair. Source: 辽组通字〔2002〕13号 一 (AL-051 to AL-055)."""
    plan = command.plan
    if state is not None:
        raise PAIR_DEFINED(pair=plan.pair, rule=PAIRS.path)
    must_fit(plan, rules_of(command))
    if command.batch == 1:
        _must_be_printed(command)
    values = {f.name: getattr(plan, f.name) for f in fields(PairPlan) if f.name not in ("party", "department")}
    on = command.context.occurred_on
    defined = SwapPairDefined(occurred_on=on, programme=command.programme, **values)
    if command.batch == 1 and plan.party not in DEPARTMENTS:
        return [defined]
    party = SwapPartyRecorded.carrying(command, plan, department=plan.department or "")
    return [defined, party]


def _must_be_printed(command: DefinePair) -> None:
    plan, printed = command.plan, rules_of(command).value(PAIRS)
    row = next((r for r in printed if r.pair == plan.pair), None)
    if row is None:
        raise PAIR_UNKNOWN(pair=plan.pair, printed=[row.pair for row in printed])
    for name in (f.name for f in fields(PairPlan) if hasattr(row, f.name)):
        if getattr(plan, name) != getattr(row, name):
            raise PAIR_DIFFERS(pair=plan.pair, name=name, figure=getattr(plan, name), printed=getattr(row, name))


def name_partner(state: Pair | None, command: NameSwapPartner) -> Sequence[SwapPartnerNamed | SwapPartyRecorded]:
    """Name the partner of a pair inside one city (AL-054)."""
    pair = must_exist(state, command.pair)
    must_cover(command.context.actor, pair.poor_city, field="pair", rule=INTERNAL)
    if pair.developed_area is not None:
        raise PARTNER_NAMED(pair=command.pair)
    on, area = command.context.occurred_on, command.developed_area
    named = SwapPartnerNamed(occurred_on=on, programme=pair.programme, pair=pair.pair, developed_area=area)
    if command.department is not None:
        return [named, _department(pair, command)]
    if city_of(area) != pair.poor_city or area == pair.poor_area or len(area) != len(pair.poor_area):
        raise PARTNER_OUTSIDE(
            pair=pair.pair,
            partner=area,
            city=pair.poor_city,
            field="developed_area",
            rule=INTERNAL,
            accepted=f"以 {pair.poor_city} 开头的其他区划代码",
        )
    return [named]


def _department(pair: Pair, command: NameSwapPartner) -> SwapPartyRecorded:
    if pair.mode != WITHIN:
        raise DEPARTMENT_ACROSS(pair=pair.pair, field="department", parties="县（市、区）")
    if command.developed_area != pair.poor_city:
        raise PARTNER_OUTSIDE(
            pair=pair.pair,
            partner=command.developed_area,
            city=pair.poor_city,
            field="developed_area",
            rule=INTERNAL,
            accepted=pair.poor_city,
        )
    return SwapPartyRecorded.carrying(
        command,
        pair,
        programme=pair.programme,
        pair=pair.pair,
        party=CITY_DEPARTMENT,
        department=command.department or "",
    )


def must_exist(state: Pair | None, pair: int | str) -> Pair:
    """The pair. Raises Rejected: ``pair_undefined``."""
    if state is None:
        raise PAIR_UNDEFINED(pair=pair)
    return state
