"""What a cadre writes: the log of a day on post, the people's diary and the work ledger (AT-003, AT-013).

Source: the Jinzhou measures 一.2 (每天记录工作日志); 晋组通字〔2015〕41号 五.4 (民情日记和工作台账). Invariant: a day
on post has at most one log; an entry made later tells both days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Few, Key, Text
from programmes.duty_groups import must_be_tagged
from programmes.readers import diary
from programmes.roles import CADRES
from services.attendance.diary.refusals import DIARY_KIND, LOG_OFF_POST, LOG_TWICE, NOT_YOUR_DIARY
from services.attendance.register.days import bits_of, month_of
from services.attendance.register.refusals import DAY_IN_FUTURE, DAY_OUTSIDE_POSTING
from services.attendance.register.state import Register


class WorkLogWritten(Event, title="工作日志"):
    """The log of ``day``, written on ``written_at``; ``evidence`` are digests of what is kept beside it."""

    rule: ClassVar[str | None] = diary.LOG.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    day: date
    written_at: date
    visits: Text
    help: Text
    evidence: tuple[str, ...]
    group: str


class DiaryWritten(Event, title="民情日记"):
    """An entry of the people's diary about ``day``."""

    rule: ClassVar[str | None] = diary.DIARIES.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    unit: str
    day: date
    text: Text


class WorkLedgerEntry(Event, title="工作台账"):
    """An entry of the work ledger about ``day``."""

    rule: ClassVar[str | None] = diary.DIARIES.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    unit: str
    day: date
    text: Text


class WriteWorkLog(Command, title="写工作日志", roles=CADRES, concerns=("posting",)):
    """Write the log of a day on post: visits and help in detail; ``group`` where the notice names duties."""

    posting: Key
    day: date
    visits: Text
    help: Text
    evidence: Few[Key] = ()
    group: str | None = None


class WriteDiary(Command, title="写民情日记", roles=CADRES, concerns=("posting",)):
    """Write an entry of the people's diary."""

    posting: Key
    day: date
    text: Text


class WriteWorkLedger(Command, title="记工作台账", roles=CADRES, concerns=("posting",)):
    """Write an entry of the work ledger."""

    posting: Key
    day: date
    text: Text


def write_log(register: Register, command: WriteWorkLog) -> Sequence[WorkLogWritten]:
    """WorkLogWritten.

    Raises:
        Rejected: ``not_your_diary``, ``day_in_future``, ``day_outside_posting``, ``log_off_post``, ``log_twice``,
            ``duty_group_unknown``, ``rule_unknown``.
    """
    rule, bit = diary.LOG.path, bits_of((command.day,))
    rules = in_force(command.context.rules, register.programme)
    rules.value(diary.LOG)
    _own(register, command, rule)
    must_be_tagged(rules, command.group, "group")
    if not register.days(month_of(command.day)) & bit:
        raise LOG_OFF_POST(day=command.day, rule=rule)
    if register.logs.get(month_of(command.day), 0) & bit:
        raise LOG_TWICE(day=command.day, rule=rule)
    return (
        WorkLogWritten.carrying(
            command,
            register,
            posting=register.posting,
            group=command.group or "",
            written_at=command.context.occurred_on,
        ),
    )


def write_diary(register: Register, command: WriteDiary) -> Sequence[DiaryWritten]:
    """DiaryWritten. Raises Rejected: as ``write_log`` for its writer and day; ``diary_kind``, ``rule_unknown``."""
    _asked(register, command, "民情日记")
    return (DiaryWritten.carrying(command, register, posting=register.posting),)


def write_ledger(register: Register, command: WriteWorkLedger) -> Sequence[WorkLedgerEntry]:
    """WorkLedgerEntry. Raises Rejected: as ``write_diary``."""
    _asked(register, command, "工作台账")
    return (WorkLedgerEntry.carrying(command, register, posting=register.posting),)


def logged(register: Register, event: WorkLogWritten) -> Register:
    """The state after WorkLogWritten."""
    key = month_of(event.day)
    return replace(register, logs={**register.logs, key: register.logs.get(key, 0) | bits_of((event.day,))})


def _asked(register: Register, command: WriteDiary | WriteWorkLedger, kind: str) -> None:
    kinds = in_force(command.context.rules, register.programme).value(diary.DIARIES)
    if kind not in kinds:
        raise DIARY_KIND(kind=kind, kinds=kinds, rule=diary.DIARIES.path)
    _own(register, command, diary.DIARIES.path)


def _own(register: Register, command: WriteWorkLog | WriteDiary | WriteWorkLedger, rule: str) -> None:
    context, day = command.context, command.day
    if not context.actor.is_(register.person):
        raise NOT_YOUR_DIARY(rule=rule)
    if day > context.occurred_on:
        raise DAY_IN_FUTURE(day=day, today=context.occurred_on, field="day")
    if not register.holds(day):
        raise DAY_OUTSIDE_POSTING(day=day, since=register.opened_on, until=register.closed_on or "今", field="day")
