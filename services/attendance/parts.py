"""The parts of attendance, and the plans of its commands."""

from __future__ import annotations

from typing import Any

from kernel.part import Part, each
from kernel.profiles import PROGRAMME
from programmes import managed
from programmes.noted_calendar import CALENDAR
from programmes.offices import OFFICE
from services.attendance import duties
from services.attendance.checks import leaders, management_note
from services.attendance.checks.checks_parts import CHECKS
from services.attendance.checks.checks_plans import checking, drawing
from services.attendance.diary import diary, incident, occasion
from services.attendance.groups.routine import ROUTINE
from services.attendance.inspection import accountability, fault, sham
from services.attendance.inspection.inspection_plans import finding_sham
from services.attendance.leave import approval, ending, leave
from services.attendance.leave.leave_plans import decide_leave, end_leave
from services.attendance.money import allowance, payment, quarter
from services.attendance.money.money_plans import pay_allowance
from services.attendance.register import absence, month, official_duty, places, register, sign_in
from services.attendance.register.appointment import APPOINTMENT
from services.attendance.register.month_plans import hand_in, register_month
from services.attendance.register.refusals import REGISTER_UNKNOWN
from services.attendance.register.state import scope
from services.attendance.registrar_plans import keep
from services.attendance.sheets import correction, seal, sheet
from services.attendance.sheets.sheet_plans import compile_many, seal_many, seal_one, sign, sign_many
from services.attendance.visits.visit import VISITS
from services.attendance.years import year
from services.attendance.years.year_plans import assess, assess_many

REGISTER = Part(
    "register/{posting}",
    None,
    scope=scope,
    absent=REGISTER_UNKNOWN,
    decides=(
        register.open_register,
        register.close_register,
        register.move_register,
        register.register_days,
        month.register_row,
        month.take_captured,
        sign_in.sign_in,
        absence.record_absence,
        official_duty.record_duty,
        official_duty.cancel_duty,
        leave.request_leave,
        approval.approve_leave,
        approval.refuse_leave,
        approval.file_leave,
        ending.cancel_leave,
        ending.end_early,
        sheet.compile_month,
        sheet.compile_entered,
        sheet.sign_month,
        seal.seal_month,
        correction.correct_month,
        fault.record_fault,
        sham.find_sham,
        accountability.decide_adjustment,
        management_note.note,
        *(diary.write_log, diary.write_diary, diary.write_ledger),
        occasion.record_occasion,
        incident.report_incident,
        year.assess_year,
        year.forecast_year,
        allowance.compute,
        quarter.pay,
        payment.record_payment,
        payment.grant,
    ),
    evolve=each(
        register.opened,
        register.registered,
        register.closed,
        register.moved,
        places.placed,
        sign_in.signed_in,
        absence.absent,
        absence.corrected,
        official_duty.duty_recorded,
        official_duty.duty_cancelled,
        leave.requested,
        leave.halved,
        approval.decided,
        approval.to_be_filed,
        approval.filed,
        ending.cancelled,
        ending.ended_early,
        sheet.compiled,
        sheet.others_compiled,
        sheet.signed,
        seal.sealed,
        correction.corrected,
        diary.logged,
        accountability.case_opened,
        accountability.adjusted,
        allowance.computed,
        quarter.paid,
    ),
)
"""The register of one posting: everything that is said of its attendance."""

PARTS: tuple[Part[Any], ...] = (
    managed.PART,
    PROGRAMME,
    CALENDAR,
    OFFICE,
    REGISTER,
    APPOINTMENT,
    quarter.REVIEWS,
    CHECKS,
    leaders.LEADERS,
    *(VISITS, ROUTINE),
    *duties.PARTS,
)
PLANS = (
    keep,
    *(sign, seal_one, compile_many, sign_many, seal_many),
    *(register_month, hand_in),
    *(checking, drawing, finding_sham),
    *(assess, assess_many, pay_allowance, decide_leave, end_leave),
)
