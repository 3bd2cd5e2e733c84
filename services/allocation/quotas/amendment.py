"""Amendments: the totals and groups of a batch become others by a new notice; nothing that stood before is edited.

Invariant: an amended plan is the one printed now, names its notice, its reason and the event it amends, and closes only
when everything below it balances again: tiers, channels, units, the cities' own plans, the targets opened (AL-049).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line, Order, Text
from programmes.readers.quota import BATCH
from programmes.roles import PROVINCE
from services.allocation.quotas.refusals import (
    AMENDMENT_CLOSED,
    AMENDMENT_OPEN_FIGURES,
    PLAN_UNCHANGED,
    PLAN_UNPUBLISHED,
)
from services.allocation.quotas.scope import Footing, Group, footing, must_be_printed


class AmendBatchPlan(Command, title="调整批次计划", roles=PROVINCE, concerns=("programme",)):
    """Amend the totals and groups of a published plan to those printed now, by ``notice`` and for ``reason``."""

    programme: Key
    notice: Line
    reason: Text
    groups: tuple[Group, ...]
    total: int
    townships: int
    villages: int


class AmendPlan(Order):
    """``AmendBatchPlan`` with the id of the event that published the plan, or amended it last."""

    asked: AmendBatchPlan
    amends: str


class CloseAmendment(Command, title="办结计划调整", roles=PROVINCE, concerns=("programme",)):
    """Close the amendment of a plan whose figures balance again."""

    programme: Key


class CloseAmended(Order):
    """``CloseAmendment`` with the equalities that hold outside the batch itself, in the order they are looked at."""

    asked: CloseAmendment
    beside: tuple[Footing, ...]


class BatchPlanAmended(Event, title="批次计划调整"):
    """The plan has other totals and groups, by ``notice``; ``amends`` is the id of the event that stood before."""

    rule = BATCH.path

    programme: str
    number: int
    notice: str
    reason: str
    amends: str
    total: int
    townships: int
    villages: int
    groups: tuple[Group, ...]
    footing: tuple[Footing, ...]


class BatchAmendmentClosed(Event, title="计划调整办结"):
    """Everything below the amended plan balances; ``footing`` has a line for every equality."""

    rule = BATCH.path

    programme: str
    number: int
    footing: tuple[Footing, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the plan of a batch stands: published, with how many amendments, the last of them open or not."""

    published: bool = False
    amendments: int = 0
    amending: bool = False


UNPUBLISHED = Standing()


def amend(
    groups: Sequence[Group], totals: tuple[int, int, int], standing: Standing, command: AmendPlan
) -> Sequence[BatchPlanAmended]:
    """Amend a published plan to what is printed now. ``totals`` are those that stand: all, townships, villages.

    Raises:
        Rejected: ``plan_unpublished``, ``plan_unchanged``, and as ``DefineGroups`` and
            ``PublishBatchPlan`` for figures that are not those printed or do not add up.
    """
    asked, rules = command.asked, rules_of(command)
    if not standing.published:
        raise PLAN_UNPUBLISHED()
    must_be_printed(asked.groups, rules)
    lines = footing(asked.groups, asked, rules)
    if totals == (asked.total, asked.townships, asked.villages) and tuple(groups) == asked.groups:
        raise PLAN_UNCHANGED()
    return [
        BatchPlanAmended.carrying(
            asked,
            occurred_on=command.context.occurred_on,
            number=standing.amendments + 1,
            amends=command.amends,
            footing=lines,
        )
    ]


def close(standing: Standing, own: Sequence[Footing], command: CloseAmended) -> Sequence[BatchAmendmentClosed]:
    """Close the open amendment; ``own`` are the equalities of the batch. Rejected with every one that does not hold."""
    if not standing.amending:
        raise AMENDMENT_CLOSED()
    lines = (*own, *command.beside)
    wrong = [one for one in lines if one.difference]
    if wrong:
        first = wrong[0]
        raise AMENDMENT_OPEN_FIGURES(
            figure=first.figure,
            left=first.left,
            right=first.right,
            difference=abs(first.difference),
            count=len(wrong),
            details=[
                {"field": one.figure, "code": "difference", "sentence": f"{one.left} / {one.right}", "accepted": "0"}
                for one in wrong
            ],
        )
    return [
        BatchAmendmentClosed.carrying(
            command.asked, occurred_on=command.context.occurred_on, number=standing.amendments, footing=lines
        )
    ]
