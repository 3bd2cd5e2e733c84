"""The calendar of a batch: whether its last day has passed with places still open.

Invariant: the day comes with the command, the last day from the rules; dates of planning are never held against the
date of the notice, which is later than its own opening days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Order
from programmes.readers.quota import DEADLINE
from programmes.roles import CALENDAR, PROVINCE, SYSTEM


class CheckBatch(Command, title="核对批次进度", roles=PROVINCE | SYSTEM | CALENDAR, concerns=("programme",)):
    """Look on ``as_of`` whether the batch is complete."""

    programme: Key
    as_of: date


class CheckOpenPlaces(Order):
    """``CheckBatch`` with the targets whose placement is not confirmed."""

    asked: CheckBatch
    open_places: int


class BatchOverdue(Event, title="批次逾期"):
    """The last day, ``due``, has passed with so many places not confirmed."""

    rule = DEADLINE.path

    programme: str
    due: date
    open_places: int


def check(overdue: bool, command: CheckOpenPlaces) -> Sequence[BatchOverdue]:
    """The last day itself is in time; an overdue batch is told once. Source: 辽组通字〔2018〕23号 一 (AL-020)."""
    due = rules_of(command).value(DEADLINE)
    if overdue or command.asked.as_of <= due or not command.open_places:
        return []
    return [
        BatchOverdue(
            occurred_on=command.context.occurred_on,
            programme=command.asked.programme,
            due=due,
            open_places=command.open_places,
        )
    ]
