"""When a cadre was appointed: days registered before that day are flagged, and nothing is refused for them (PE-032).

Source: 晋组通字〔2015〕41号 三.5, which asks for formalities without delay and prints no span. Invariant: the first
appointment of a posting stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from kernel.part import Part
from services.attendance.register.state import scope


class AppointmentNoted(Event, title="任职手续抄录"):
    """The host appointed the cadre of the posting on ``occurred_on``: from that day the register is good."""

    rule: ClassVar[str | None] = "appointment.record"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area


class NoteAppointment(Order):
    """Note it (caused by personnel.PostAppointmentRecorded)."""

    posting: Key
    target: Area


def note(appointed: date | None, command: NoteAppointment) -> Sequence[AppointmentNoted]:
    """The appointment, once."""
    return () if appointed is not None else (AppointmentNoted.carrying(command),)


def evolve(appointed: date | None, event: Event) -> date | None:
    """The day of the appointment once it is noted."""
    return event.occurred_on if isinstance(event, AppointmentNoted) else appointed


APPOINTMENT: Part[date | None] = Part("appointment/{posting}", None, decides=(note,), evolve=evolve, scope=scope)
"""The appointment to one posting, as it was noted here."""
