"""The township's seal on a month, and the figure that follows from it.

Source: the Jinzhou measures 一.2. Invariant: only a sealed month has a figure; a month the posting did not fill is not
assessed; leave is shown and never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kernel.grounds import in_force, not_before
from kernel.messages import Area, Command, Event, Key, Order
from kernel.rules import Rules
from programmes.readers.attendance import DAYS_COUNTED, DAYS_PER_MONTH, OVERNIGHT, PARTIAL_MONTH, SEALER
from programmes.roles import TOWNSHIPS
from programmes.working_days import WorkingDays
from services.attendance.register import authority
from services.attendance.register.days import MonthKey, dates_of, span
from services.attendance.register.monthly import Sheet
from services.attendance.register.state import Register
from services.attendance.sheets.refusals import NOT_SEALER, SHEET_UNSIGNED
from services.attendance.sheets.sheet import latest


class AttendanceSealed(Event, title="月考勤盖章"):
    """The township committee's seal: the sheet now counts.

    ``full`` is False where the posting did not last the whole month; then ``prorated`` says, for information only, how
    many days the share of the month would ask for (rounded up), and no assessment follows.
    """

    rule: ClassVar[str | None] = "attendance.seal"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    organ: str
    days: int
    leave_days: int
    full: bool
    prorated: int | None = None


class MonthlyAttendanceAssessed(Event, title="月考勤核定"):
    """A sealed full month held against the profile's number of days, of those of the ``days`` that it counts.

    ``assumed`` where that number is a setting, or where ``met`` hangs on which days are counted and that is one: who
    has too few days of every kind has too few working days, so what is missed on calendar days is missed on any.
    """

    rule: ClassVar[str | None] = DAYS_PER_MONTH.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    days: int
    leave_days: int
    required: int
    met: bool
    assumed: bool


class CommutingPatternShown(Event, title="走读迹象"):
    """A sealed month of which every night is known and none was spent where the cadre is to live (AT-011).

    It opens a check by people and is no finding, however many days were worked.
    """

    rule: ClassVar[str | None] = OVERNIGHT.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    month: MonthKey
    version: int
    days: int
    nights: int
    assumed: bool


class SealMonth(Command, title="考勤表盖章", roles=TOWNSHIPS, concerns=("posting",)):
    """Seal the newest sheet of a month."""

    posting: Key
    month: MonthKey


class SealBy(Order):
    """``SealMonth`` with the calendar of working days as it is noted here."""

    posting: Key
    month: MonthKey
    calendar: WorkingDays


def seal_month(
    register: Register, command: SealBy
) -> Sequence[AttendanceSealed | MonthlyAttendanceAssessed | CommutingPatternShown]:
    """AttendanceSealed; MonthlyAttendanceAssessed where the month was a full one, or the profile holds parts of months
    against their share (AT-010); CommutingPatternShown where no night was spent on the spot.

    Raises:
        Rejected: ``not_sealer``; ``sheet_missing``, ``sheet_stale``, ``sheet_unsigned``, ``sheet_sealed``;
            ``date_before_ground``.
    """
    context = command.context
    rules = in_force(context.rules, register.programme)
    authority.organ_of(SEALER, register, rules, context.actor, NOT_SEALER)
    sheet = latest(register, command.month)
    if sheet.signer is None:
        raise SHEET_UNSIGNED()
    not_before(command, sheet.on, "签字", "attendance.seal")
    first, last = span(command.month)
    covered, length = register.within(first, last), (last - first).days + 1
    full = covered == length
    floor = rules.find(DAYS_PER_MONTH)
    share = None if full or floor is None else -(-floor.value * covered // length)
    days = sheet.days.bit_count()
    made: list[AttendanceSealed | MonthlyAttendanceAssessed | CommutingPatternShown] = [
        AttendanceSealed.carrying(
            command,
            register,
            sheet,
            posting=register.posting,
            organ=context.actor.organ,
            days=days,
            full=full,
            prorated=share,
        )
    ]
    partly = rules.find(PARTIAL_MONTH)
    if floor is not None and (full or (partly is not None and partly.value == "prorated")):
        required = floor.value if share is None else share
        counted, hangs = _counted(command, sheet, rules, required)
        made.append(
            MonthlyAttendanceAssessed.carrying(
                command,
                register,
                sheet,
                posting=register.posting,
                days=counted,
                required=required,
                met=counted >= required,
                assumed=floor.assumed or hangs or (not full and partly is not None and partly.assumed),
            )
        )
    if shows_commuting(register, command.month, sheet.days, rules):
        made.append(
            CommutingPatternShown.carrying(
                command,
                register,
                sheet,
                posting=register.posting,
                days=days,
                nights=0,
                assumed=rules.rule(OVERNIGHT).assumed,
            )
        )
    return made


def _counted(command: SealBy, sheet: Sheet, rules: Rules, required: int) -> tuple[int, bool]:
    """How many days of a sheet the number of days a month asks for, and whether it is assumed that they suffice or not
    (AT-010)."""
    counts, days = rules.find(DAYS_COUNTED), dates_of(command.month, sheet.days)
    if counts is None or counts.value != "working_days":
        return len(days), counts is not None and counts.assumed and len(days) >= required
    worked, known = sum(map(command.calendar.is_working_day, days)), command.calendar.between(*span(command.month))
    return worked, known.assumed or (counts.assumed and worked < required <= len(days))


def shows_commuting(register: Register, key: MonthKey, days: int, rules: Rules) -> bool:
    """Whether every night of a sheet is known and none of them was spent where the cadre is to live (AT-011)."""
    month = register.month(key)
    if rules.find(OVERNIGHT) is None or not days:
        return False
    return not days & ~(month.placed | month.counting) and not month.nights


def sealed(register: Register, event: AttendanceSealed) -> Register:
    """The state after AttendanceSealed."""
    month = register.month(event.month).with_last(sealed=True, on=event.occurred_on)
    return register.with_month(event.month, month)
