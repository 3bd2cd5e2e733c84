"""Targets: opened as places of a tier, filled and vacated by what personnel reports.

Invariant: a target is opened once; each is the n-th place of its tier and kind, and n never passes the tier's quota.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kernel.messages import Area, Command, Event, Key, Order
from programmes.roles import CITIES, PROVINCE
from services.allocation.refusals import AREA_UNKNOWN, ARRANGED_BY_CITY, WEAK_AT_COUNTY_TIER
from services.allocation.targets.refusals import (
    ARRANGED_BY_PROVINCE,
    CITY_PLAN_MISSING,
    NO_PROVINCE_TIER,
    NOT_WEAK,
    OUTSIDE_SCOPE,
    POSTING_UNKNOWN,
    TARGET_OPEN,
    TIER_FULL,
)
from services.allocation.targets.succession import SuccessorLost, TargetHandedOver
from services.allocation.targets.target_state import Target
from services.allocation.words import CODE_LENGTH, Kind, Tier, city_of


@dataclass(frozen=True, slots=True)
class Opening:
    """One target to open: a township (9 digits) or village (12), weak or not."""

    target: Area
    kind: Kind
    weak: bool


class OpenTargets(Command, title="开设派驻点", roles=PROVINCE | CITIES, concerns=("targets.target",)):
    """Open targets of one tier: the province where it arranges, elsewhere the city; ``synthetic`` marks a choice no
    document makes."""

    programme: Key
    tier: Tier
    synthetic: bool
    targets: tuple[Opening, ...]


class OpenTarget(Order):
    """Open one target. ``place`` is its number within tier and kind, ``live`` how many stand there with it, ``quota``
    the places there are (None: not fixed), ``arranger`` who arranges its city (None: nobody), ``registered`` whether
    the code stands in the area register. Where the city arranges, they count within city and kind, and the number
    follows the city's code (21010001), so that no two arrangers ever mean the same place.
    """

    programme: str
    tier: str
    synthetic: bool
    opening: Opening
    place: int
    live: int
    quota: int | None
    arranger: str | None
    registered: bool


class NoteOnPost(Order):
    """Personnel says that the occupant is on post."""

    posting: str
    person: str


class NoteVacancy(Order):
    """Personnel says that the occupant has gone. ``bound``: the unit is still bound to the village; ``successor``: the
    posting that took over; ``unit`` is who owes the next one where the occupant's unit is another now."""

    posting: str
    cause: str
    bound: bool
    successor: str | None = None
    unit: str | None = None


class ReleaseSuccessor(Order):
    """The village has reached its target: the unit that owed the next occupant no longer does."""

    cause: str


class TargetOpened(Event, title="派驻点设立"):
    """A target waits for a cadre; ``place`` is its number within tier and kind."""

    rule = "quota.tiers"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    kind: str
    tier: str
    weak: bool
    synthetic: bool
    place: int

    def claims(self) -> tuple[str, ...]:
        """One target a place."""
        return (f"place:{self.programme}.{self.tier}.{self.kind}.{self.place}",)


class TargetFilled(Event, title="派驻点到人"):
    """The occupant is on post."""

    rule = "coverage.full"

    target: Area
    posting: str
    person: str


class TargetVacated(Event, title="派驻点空出"):
    """The occupant has gone; ``cause`` is the type of the event that said so."""

    rule = "coverage.full"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    target: Area
    posting: str
    cause: str


class SuccessorDue(Event, title="应派接替"):
    """The bound unit must send a successor."""

    rule = "binding.release"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    target: Area
    unit: str


class SuccessorReleased(Event, title="不再应派接替"):
    """The unit owes no successor any more; ``cause`` is the type of the event that said so."""

    rule = "binding.release"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    target: Area
    unit: str
    cause: str


class CoverageGapFound(Event, title="出现空缺"):
    """A target in scope has nobody on post."""

    rule = "coverage.full"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    target: Area


def open_target(state: Target | None, command: OpenTarget) -> Sequence[TargetOpened]:
    """Open a target (AL-002 to AL-006, AL-048). Source: 辽组通字〔2018〕23号 二, 三."""
    code, kind = command.opening.target, command.opening.kind
    if state is not None and not state.closed:
        raise TARGET_OPEN(target=code)
    if len(code) != CODE_LENGTH[kind] or not command.registered:
        raise AREA_UNKNOWN(
            area=code,
            field="targets.target",
            accepted=f"已登记的 {CODE_LENGTH[kind]} 位{'乡镇' if kind == 'township' else '村'}代码",
        )
    if command.arranger is None:
        raise OUTSIDE_SCOPE(target=code)
    check = _arranged_by_city if command.arranger == "city" else _arranged_by_province
    check(command, code)
    if command.quota is None or command.live > command.quota:
        raise TIER_FULL(quota=command.quota or 0, place=command.live)
    return [TargetOpened.carrying(command, target=code, kind=kind, weak=command.opening.weak)]


def _arranged_by_province(command: OpenTarget, code: str) -> None:
    """The province opens, and each tier has its kinds (AL-006)."""
    opening = command.opening
    if command.context.actor.role in CITIES:
        raise ARRANGED_BY_PROVINCE(target=code, field="targets.target")
    if command.tier == "county" and (opening.kind == "township" or opening.weak):
        raise WEAK_AT_COUNTY_TIER(given=code, field="targets.weak", accepted="其他村")
    if command.tier != "county" and opening.kind == "village" and not opening.weak:
        raise NOT_WEAK(target=code)


def _arranged_by_city(command: OpenTarget, code: str) -> None:
    """The city opens, within its own plan. Which villages there are weak is printed nowhere, so no tier asks it."""
    if command.context.actor.role not in CITIES:
        raise ARRANGED_BY_CITY(target=code, field="targets")
    if command.tier == "province":
        raise NO_PROVINCE_TIER(target=code)
    if command.quota is None:
        raise CITY_PLAN_MISSING(city=city_of(code))


def fill(state: Target | None, command: NoteOnPost) -> Sequence[TargetFilled]:
    """The confirmed occupant takes up the post, once; or had taken it up before the placement was withdrawn."""
    occupant = None if state is None else state.occupant or (state.withdrawn if state.free else None)
    if state is None or occupant is None or occupant.posting != command.posting:
        raise POSTING_UNKNOWN(
            which="已确定",
            posting=command.posting,
            occupant=occupant.posting if occupant else "有人选的派驻点",
        )
    if occupant.on_post:
        return []
    return [
        TargetFilled(
            occurred_on=command.context.occurred_on,
            target=state.target,
            posting=command.posting,
            person=occupant.person,
        )
    ]


def vacate(
    state: Target | None, command: NoteVacancy
) -> Sequence[TargetVacated | CoverageGapFound | SuccessorDue | TargetHandedOver | SuccessorLost]:
    """The occupant has gone: the place passes to who took over (PE-108), or is open again, and a bound unit owes a
    successor unless one is awaited (AL-040, PE-106)."""
    if state is not None and state.next is not None and state.next.posting == command.posting:
        return [SuccessorLost.carrying(command, target=state.target)]
    if state is None or state.occupant is None or state.occupant.posting != command.posting:
        raise POSTING_UNKNOWN(
            which="在任",
            posting=command.posting,
            occupant=state.occupant.posting if state and state.occupant else "有人选的派驻点",
        )
    on, target, follows = command.context.occurred_on, state.target, state.next
    if follows is not None and follows.posting == command.successor:
        who = {"person": follows.person, "unit": follows.unit, "channel": follows.channel}
        over = {"target": target, "posting": command.posting, "successor": follows.posting}
        return [TargetHandedOver(occurred_on=on, **over, **who)]
    events: list[TargetVacated | CoverageGapFound | SuccessorDue] = [TargetVacated.carrying(command, target=target)]
    if state.closed:
        return events  # its village is another's now, which has its own place
    if command.bound and follows is None:
        events.append(SuccessorDue(occurred_on=on, target=target, unit=command.unit or state.occupant.unit))
    return [*events, CoverageGapFound(occurred_on=on, target=target)]


def release_successor(state: Target | None, command: ReleaseSuccessor) -> Sequence[SuccessorReleased]:
    """The obligation ends with the binding it comes from (AL-040)."""
    if state is None or state.successor_of is None:
        return []
    return [
        SuccessorReleased(
            occurred_on=command.context.occurred_on,
            target=state.target,
            unit=state.successor_of,
            cause=command.cause,
        )
    ]
