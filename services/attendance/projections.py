"""Read models of attendance: registers, days, leaves and every version of every monthly sheet.

Invariant: a sheet's row is never overwritten by another version; its dates tell how far it had come on any day, and
``sealed_on`` from which day on it counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from kernel import profiles
from kernel.messages import Recorded
from kernel.projection import Op, Table
from programmes import managed
from programmes.duty import DUTIES, rows
from programmes.offices import DAY, OfficeHolderNoted, OfficeLeftNoted, StandInNoted
from services.attendance import duties
from services.attendance.checks import checks_projection
from services.attendance.diary import diary_projection
from services.attendance.groups import groups_projection
from services.attendance.inspection import fault, inspection_projection
from services.attendance.leave import leave_projection
from services.attendance.money import money_projection
from services.attendance.register import month, places, register, sign_in
from services.attendance.register.appointment import AppointmentNoted
from services.attendance.register.days import month_of
from services.attendance.sheets import correction, seal, sheet
from services.attendance.visits import visits_projection
from services.attendance.years import year_projection

REGISTERS = Table(
    "registers",
    {"posting": "text"},
    {
        "programme": "text",
        "person": "text",
        "target": "text",
        "kind": "text",
        "role": "text",
        "unit": "text",
        "tier": "text",
        "opened_on": "date",
        "closed_on": "date",
        "cause": "text",
    },
    (("target",),),
)

APPOINTMENTS = Table("appointments", {"posting": "text"}, {"target": "text", "appointed_on": "date"})

DAYS = Table(
    "days_on_post",
    {"posting": "text", "day": "date"},
    {
        **dict.fromkeys(("target", "month", "work", "night", "registrar", "captured"), "text"),
        "late": "bool",
        "recorded_at": "int",
    },
)

ENTERED = Table(
    "months_entered",
    {"posting": "text", "month": "text", "entered_on": "date"},
    {"target": "text", "days": "int", "clerk": "text", "document": "text"},
)

SIGN_INS = Table("sign_ins", {"posting": "text", "day": "date"}, {"target": "text"})

SHEETS = Table(
    "sheets",
    {"posting": "text", "month": "text", "version": "int"},
    {
        "target": "text",
        "days": "int",
        "leave_days": "int",
        **dict.fromkeys(("duty_days", "counting", "half_leaves"), "int"),
        "registrar": "text",
        "compiled_on": "date",
        "replaces": "int",
        "reason": "text",
        "signer": "text",
        "post": "text",
        "signed_on": "date",
        "organ": "text",
        "sealed_on": "date",
        "full_month": "bool",
        "prorated": "int",
        "assessed": "bool",
        "required": "int",
        "met": "bool",
        "assumed": "bool",
        "commuting": "bool",
    },
    (("month", "posting", "version"),),
)

OFFICE_HOLDERS = Table(
    "office_holders",
    {"organ": "text", "post": "text", "since": "date"},
    {"person": "text", "until": "date"},
)

STAND_INS = Table(
    "stand_ins",
    {"organ": "text", "post": "text", "since": "date", "person": "text"},
    {"holder": "text", "until": "date"},
)

FAULTS = Table(
    "certification_faults",
    {"position": "int"},
    {
        "posting": "text",
        "target": "text",
        "month": "text",
        "version": "int",
        "kind": "text",
        "signer": "text",
        "finding": "text",
        "found_on": "date",
    },
)

TABLES = (
    managed.MANAGED,
    profiles.IN_FORCE,
    *(REGISTERS, APPOINTMENTS, DAYS, ENTERED, SIGN_INS, SHEETS, OFFICE_HOLDERS, STAND_INS, FAULTS, DUTIES),
    *checks_projection.TABLES,
    *diary_projection.TABLES,
    *groups_projection.TABLES,
    *inspection_projection.TABLES,
    *leave_projection.TABLES,
    *year_projection.TABLES,
    *money_projection.TABLES,
    *visits_projection.TABLES,
)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows an event writes."""
    event, on = recorded.event, recorded.occurred_on
    yield from managed.rows(event)
    yield from profiles.rows(event)
    match event:
        case register.AttendanceRegistered():
            yield _day(event, event.day, recorded)
        case places.DayPlacesRecorded():
            for day in event.days:
                yield DAYS.put(event.posting, day, work=event.work or "", night=event.night or "")
        case month.DaysHandedIn():
            for day, captured in zip(event.days, event.captured, strict=True):
                yield DAYS.put(event.posting, day, captured=captured, late=day in event.late)
        case month.MonthEntered():
            yield ENTERED.of(event, entered_on=on)
        case sign_in.SignedIn():
            yield SIGN_INS.of(event)
        case register.RegisterOpened():
            yield REGISTERS.of(event, opened_on=on)
        case AppointmentNoted():
            yield APPOINTMENTS.of(event, appointed_on=on)
        case register.RegisterMoved():
            yield REGISTERS.put(event.posting, target=event.target)
        case register.RegisterClosed():
            yield REGISTERS.put(event.posting, closed_on=on, cause=event.cause)
        case OfficeHolderNoted():
            yield OFFICE_HOLDERS.of(event)
        case StandInNoted():
            yield STAND_INS.of(event, holder=event.holder or "")
        case OfficeLeftNoted():
            yield OFFICE_HOLDERS.put(event.organ, event.post, event.since, until=event.left_on - DAY)
        case fault.CertificationFaultFound():
            yield FAULTS.of(event, position=recorded.position, found_on=on)
        case _:
            yield from _sheet(recorded)
            yield from rows(duties.KNOWN, recorded)
            yield from checks_projection.writes(recorded)
            yield from diary_projection.writes(recorded)
            yield from inspection_projection.writes(recorded)
            yield from leave_projection.writes(recorded)
            yield from year_projection.writes(recorded)
            yield from money_projection.writes(recorded)
            yield from visits_projection.rows(event)
            yield from groups_projection.rows(event)


def _day(event: register.AttendanceRegistered | correction.AttendanceCorrected, day: date, recorded: Recorded) -> Op:
    return DAYS.of(event, day=day, month=month_of(day), recorded_at=recorded.recorded_at)


def _compiled(event: sheet.AttendanceCompiled | correction.AttendanceCorrected, **more: Any) -> Op:
    return SHEETS.put(
        event.posting,
        event.month,
        event.version,
        target=event.target,
        days=event.days,
        leave_days=event.leave_days,
        registrar=event.registrar,
        compiled_on=event.occurred_on,
        **more,
    )


def _sheet(recorded: Recorded) -> Iterable[Op]:
    event, on = recorded.event, recorded.occurred_on
    match event:
        case sheet.AttendanceCompiled():
            yield _compiled(event)
        case correction.AttendanceCorrected():
            yield _compiled(event, replaces=event.replaces, reason=event.reason)
            for day in event.added:
                yield _day(event, day, recorded)
            for day in event.removed:
                yield DAYS.drop(event.posting, day)
        case sheet.OtherDaysCompiled():
            yield SHEETS.of(event)
        case seal.CommutingPatternShown():
            yield SHEETS.put(event.posting, event.month, event.version, commuting=True)
        case sheet.AttendanceSigned():
            yield SHEETS.put(
                event.posting,
                event.month,
                event.version,
                signer=event.signer,
                post=event.post,
                signed_on=on,
            )
        case seal.AttendanceSealed():
            yield SHEETS.put(
                event.posting,
                event.month,
                event.version,
                organ=event.organ,
                sealed_on=on,
                full_month=event.full,
                prorated=event.prorated or 0,
            )
        case seal.MonthlyAttendanceAssessed():
            yield SHEETS.put(
                event.posting,
                event.month,
                event.version,
                assessed=True,
                required=event.required,
                met=event.met,
                assumed=event.assumed,
            )
