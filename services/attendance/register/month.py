"""A month for many at once, and a batch taken down without network: each posting keeps its own events (AT-031).

Source: derived. Invariant: what a clerk enters for others is what the registrar keeps on paper, and the event says
whose word it is and from which paper; a day that stands in the register is no second one, so a batch may come again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Event, Key, Line, Order
from services.attendance.register import authority
from services.attendance.register.absence import AbsenceCorrected, mistaken
from services.attendance.register.days import MonthKey, bits_of
from services.attendance.register.places import DayPlacesRecorded, Place, recorded
from services.attendance.register.refusals import MONTH_SEALED, PAPER_MISSING
from services.attendance.register.register import AttendanceRegistered, check_days
from services.attendance.register.state import Register


class MonthEntered(Event, title="代录月考勤"):
    """``days`` days of the month were entered by ``clerk`` from ``document``, on which the registrar kept them."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    days: int
    clerk: str
    document: Line


class DaysHandedIn(Event, title="离线登记上传"):
    """Days that were taken down without network, each at its own time ``captured`` (with the zone), came in on
    ``occurred_on``; ``late`` are those that came on a later day than they were taken down."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    days: tuple[date, ...]
    captured: tuple[str, ...]
    late: tuple[date, ...]


class RegisterRow(Order):
    """One row of a month: the days, of them those with a night at ``night``."""

    posting: Key
    month: MonthKey
    days: tuple[date, ...]
    nights: tuple[tuple[Place, tuple[date, ...]], ...] = ()
    document: str | None = None


class PlacedDays(Order):
    """Days of one month of which the night is told."""

    month: MonthKey
    days: tuple[date, ...]
    work: Place | None
    night: Place | None


class TakeCaptured(Order):
    """The entries of a batch for one posting and month."""

    posting: Key
    month: MonthKey
    days: tuple[date, ...]
    captured: tuple[str, ...]
    late: tuple[date, ...]


def register_row(
    register: Register, command: RegisterRow
) -> Sequence[AttendanceRegistered | DayPlacesRecorded | AbsenceCorrected | MonthEntered]:
    """As ``register.register_days``, and MonthEntered where a clerk entered it for the registrar (AT-031).

    Raises:
        Rejected: as ``authority.enterer``; ``paper_missing``; ``month_sealed``; what ``check_days`` finds wrong.
    """
    context = command.context
    registrar = authority.enterer(register, in_force(context.rules, register.programme), context.actor)
    if registrar is not None and not command.document:
        raise PAPER_MISSING()
    if register.month(command.month).ever_sealed:
        raise MONTH_SEALED(month=command.month)
    check_days(register, command.month, command.days, context.occurred_on, "days")
    made: list[AttendanceRegistered | DayPlacesRecorded | AbsenceCorrected | MonthEntered]
    made = [*_days(register, command.days, registrar or context.actor.organ, context.occurred_on)]
    for night, days in command.nights:
        made += recorded(register, PlacedDays(context=context, month=command.month, days=days, work=None, night=night))
    if registrar is not None and command.days:
        made.append(
            MonthEntered.carrying(
                command,
                target=register.target,
                days=len(command.days),
                clerk=context.actor.organ,
                document=command.document or "",
            )
        )
    return made


def take_captured(
    register: Register, command: TakeCaptured
) -> Sequence[AttendanceRegistered | AbsenceCorrected | DaysHandedIn]:
    """The days that do not stand in the register yet, and DaysHandedIn with their own times (AT-031).

    Raises:
        Rejected: as ``authority.registrar`` and ``check_days``; ``month_sealed``: after the seal comes a correction.
    """
    context = command.context
    authority.registrar(register, in_force(context.rules, register.programme), context.actor)
    known = register.month(command.month).days
    fresh = [at for at, day in enumerate(command.days) if not known & bits_of((day,))]
    days = tuple(command.days[at] for at in fresh)
    if not days:
        return ()
    if register.month(command.month).ever_sealed:
        raise MONTH_SEALED(month=command.month)
    check_days(register, command.month, days, context.occurred_on, "days")
    told = DaysHandedIn.carrying(
        command,
        target=register.target,
        days=days,
        captured=tuple(command.captured[at] for at in fresh),
        late=tuple(day for day in days if day in command.late),
    )
    return [*_days(register, days, context.actor.organ, context.occurred_on), told]


def _days(
    register: Register, days: tuple[date, ...], registrar: str, on: date
) -> Iterator[AttendanceRegistered | AbsenceCorrected]:
    posting, target = register.posting, register.target
    for day in days:
        yield AttendanceRegistered(occurred_on=day, posting=posting, target=target, day=day, registrar=registrar)
    yield from mistaken(register, days, on)
