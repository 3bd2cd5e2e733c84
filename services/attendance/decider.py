"""The register's two functions: every command to the function named after it, every event into the state."""

from __future__ import annotations

from collections.abc import Sequence

from kernel.messages import Command, Event
from services.attendance.inspection import fault
from services.attendance.inspection.fault import CertificationFaultFound
from services.attendance.leave import leave
from services.attendance.register import register
from services.attendance.register.register import AttendanceRegistered, RegisterClosed, RegisterOpened
from services.attendance.register.state import Register
from services.attendance.sheets import correction, seal, sheet
from services.attendance.sheets.correction import AttendanceCorrected
from services.attendance.sheets.seal import AttendanceSealed, MonthlyAttendanceAssessed
from services.attendance.sheets.sheet import AttendanceCompiled, AttendanceSigned
from services.attendance.years import year
from services.attendance.years.year import AnnualAttendanceAssessed


def decide(
    state: Register | None, command: Command
) -> Sequence[
    AttendanceRegistered
    | AttendanceCorrected
    | RegisterOpened
    | CertificationFaultFound
    | AnnualAttendanceAssessed
    | AttendanceCompiled
    | AttendanceSigned
    | RegisterClosed
    | AttendanceSealed
    | MonthlyAttendanceAssessed
]:
    """What follows from ``command``. Raises Rejected as the functions of the commands say."""
    match command:
        case register.RegisterDays():
            return register.register_days(state, command)
        case register.OpenRegister():
            return register.open_register(state, command)
        case register.CloseRegister():
            return register.close_register(state, command)
        case leave.RequestLeave():
            return leave.request_leave(state, command)
        case leave.ApproveLeave():
            return leave.approve_leave(state, command)
        case leave.RefuseLeave():
            return leave.refuse_leave(state, command)
        case sheet.CompileMonth():
            return sheet.compile_month(state, command)
        case sheet.SignAs():
            return sheet.sign_month(state, command)
        case seal.SealMonth():
            return seal.seal_month(state, command)
        case correction.CorrectMonth():
            return correction.correct_month(state, command)
        case fault.RecordCertificationFault():
            return fault.record_fault(state, command)
        case year.AssessYear():
            return year.assess_year(state, command)
    raise TypeError(f"a register does not take {type(command).__name__}")


def evolve(state: Register | None, event: Event) -> Register | None:
    """The state after ``event``; a register begins with RegisterOpened."""
    if isinstance(event, register.RegisterOpened):
        return register.opened(event)
    if state is None:
        return None
    match event:
        case register.AttendanceRegistered():
            return register.registered(state, event)
        case register.RegisterClosed():
            return register.closed(state, event)
        case leave.LeaveRequested():
            return leave.requested(state, event)
        case leave.LeaveApproved() | leave.LeaveRefused():
            return leave.decided(state, event)
        case sheet.AttendanceCompiled():
            return sheet.compiled(state, event)
        case sheet.AttendanceSigned():
            return sheet.signed(state, event)
        case seal.AttendanceSealed():
            return seal.sealed(state, event)
        case correction.AttendanceCorrected():
            return correction.corrected(state, event)
    return state
