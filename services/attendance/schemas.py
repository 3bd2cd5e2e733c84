"""Contracts of this service's messages, derived from the message classes, and the lifts of older event versions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel import parked
from kernel.codec import EventTypes, Upcaster
from kernel.messages import Command, Event
from kernel.profiles import ProfileNoted
from services.attendance.inspection import fault
from services.attendance.leave import leave
from services.attendance.offices import office
from services.attendance.register import register
from services.attendance.sheets import correction, seal, sheet
from services.attendance.years import year

COMMANDS: tuple[type[Command], ...] = (
    register.RegisterDays,
    leave.RequestLeave,
    leave.ApproveLeave,
    leave.RefuseLeave,
    sheet.CompileMonth,
    sheet.SignMonth,
    seal.SealMonth,
    correction.CorrectMonth,
    fault.RecordCertificationFault,
    year.AssessYear,
)

EVENTS: tuple[type[Event], ...] = (
    ProfileNoted,
    office.OfficeHolderNoted,
    register.RegisterOpened,
    register.RegisterClosed,
    register.AttendanceRegistered,
    leave.LeaveRequested,
    leave.LeaveApproved,
    leave.LeaveRefused,
    sheet.AttendanceCompiled,
    sheet.AttendanceSigned,
    seal.AttendanceSealed,
    seal.MonthlyAttendanceAssessed,
    correction.AttendanceCorrected,
    fault.CertificationFaultFound,
    year.AnnualAttendanceAssessed,
)

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}

TYPES = EventTypes((*EVENTS, *parked.EVENTS), UPCASTERS)
