"""A pair as planned: its two sides, the mode of exchange and what kind of party the poor side's counterpart is.

Invariant: an exchange crosses cities or stays inside one, never something else; a department of the city exchanges only
inside its own city (AL-055), a department of the province only with a named county or city (AL-061).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Line
from kernel.rules import Rules
from programmes.readers.swap import MODES, PARTIES
from services.allocation.swap.refusals import (
    DEPARTMENT_ACROSS,
    DEPARTMENT_UNNAMED,
    MODE_UNKNOWN,
    PARTNER_INSIDE,
    PARTNER_ITSELF,
    PARTNER_OUTSIDE,
    PARTY_AREA,
    PARTY_UNKNOWN,
)

ACROSS, WITHIN = "cross_area", "within_area"
CITY_DEPARTMENT, PROVINCE_DEPARTMENT = "city_department", "province_department"
DEPARTMENTS = {CITY_DEPARTMENT: 4, PROVINCE_DEPARTMENT: 2}
"""Parties that are a department, with the digits of the code of whose department it is."""
AREAS = {"city": 4, "county": 6}
"""Parties that are a division, with the digits of its code."""

_LONG_WITHIN = "within_city"  # how logs written before the two modes were named after areas say it


@dataclass(frozen=True, slots=True)
class PairPlan:
    """A pair as planned; the figures count one direction. ``level`` is the pair's own (city or county).

    ``department`` names the counterpart where it is no division; ``developed_area`` is then the code of whose it is.
    """

    pair: int
    level: Key
    mode: Key
    poor_city: Area
    poor_area: Area
    developed_city: Area
    developed_area: Area | None
    city_each: int
    county_each: int
    township_each: int
    party: Key = "county"
    department: Line | None = None


class SwapPartyRecorded(Event, title="互派对方类别登记"):
    """What the plain form of a pair does not say: its round, its first day there, the kind and name of its party."""

    rule = PARTIES.path
    areas: ClassVar[tuple[str, ...]] = ("poor_area",)

    programme: str
    pair: int
    batch: int
    starts_on: date | None
    poor_area: Area
    party: str
    department: str


def mode_of(written: str) -> str:
    """The mode as the programme names it now."""
    return WITHIN if written == _LONG_WITHIN else written


def must_fit(plan: PairPlan, rules: Rules) -> None:
    """Check that mode, party and codes go together (AL-061). Source: 辽组通字〔2002〕13号 一; 〔2003〕24号 一.

    Raises:
        Rejected: ``mode_unknown``, ``party_unknown``, ``department_across``, ``department_unnamed``, ``party_area``,
            ``partner_outside``, ``partner_inside``.
    """
    if plan.mode not in rules.value(MODES):
        raise MODE_UNKNOWN(pair=plan.pair, mode=plan.mode, modes=rules.value(MODES))
    if plan.party not in rules.value(PARTIES):
        raise PARTY_UNKNOWN(pair=plan.pair, party=plan.party, parties=rules.value(PARTIES))
    if plan.party == CITY_DEPARTMENT and plan.mode != WITHIN:
        raise DEPARTMENT_ACROSS(pair=plan.pair, field="pairs.party", parties=AREAS)
    department = (plan.department or "").strip()
    if bool(department) != (plan.party in DEPARTMENTS):
        raise DEPARTMENT_UNNAMED(
            pair=plan.pair,
            party=plan.party,
            department=department,
            wanted="部门名称" if plan.party in DEPARTMENTS else "null",
        )
    _must_lie_right(plan)


def _must_lie_right(plan: PairPlan) -> None:
    area = plan.developed_area
    digits = {**AREAS, **DEPARTMENTS}[plan.party]
    if area is not None and (len(area) != digits or not area.startswith(plan.developed_city)):
        raise PARTY_AREA(pair=plan.pair, area=area, party=plan.party, developed_city=plan.developed_city, digits=digits)
    inside = plan.developed_city == plan.poor_city
    if inside and plan.mode != WITHIN:
        raise PARTNER_INSIDE(pair=plan.pair, city=plan.poor_city)
    if plan.mode == WITHIN and not inside:
        raise PARTNER_OUTSIDE(
            pair=plan.pair,
            partner=plan.developed_city,
            city=plan.poor_city,
            field="pairs.developed_city",
            rule=MODES.path,
            accepted=plan.poor_city,
        )
    if area == plan.poor_area:
        raise PARTNER_ITSELF(pair=plan.pair, area=area)
