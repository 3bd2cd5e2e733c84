"""A check of presence on the spot or by a call, and an inspection by an organ above (AT-004, AT-022, AT-026, AT-027).

Source: 晋组通字〔2015〕41号 六.2; the Jinzhou measures 一.3. Invariant: what a check finds changes no register and is
nobody's fault; a finding is a command of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Key, Pattern, Text
from programmes.readers import inspection
from programmes.roles import CITIES, COUNTIES, LEVELS, PROVINCE, TOWNSHIPS
from services.attendance.checks.refusals import (
    CALL_INCOMPLETE,
    CALL_UNASKED,
    CROSS_AT_HOME,
    MEANS_UNKNOWN,
    OFFICE_OF_CITY,
)

Clock = Annotated[str, Pattern("([01][0-9]|2[0-3]):[0-5][0-9]", accepted="时刻，如 09:30")]
RULE = inspection.MEANS.path
_CITY = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """The days of the checks and inspections an area had, by number; how many samples were drawn in it."""

    checks: tuple[date, ...] = ()
    inspections: tuple[date, ...] = ()
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A call: the time of day, and whether the cadre was reached."""

    at: Clock
    reached: bool


class CheckDone(Event, title="到岗检查"):
    """An organ of ``level`` looked whether cadres are on post in ``area``; ``posting`` is the one it was about."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    area: Area
    level: Literal["township", "county", "city"]
    number: int
    means: str
    posting: str
    call: Call | None
    finding: Text


class InspectionRecorded(Event, title="督查登记"):
    """``inspector`` inspected ``area``; ``body`` is the inspecting body where it is not the department, else ""."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("area", "inspector")

    programme: Key
    area: Area
    inspector: Area
    number: int
    method: str
    body: str
    finding: Text


class RecordCheck(Command, title="登记到岗检查", roles=TOWNSHIPS | COUNTIES | CITIES, concerns=("area",)):
    """Record a check of the own area or a part of it; a check by phone names whom, when and whether reached."""

    programme: Key
    area: Area
    means: str
    finding: Text
    posting: Key | None = None
    call: Call | None = None


class RecordInspection(Command, title="登记督查", roles=PROVINCE | CITIES | COUNTIES, concerns=("inspector",)):
    """Record an inspection by ``inspector``, the own area; ``office`` where the city's inspection office did it."""

    programme: Key
    area: Area
    inspector: Area
    method: str
    finding: Text
    office: bool = False


def check(state: Checked, command: RecordCheck) -> Sequence[CheckDone]:
    """CheckDone.

    Raises:
        Rejected: ``foreign_area``, ``means_unknown``, ``call_incomplete``, ``call_unasked``, ``rule_unknown``.
    """
    rules, actor = rules_of(command), command.context.actor
    must_cover(actor, command.area, field="area", rule=RULE)
    known = rules.value(inspection.MEANS)
    if command.means not in known:
        raise MEANS_UNKNOWN(means=command.means, known=known, rule=RULE)
    phone = rules.find(inspection.PHONE)
    if phone is not None and command.means == phone.value:
        if command.call is None or not command.posting:
            raise CALL_INCOMPLETE(means=command.means, rule=RULE)
    elif command.call is not None:
        raise CALL_UNASKED(means=command.means, rule=RULE)
    level: Literal["township", "county", "city"] = LEVELS[actor.role]  # type: ignore[assignment]  # by the roles
    return (CheckDone.carrying(command, number=len(state.checks) + 1, level=level, posting=command.posting or ""),)


def inspect(state: Checked, command: RecordInspection) -> Sequence[InspectionRecorded]:
    """InspectionRecorded.

    Raises:
        Rejected: ``foreign_area`` where the inspector is not the actor, or, unless it crosses, the area is not the
            inspector's; ``means_unknown``, ``cross_at_home``, ``office_of_city``, ``rule_unknown``.
    """
    rules, actor = rules_of(command), command.context.actor
    must_cover(actor, command.inspector, field="inspector", rule=RULE)
    known = rules.value(inspection.MEANS)
    if command.method not in known:
        raise MEANS_UNKNOWN(means=command.method, known=known, rule=RULE)
    cross = rules.find(inspection.CROSS)
    if cross is not None and command.method == cross.value:
        if command.area.startswith(command.inspector) or command.inspector.startswith(command.area):
            raise CROSS_AT_HOME(method=command.method, inspector=command.inspector, area=command.area, rule=RULE)
    else:
        must_cover(actor, command.area, field="area", rule=RULE)
    office = rules.value(inspection.OFFICE) if command.office else ""
    if office and not (actor.role in CITIES and len(command.inspector) == _CITY):
        raise OFFICE_OF_CITY(office=office, rule=inspection.OFFICE.path)
    return (InspectionRecorded.carrying(command, number=len(state.inspections) + 1, body=office),)


def checked(state: Checked, event: CheckDone) -> Checked:
    """The state after CheckDone."""
    return replace(state, checks=(*state.checks, event.occurred_on))


def inspected(state: Checked, event: InspectionRecorded) -> Checked:
    """The state after InspectionRecorded."""
    return replace(state, inspections=(*state.inspections, event.occurred_on))
