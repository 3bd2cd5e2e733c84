"""The copy of the annual calendar notices that a service keeps in its own log, as ``kernel.profiles`` keeps profiles.

A decision that counts working days takes the calendar from ``room.load(CALENDAR.stream)`` of its own service.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from kernel.messages import Context, Event, Order
from kernel.part import Part, each
from kernel.service import Reaction, Received, Room, Step
from programmes.working_days import WorkingDays, YearNotice


class CalendarNoticeNoted(Event, title="放假安排抄录"):
    """The days off and the days worked for them that the notice of a year orders, as they came in."""

    year: int
    notice: str
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]


class NoteCalendarNotice(Order):
    """Write a year's notice down (caused by allocation.CalendarNoticeRegistered)."""

    year: int
    notice: str
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]


def _note(calendar: WorkingDays, command: NoteCalendarNotice) -> Sequence[CalendarNoticeNoted]:
    return (CalendarNoticeNoted.carrying(command),)


def _noted(calendar: WorkingDays, event: CalendarNoticeNoted) -> WorkingDays:
    holidays, workdays = frozenset(event.holidays), frozenset(event.workdays)
    return calendar.with_notice(YearNotice(event.year, event.notice, holidays, workdays))


CALENDAR = Part("calendar/working-days", WorkingDays(), decides=(_note,), evolve=each(_noted))
"""The working days as this service noted them."""


def note_calendar(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The reaction to a registered notice."""
    days: dict[str, Any] = {
        name: tuple(map(date.fromisoformat, said)) for name, said in received.fields("holidays", "workdays").items()
    }
    yield Step(CALENDAR.stream, NoteCalendarNotice(context=context, **received.fields("year", "notice"), **days))


REACTION: Final[dict[str, Reaction]] = {"allocation.CalendarNoticeRegistered": note_calendar}
