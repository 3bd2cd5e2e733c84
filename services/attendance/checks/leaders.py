"""Which counties each member of the city department's leadership takes (承包): a number of the profile (AT-024).

Source: the Jinzhou measures 一.3. Invariant: a member has the counties of the latest assignment, and those alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Few, Key
from kernel.part import Part, each
from programmes.readers import inspection
from programmes.roles import CITIES, DIGITS
from services.attendance.checks.refusals import COUNTY_OF_ANOTHER_CITY, LEADER_COUNTIES
from services.attendance.register.state import programme_and_area

RULE = inspection.COUNTIES_PER_LEADER.path


class InspectionAreaAssigned(Event, title="承包县（市、区）"):
    """``leader`` takes ``counties``, in place of those taken before."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: Key
    city: Area
    leader: Key
    counties: tuple[str, ...]


class AssignInspectionArea(Command, title="承包县（市、区）", roles=CITIES, concerns=("city",)):
    """Assign to a member of the department's leadership the counties to look after."""

    programme: Key
    city: Area
    leader: Key
    counties: Few[str]


def assign(state: int, command: AssignInspectionArea) -> Sequence[InspectionAreaAssigned]:
    """InspectionAreaAssigned. Raises Rejected: ``foreign_area``, ``leader_counties``, ``county_of_another_city``,
    ``rule_unknown``."""
    asked = rules_of(command).value(inspection.COUNTIES_PER_LEADER)
    must_cover(command.context.actor, command.city, field="city", rule=RULE)
    if len(set(command.counties)) != asked or len(command.counties) != asked:
        raise LEADER_COUNTIES(asked=asked, given=len(set(command.counties)), rule=RULE)
    for county in command.counties:
        if len(command.city) != DIGITS["city"] or len(county) != DIGITS["county"] or county[:4] != command.city:
            raise COUNTY_OF_ANOTHER_CITY(county=county, city=command.city, rule=RULE)
    return (InspectionAreaAssigned.carrying(command),)


def assigned(state: int, event: InspectionAreaAssigned) -> int:
    """One assignment more."""
    return state + 1


LEADERS: Part[int] = Part(
    "inspection-areas/{programme}.{city}", 0, decides=(assign,), evolve=each(assigned), scope=programme_and_area
)
"""The assignments of a city."""
