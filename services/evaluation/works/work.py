"""Whose work it is: what every event of this room says, and what is asked of every paper of a cadre on post.

Source: the Jinzhou measures 二. Invariant: a paper is of a period in which the cadre was on post. It is filed by the
cadre, who reaches no other posting, or by the township that has the cadre.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from kernel.messages import Area, Event, Key, Order
from programmes.quarters import first_of
from programmes.roles import CADRES, TOWNSHIPS
from services.evaluation.works.refusals import WORK_OFF_POST, WORK_TOO_EARLY

WRITERS: Final = CADRES | TOWNSHIPS


class OfWork(Event, base=True):
    """What every event says: the posting, its person and its place."""

    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area


class ForWork(Order):
    """A command of the door, told whose posting it is and how long it ran."""

    programme: Key
    posting: Key
    person: Key
    target: Area
    opened_on: date
    closed_on: date | None


def within(command: ForWork, period: str, *, field: str, rule: str, ahead: bool = False) -> None:
    """Check that the posting runs in ``period``, and that it has begun by the day of the fact unless it lies ahead.

    Raises:
        Rejected: ``work_off_post``, ``work_too_early``.
    """
    first, after = first_of(period), _after(period)
    if command.opened_on >= after or (command.closed_on is not None and command.closed_on < first):
        until = command.closed_on or "今"
        raise WORK_OFF_POST(period=period, since=command.opened_on, until=until, field=field, rule=rule)
    on_post(command, field=field, rule=rule)
    if not ahead and command.context.occurred_on < first:
        raise WORK_TOO_EARLY(period=period, first=first, field=field, rule=rule)


def serving(command: ForWork, *, field: str, rule: str) -> None:
    """Check that the cadre was on post on the day of the fact. Raises Rejected: ``work_off_post``."""
    on, until = command.context.occurred_on, command.closed_on
    if on < command.opened_on or (until is not None and on > until):
        raise WORK_OFF_POST(period=on, since=command.opened_on, until=until or "今", field=field, rule=rule)


def on_post(command: ForWork, *, field: str, rule: str) -> None:
    """Check that the cadre was on post by the day of the fact. Raises Rejected: ``work_too_early``."""
    if command.context.occurred_on < command.opened_on:
        raise WORK_TOO_EARLY(period="任职", first=command.opened_on, field=field, rule=rule)


def _after(period: str) -> date:
    year, _, part = period.partition("-")
    following = {"Q1": f"{year}-Q2", "Q2": f"{year}-Q3", "Q3": f"{year}-Q4", "H1": f"{year}-H2"}.get(part)
    return first_of(following or f"{int(year) + 1:04}")
