"""Secondments as far as their assessment goes: who sent whom where, and when the assessment falls due.

Source: 辽组通字〔2002〕13号 三, notice of 13 May 2003, 二.
Invariant: one assessment a leg, due at the end of the term; a substitute serves the rest of the seat's term,
and the leg it replaces is no longer due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from services.evaluation.assessment.refusals import LEG_REPLACED


class SecondmentNoted(Event, title="挂职抄录"):
    """A person reported for duty on ``occurred_on``; the assessment is due on ``due``, the end of the term.

    ``replaces`` is the leg whose seat this substitute takes; it then serves the rest of that term.
    """

    rule = "report.duty"
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    leg: Key
    pair: int
    level: str
    person: Key
    sending: Area
    host: Area
    replaces: Key | None
    due: date


class NoteSecondment(Order):
    """Write a secondment down (caused by personnel.SecondmentReported)."""

    programme: str
    leg: Key
    pair: int
    level: str
    person: Key
    sending: Area
    host: Area
    replaces: Key | None
    due: date


@dataclass(frozen=True, slots=True)
class Secondment:
    """The state of one leg. ``report`` is the digest of the report of the assessment made on ``assessed_on``;
    ``statements`` when each organ of the receiving side gave its own."""

    noted: SecondmentNoted
    report: str | None = None
    assessed_on: date | None = None
    reviewed: bool = False
    statements: Mapping[str, date] = field(default_factory=dict)


def note_secondment(found: Secondment | None, command: NoteSecondment) -> Sequence[SecondmentNoted]:
    """SecondmentNoted, once."""
    if found is not None:
        return ()
    return (SecondmentNoted.carrying(command),)


def noted(before: Secondment | None, event: SecondmentNoted) -> Secondment:
    """The state after SecondmentNoted."""
    return Secondment(event)


def not_replaced(successor: Secondment | None) -> None:
    """Check that no substitute has taken the leg's seat.

    Raises:
        Rejected: ``leg_replaced``.
    """
    if successor is not None:
        raise LEG_REPLACED(leg=successor.noted.leg)


def next_leg(leg: str, step: int = 1) -> str:
    """The leg that follows on the same seat (or, with -1, the one before): its last number counts the occupants."""
    seat, _, number = leg.rpartition(".")
    return f"{seat}.{int(number) + step}"
