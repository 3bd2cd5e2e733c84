"""Official duty elsewhere: a meeting, a training, a journey ordered by an organ, beside presence and leave.

Source: derived from the Jinzhou measures 一.2 (AT-030). Invariant: a day of duty is neither presence nor leave; whether
it counts as a day on post is the profile's word, kept in the event as it held then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.grounds import in_force
from kernel.messages import Area, Command, Event, Key, Line
from programmes.readers.attendance import DUTY_COUNTS
from programmes.roles import TOWNSHIPS, VILLAGES
from services.attendance.register import authority
from services.attendance.register.days import month_bits, months_between
from services.attendance.register.refusals import (
    DAY_IN_FUTURE,
    DAY_OUTSIDE_POSTING,
    DUTY_NOT_RECORDED,
    DUTY_ORDER,
    DUTY_OVERLAPS,
)
from services.attendance.register.state import Register


class OfficialDutyRecorded(Event, title="公务外出登记"):
    """Duty elsewhere from ``first`` to ``last``, both included; ``counts`` where such a day is one on post."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    first: date
    last: date
    ordered_by: Line
    order: Line
    registrar: str
    counts: bool


class OfficialDutyCancelled(Event, title="公务外出撤销"):
    """The duty from ``first`` to ``last`` was recorded in error, or did not take place."""

    rule: ClassVar[str | None] = "attendance.register"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    first: date
    last: date
    registrar: str


class RecordOfficialDuty(Command, title="公务外出登记", roles=TOWNSHIPS | VILLAGES, concerns=("posting",)):
    """Record duty elsewhere; ``ordered_by`` is the organ, ``order`` its notice or the matter, without names."""

    posting: Key
    first: date
    last: date
    ordered_by: Line
    order: Line


class CancelOfficialDuty(Command, title="公务外出撤销", roles=TOWNSHIPS | VILLAGES, concerns=("posting",)):
    """Take back days recorded as official duty."""

    posting: Key
    first: date
    last: date


def record_duty(register: Register, command: RecordOfficialDuty) -> Sequence[OfficialDutyRecorded]:
    """OfficialDutyRecorded (AT-030).

    Raises:
        Rejected: as ``authority.registrar``; ``duty_order``, ``day_in_future``, ``day_outside_posting``;
            ``duty_overlaps`` where one of the days is presence, leave, duty or absence already.
    """
    context = command.context
    rules = in_force(context.rules, register.programme)
    authority.registrar(register, rules, context.actor)
    _must_be_a_span(command)
    if command.last > context.occurred_on:
        raise DAY_IN_FUTURE(day=command.last, today=context.occurred_on, field="last")
    if not (register.holds(command.first) and register.holds(command.last)):
        raise DAY_OUTSIDE_POSTING(
            day=command.first, since=register.opened_on, until=register.closed_on or "今", field="first"
        )
    for key in months_between(command.first, command.last):
        taken = register.days(key) | register.leave_bits(key) | register.duty_bits(key) | register.month(key).absent
        if taken & month_bits(key, command.first, command.last):
            raise DUTY_OVERLAPS(month=key)
    counts = rules.find(DUTY_COUNTS)
    return (
        OfficialDutyRecorded.carrying(
            command,
            target=register.target,
            registrar=context.actor.organ,
            counts=counts is not None and counts.value,
        ),
    )


def cancel_duty(register: Register, command: CancelOfficialDuty) -> Sequence[OfficialDutyCancelled]:
    """OfficialDutyCancelled.

    Raises:
        Rejected: as ``authority.registrar``; ``duty_order``; ``duty_not_recorded`` where one of the days is no duty.
    """
    context = command.context
    authority.registrar(register, in_force(context.rules, register.programme), context.actor)
    _must_be_a_span(command)
    for key in months_between(command.first, command.last):
        asked = month_bits(key, command.first, command.last)
        if register.month(key).duty & asked != asked:
            raise DUTY_NOT_RECORDED(month=key)
    return (OfficialDutyCancelled.carrying(command, target=register.target, registrar=context.actor.organ),)


def _must_be_a_span(command: RecordOfficialDuty | CancelOfficialDuty) -> None:
    if command.last < command.first:
        raise DUTY_ORDER(first=command.first)


def duty_recorded(register: Register, event: OfficialDutyRecorded) -> Register:
    """The state after OfficialDutyRecorded."""
    for key in months_between(event.first, event.last):
        month, bits = register.month(key), month_bits(key, event.first, event.last)
        counting = month.counting | (bits if event.counts else 0)
        register = register.with_month(key, replace(month, duty=month.duty | bits, counting=counting))
    return register


def duty_cancelled(register: Register, event: OfficialDutyCancelled) -> Register:
    """The state after OfficialDutyCancelled."""
    for key in months_between(event.first, event.last):
        month, kept = register.month(key), ~month_bits(key, event.first, event.last)
        register = register.with_month(key, replace(month, duty=month.duty & kept, counting=month.counting & kept))
    return register
