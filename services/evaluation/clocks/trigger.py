"""Triggers: raised when a due day has come and what was required had not happened before it.

Source: the Jinzhou measures 二.2.
Invariant: a trigger is raised once; what happened in time clears it whenever it becomes known, and the raising
stays in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from kernel.messages import OWN, Area, Command, Event, Key, Order
from programmes.roles import CALENDAR, SYSTEM
from services.evaluation.clocks.clock import Case, Clock, Due
from services.evaluation.villages.village import DELISTED


class RecallTriggerRaised(Event, title="触发召回"):
    """The due day has come and what was required had not happened before it: a case is open."""

    rule: ClassVar[str | None] = "recall.raise"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    case: Key
    trigger: str
    posting: Key
    person: Key
    target: Area
    requires: str
    due: date


class RecallTriggerCleared(Event, title="召回解除"):
    """What was required had happened in time after all, on ``occurred_on``; the raising stays in the history."""

    rule: ClassVar[str | None] = "recall.raise"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    case: Key
    trigger: str
    posting: Key
    target: Area


class RaiseDueTriggers(Command, title="期限届满触发", roles=SYSTEM | CALENDAR, concerns=OWN):
    """Raise every trigger that is due on the day ``as_of``."""

    as_of: date


class RaiseDue(Order):
    """RaiseDueTriggers for one clock; ``delisted_on`` is the village's day, None where it is still on the list."""

    as_of: date
    delisted_on: date | None


class ClearTrigger(Order):
    """Look again at the trigger that waited for ``what``, which happened on ``occurred_on``."""

    what: str


def raise_due(clock: Clock | None, command: RaiseDue) -> Sequence[RecallTriggerRaised]:
    """RecallTriggerRaised for every trigger that is due, was not met before its day and has not been raised."""
    if clock is None or clock.stopped_on is not None:
        return ()
    happened = dict(clock.happened)
    if command.delisted_on is not None:
        happened[DELISTED] = command.delisted_on
    return [
        RecallTriggerRaised(
            occurred_on=command.as_of,
            case=case_key(clock.posting, due.trigger),
            trigger=due.trigger,
            posting=clock.posting,
            person=clock.person,
            target=clock.target,
            requires=due.requires,
            due=due.on,
        )
        for due in clock.due
        if due.on <= command.as_of
        and not in_time(happened.get(due.requires), due)
        and case_key(clock.posting, due.trigger) not in clock.cases
    ]


def clear_trigger(clock: Clock | None, command: ClearTrigger) -> Sequence[RecallTriggerCleared]:
    """RecallTriggerCleared where that was in time for a case still open."""
    return () if clock is None else cleared_by(clock, command.what, command.context.occurred_on)


def cleared_by(clock: Clock, what: str, happened_on: date) -> Sequence[RecallTriggerCleared]:
    """RecallTriggerCleared where ``what``, which happened on ``happened_on``, was in time for a case still open."""
    due = clock.requiring(what)
    key = case_key(clock.posting, due.trigger) if due else ""
    case = clock.cases.get(key)
    if due is None or case is None or case.cleared or clock.stopped_on is not None or not in_time(happened_on, due):
        return ()
    return (
        RecallTriggerCleared(
            occurred_on=happened_on,
            case=key,
            trigger=due.trigger,
            posting=clock.posting,
            target=clock.target,
        ),
    )


def in_time(happened_on: date | None, due: Due) -> bool:
    """True where it happened before the due day (EV-033); on the day itself the trigger already fires."""
    return happened_on is not None and happened_on < due.on


def case_key(posting: str, trigger: str) -> str:
    """The number of a case: posting and trigger."""
    return f"{posting}.{trigger}"


def raised(clock: Clock, event: RecallTriggerRaised) -> Clock:
    """The state after RecallTriggerRaised."""
    return clock.with_case(event.case, Case(event.trigger, event.occurred_on))


def cleared(clock: Clock, event: RecallTriggerCleared) -> Clock:
    """The state after RecallTriggerCleared."""
    return clock.with_case(event.case, replace(clock.cases[event.case], cleared=True))
