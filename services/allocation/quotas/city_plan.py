"""Plans of the cities that arrange themselves: each enters its own places, and the group's total bounds their sum.

Invariant: per city nothing is printed, so a figure comes from that city alone (AL-048). The plans of a group stay open
until they add up to it; no sum passes it, kind by kind, and no plan falls below the targets its city has opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part
from programmes.roles import CITIES, PROVINCE
from services.allocation.grounds import must_give_reason
from services.allocation.quotas.refusals import CITY_PLAN_BELOW, CITY_PLAN_UNCHANGED, NOT_ARRANGED_BY_CITY
from services.allocation.quotas.scope import Group, unequal
from services.allocation.refusals import ARRANGED_BY_CITY
from services.allocation.words import programme_of

ARRANGER = "quota.arranger"


@dataclass(frozen=True, slots=True)
class CityPlaces:
    """The places of one city by kind."""

    townships: int
    villages: int


class EnterCityPlan(Command, title="登记自行安排计划", roles=PROVINCE | CITIES, concerns=("city",)):
    """A city that arranges itself enters its places; ``reason`` is needed where it entered other ones before."""

    programme: Key
    city: Area
    total: int
    townships: int
    villages: int
    reason: str = ""


class EnterPlan(Order):
    """``EnterCityPlan`` with the group of the city (None: it takes no part) and the targets it has opened."""

    asked: EnterCityPlan
    group: Group | None
    opened: CityPlaces


class CityPlanEntered(Event, title="市自行安排计划"):
    """A city's own places. ``entered`` adds up the plans of its group, ``of`` is the group's total; ``difference`` is
    what is still to be entered."""

    rule = ARRANGER
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: str
    group: str
    city: Area
    arranger: str
    total: int
    townships: int
    villages: int
    entered: int
    of: int
    difference: int
    reason: str


State = Mapping[str, CityPlaces]


def decide(state: State, command: EnterPlan) -> Sequence[CityPlanEntered]:
    """Enter a city's places, or other ones (AL-048). ``state`` has the plans by city. Source: 辽组通字〔2018〕23号 二.

    Raises:
        Rejected: ``arranged_by_city`` for whoever is not the city, ``not_arranged_by_city``, ``totals_differ`` where
            the parts do not add up or the group's total is passed, ``city_plan_below``, ``city_plan_unchanged``.
    """
    asked, group = command.asked, command.group
    if group is None or group.arranger != "city":
        raise NOT_ARRANGED_BY_CITY(city=asked.city)
    if command.context.actor.role not in CITIES:
        raise ARRANGED_BY_CITY(target=asked.city, field="city")
    if asked.townships + asked.villages != asked.total:
        raise unequal("乡镇+村=合计", asked.townships + asked.villages, asked.total, ARRANGER, "total")
    plan = CityPlaces(asked.townships, asked.villages)
    if state.get(asked.city) == plan:
        raise CITY_PLAN_UNCHANGED(city=asked.city)
    others = [places for city, places in state.items() if city in group.cities and city != asked.city]
    for kind, name in (("乡镇", "townships"), ("村", "villages")):
        wanted, opened, whole = getattr(plan, name), getattr(command.opened, name), getattr(group, name)
        if wanted < opened or wanted < 0:
            raise CITY_PLAN_BELOW(city=asked.city, kind=kind, wanted=wanted, opened=opened, field=name)
        entered = wanted + sum(getattr(places, name) for places in others)
        if entered > whole:
            raise unequal(f"{group.group} 组各市{kind}之和不超过该组{kind}", entered, whole, ARRANGER, name)
    must_give_reason(asked.reason, [asked.city] if asked.city in state else [], ARRANGER)
    entered = asked.total + sum(places.townships + places.villages for places in others)
    return [
        CityPlanEntered.carrying(
            asked,
            occurred_on=command.context.occurred_on,
            group=group.group,
            arranger=group.arranger,
            entered=entered,
            of=group.cadres,
            difference=group.cadres - entered,
        )
    ]


def evolve(state: State, event: Any) -> State:
    """The plans after one more event."""
    if isinstance(event, CityPlanEntered):
        return {**state, event.city: CityPlaces(event.townships, event.villages)}
    return state


CITY_PLANS: Part[State] = Part("city-plans/{programme}", {}, decides=(decide,), evolve=evolve, scope=programme_of)
