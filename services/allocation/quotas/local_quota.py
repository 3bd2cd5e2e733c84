"""Quotas of cities and counties: each enters its own, nobody above imposes a number, and divides it among its units.

Invariant: a city's figure comes from that city's organisation department, a county's from that county's (AL-037); its
units never have more than it, kind by kind. What is checked from above is coverage alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line
from kernel.part import Part
from programmes.roles import CITIES, COUNTIES, PROVINCE, called
from services.allocation.quotas.quota import AssignUnitQuota, Places, UnitQuotaSet, set_unit
from services.allocation.quotas.refusals import LOCAL_QUOTA_WRONG, QUOTA_BELOW_UNITS, QUOTA_UNCHANGED, SELF_DETERMINED
from services.allocation.words import programme_and_area

LOCAL = "quota.local"
LocalTier = Literal["city", "county"]
_DIGITS = {"city": 4, "county": 6}
_ORGAN = {"city": "city_org", "county": "county_org"}


class SetLocalQuota(Command, title="自行确定选派名额", roles=PROVINCE | CITIES | COUNTIES, concerns=("area",)):
    """A city or county says how many its own units send, and on what basis; a later figure replaces it.

    ``townships`` of the ``places`` are to townships, the rest to villages.
    """

    programme: Key
    tier: LocalTier
    area: Area
    places: int
    basis: Line
    townships: int = 0


class LocalQuotaSet(Event, title="市县自定名额"):
    """The units of the city or county send so many, by its own decision; ``townships`` of them to townships."""

    rule = LOCAL
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: str
    tier: str
    area: Area
    places: int
    basis: str
    townships: int = 0


@dataclass(frozen=True, slots=True)
class Local:
    """A city's or county's own quota (None: not entered) and what its units have: unit to channel and places."""

    area: str = ""
    quota: Places | None = None
    units: Mapping[str, tuple[str, Places]] = field(default_factory=dict)

    @property
    def given(self) -> Places:
        """What the units have together."""
        held = [places for _, places in self.units.values()]
        return Places(sum(p.townships for p in held), sum(p.villages for p in held))

    @property
    def unassigned(self) -> Places:
        """The places that no unit has yet."""
        whole, given = self.quota or Places(0, 0), self.given
        return Places(whole.townships - given.townships, whole.villages - given.villages)


def decide(state: Local, command: SetLocalQuota | AssignUnitQuota) -> Sequence[LocalQuotaSet | UnitQuotaSet]:
    """Hand each command to its function."""
    match command:
        case SetLocalQuota():
            return set_quota(state, command)
        case AssignUnitQuota():
            return set_unit({} if state.quota is None else {state.area: state.quota}, state.units, command)
    raise TypeError(f"a local quota does not take {type(command).__name__}")


def set_quota(state: Local, command: SetLocalQuota) -> Sequence[LocalQuotaSet]:
    """Enter the figure, or another one (AL-037). Source: 晋组通字〔2015〕41号 一.2; 辽组通字〔2018〕23号 三."""
    rules = rules_of(command)
    organ = _ORGAN[command.tier]
    if command.context.actor.role != organ:
        raise SELF_DETERMINED(area=command.area, called=called(organ)).cited(*rules.basis(LOCAL))
    if len(command.area) != _DIGITS[command.tier] or not 0 <= command.townships <= command.places:
        right_area = len(command.area) == _DIGITS[command.tier]
        raise LOCAL_QUOTA_WRONG(
            tier=command.tier,
            area=command.area,
            places=command.places,
            townships=command.townships,
            field="places" if right_area else "area",
            digits=_DIGITS[command.tier],
        )
    quota, given = Places(command.townships, command.places - command.townships), state.given
    if quota.townships < given.townships or quota.villages < given.villages:
        raise QUOTA_BELOW_UNITS(area=command.area, townships=given.townships, villages=given.villages)
    if state.quota == quota:
        raise QUOTA_UNCHANGED(area=command.area, places=command.places)
    return [LocalQuotaSet.carrying(command)]


def evolve(state: Local, event: Event) -> Local:
    """The quota and its division after one more event."""
    match event:
        case LocalQuotaSet():
            return replace(state, area=event.area, quota=Places(event.townships, event.places - event.townships))
        case UnitQuotaSet():
            unit = (event.channel, Places(event.townships, event.villages))
            return replace(state, units={**state.units, event.unit: unit})
    return state


LOCAL_QUOTA: Part[Local] = Part(
    "local-quota/{programme}.{area}", Local(), decides=(decide,), evolve=evolve, scope=programme_and_area
)
