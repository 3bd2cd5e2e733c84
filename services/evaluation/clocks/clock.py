"""The recall clock of one posting: when it starts and stops, what it waits for, and when a trigger is raised.

Source: the Jinzhou measures 二.2. Due days are fixed when the clock starts, so a later profile never moves them.
Invariant: a clock runs for the posts the profile names only, an assumed rule starts none, and what happened
before the due day counts whenever it becomes known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from kernel.messages import Area, Event, Key, Order
from kernel.rules import Rules
from programmes.readers.recall import POSTS, TRIGGERS


@dataclass(frozen=True, slots=True)
class Due:
    """One trigger of a clock: what must have happened (``requires``) before the day ``on``, counted in ``months``."""

    trigger: str
    requires: str
    months: int
    on: date


class RecallClockStarted(Event, title="召回期限起算"):
    """A clock runs from ``occurred_on``, the day the cadre took up the post; ``due`` are its triggers in order."""

    rule: ClassVar[str | None] = TRIGGERS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    posting: Key
    person: Key
    target: Area
    kind: str
    role: str
    weak: bool
    due: tuple[Due, ...]


class RecallClockStopped(Event, title="召回期限停止"):
    """The posting has ended; ``cause`` is the event that ended it, ``case`` the recall case where it was one."""

    rule = "recall.triggers"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    cause: str
    case: Key | None


class RecallClockMoved(Event, title="召回期限区划变更"):
    """The place of the posting has another code; its due days stand."""

    rule = "recall.triggers"
    areas: ClassVar[tuple[str, ...]] = ("target", "before")

    posting: Key
    target: Area
    before: Area


class MoveClock(Order):
    """The place of the posting has another code (caused by personnel.PostingMoved)."""

    posting: Key
    target: Area


class StartClock(Order):
    """Start a clock (caused by personnel.CadreOnPost); ``due`` holds every trigger of the profile with its day."""

    programme: str
    posting: Key
    person: Key
    target: Area
    kind: str
    role: str
    weak: bool
    due: tuple[Due, ...]


class StopClock(Order):
    """Stop a clock (caused by the end of the posting)."""

    posting: Key
    cause: str
    case: Key | None


@dataclass(frozen=True, slots=True)
class Case:
    """What was done about one raised trigger."""

    trigger: str
    raised_on: date
    cleared: bool = False
    interviewed_on: date | None = None
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """The state of a clock. ``happened`` gives, for each thing required, the earliest day it happened."""

    programme: str
    posting: str
    person: str
    target: str
    started_on: date
    due: tuple[Due, ...]
    stopped_on: date | None = None
    recalled_by: str | None = None
    happened: Mapping[str, date] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)

    def requiring(self, what: str) -> Due | None:
        """The trigger that waits for ``what``."""
        return next((due for due in self.due if due.requires == what), None)

    def with_case(self, key: str, case: Case) -> Clock:
        """The clock with one case replaced."""
        return replace(self, cases={**self.cases, key: case})


def start_clock(clock: Clock | None, command: StartClock) -> Sequence[RecallClockStarted]:
    """RecallClockStarted, or nothing (EV-034): for another post, without printed triggers, where the clock runs."""
    rules = command.context.rules
    if clock is not None or rules is None or not sanctions(rules) or command.kind not in rules.value(POSTS):
        return ()
    only_weak = {row.trigger for row in rules.value(TRIGGERS) if row.only_weak}
    return (
        RecallClockStarted.carrying(
            command, due=tuple(due for due in command.due if command.weak or due.trigger not in only_weak)
        ),
    )


def sanctions(rules: Rules) -> bool:
    """True where the rules have triggers that were not merely assumed."""
    found = rules.find(TRIGGERS)
    return found is not None and not found.assumed


def stop_clock(clock: Clock | None, command: StopClock) -> Sequence[RecallClockStopped]:
    """RecallClockStopped, or nothing where no clock runs."""
    if clock is None or clock.stopped_on is not None:
        return ()
    return (RecallClockStopped.carrying(command, posting=clock.posting, target=clock.target),)


def move_clock(clock: Clock | None, command: MoveClock) -> Sequence[RecallClockMoved]:
    """The clock runs on under the new code, once (X-056)."""
    if clock is None or clock.target == command.target:
        return ()
    return (RecallClockMoved.carrying(command, before=clock.target),)


def moved(clock: Clock, event: RecallClockMoved) -> Clock:
    """The state after RecallClockMoved."""
    return replace(clock, target=event.target)


def started(before: Clock | None, event: RecallClockStarted) -> Clock:
    """The state after RecallClockStarted."""
    return Clock(event.programme, event.posting, event.person, event.target, event.occurred_on, event.due)


def stopped(clock: Clock, event: RecallClockStopped) -> Clock:
    """The state after RecallClockStopped."""
    return replace(clock, stopped_on=event.occurred_on, recalled_by=event.case)
