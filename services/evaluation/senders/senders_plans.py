"""Whose hearing or visit it is, and whether the unit sends anybody at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from kernel.service import Room, Step
from services.evaluation.grades.grades_plans import posted
from services.evaluation.senders import hearing, meeting
from services.evaluation.works.works_plans import told

_SENT: Final = """
select count(*) as sent from senders s join appraisees a using (posting)
 where a.programme = %s and s.unit = %s and s.since <= %s and (a.closed_on is null or s.since <= a.closed_on)
"""


def hear(command: hearing.RecordUnitHearing, room: Room) -> Iterable[Step]:
    """A hearing."""
    unit = posted(command.posting, room).sender(command.context.occurred_on)
    yield Step(f"sender-care/{command.posting}", told(hearing.HearingFor, command, room, unit=unit))


def visit(command: hearing.RecordUnitVisit, room: Room) -> Iterable[Step]:
    """A visit."""
    unit = posted(command.posting, room).sender(command.context.occurred_on)
    yield Step(f"sender-care/{command.posting}", told(hearing.VisitFor, command, room, unit=unit))


def meet(command: meeting.RecordUnitMeeting, room: Room) -> Iterable[Step]:
    """A meeting."""
    about: dict[str, Any] = {"programme": command.programme, "unit": command.unit, "sent": _sent(command, room)}
    about |= {"minutes": command.minutes, "content": command.content}
    yield Step(_stream(command), meeting.MeetFor(context=command.context, **about))


def raise_problem(command: meeting.RaiseUnitProblem, room: Room) -> Iterable[Step]:
    """A problem."""
    about: dict[str, Any] = {"programme": command.programme, "unit": command.unit, "sent": _sent(command, room)}
    yield Step(_stream(command), meeting.RaiseFor(context=command.context, **about, text=command.text))


def _stream(command: meeting.RecordUnitMeeting | meeting.RaiseUnitProblem) -> str:
    return f"sender/{command.programme}.{command.unit}"


def _sent(command: meeting.RecordUnitMeeting | meeting.RaiseUnitProblem, room: Room) -> int:
    found = room.find(_SENT, command.programme, command.unit, command.context.occurred_on)
    return int(found[0]["sent"]) if found else 0
