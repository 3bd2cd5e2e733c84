"""What a first secretary must show: a development idea, then a channel of income, each accepted by the county.

Source: the Jinzhou measures 二.2 (who accepts is not printed: a setting of the profile).
Invariant: the first acceptance before the due day meets the obligation; later ones are kept and change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.messages import Actor, Area, Command, Event, Key, Line
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.roles import COUNTIES
from services.evaluation.clocks.clock import Clock
from services.evaluation.clocks.refusals import OBLIGATION_UNKNOWN, OUTSIDE_POSTING
from services.evaluation.clocks.trigger import RecallTriggerCleared, cleared_by, in_time

IDEA, CHANNEL = "development_idea", "income_channel"


class DevelopmentIdeaAccepted(Event, title="发展思路认定"):
    """The county accepted an idea on ``occurred_on``; ``in_time`` where that is before the trigger's due day."""

    rule: ClassVar[str | None] = "recall.triggers"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    title: Line
    in_time: bool


class IncomeChannelAccepted(Event, title="增收渠道认定"):
    """The county accepted a channel of income; ``in_time`` as for an idea."""

    rule: ClassVar[str | None] = "recall.triggers"
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    title: Line
    in_time: bool


class AcceptIdea(Command, title="发展思路认定", roles=COUNTIES, concerns=("posting",)):
    """Accept the development idea of a first secretary."""

    posting: Key
    title: Line


class AcceptIncomeChannel(Command, title="增收渠道认定", roles=COUNTIES, concerns=("posting",)):
    """Accept the channel of income of a first secretary."""

    posting: Key
    title: Line


def accept(
    clock: Clock, command: AcceptIdea | AcceptIncomeChannel
) -> Sequence[DevelopmentIdeaAccepted | IncomeChannelAccepted | RecallTriggerCleared]:
    """The acceptance, and RecallTriggerCleared where it comes to be known after the trigger but happened before.

    Raises:
        Rejected: ``clock_unknown``, ``not_your_business``, ``obligation_unknown``, ``outside_posting``.
    """
    context = command.context
    what = IDEA if isinstance(command, AcceptIdea) else CHANNEL
    by_the_county(clock, context.actor, rule="recall.idea_accepted_by")
    due = clock.requiring(what)
    if due is None:
        raise OBLIGATION_UNKNOWN(required=sorted({due.requires for due in clock.due}) or "无")
    day = context.occurred_on
    if day < clock.started_on or (clock.stopped_on is not None and day > clock.stopped_on):
        raise OUTSIDE_POSTING(started_on=clock.started_on, stopped_on=clock.stopped_on or "今")
    kind = DevelopmentIdeaAccepted if isinstance(command, AcceptIdea) else IncomeChannelAccepted
    event = kind(
        occurred_on=day,
        posting=clock.posting,
        target=clock.target,
        title=command.title,
        in_time=in_time(day, due),
    )
    return (event, *cleared_by(clock, what, day))


def by_the_county(clock: Clock, actor: Actor, *, rule: str) -> None:
    """Check that ``actor`` is the organisation department of the village's county.

    Raises:
        Rejected: ``not_your_business``.
    """
    if actor.role != "county_org" or not actor.covers(clock.target):
        raise NOT_YOUR_BUSINESS(
            act="召回期限的认定和处理", organ=f"县委组织部（{clock.target[:6]}）", field="posting", rule=rule
        )


def accepted(clock: Clock, event: DevelopmentIdeaAccepted | IncomeChannelAccepted) -> Clock:
    """The state after something required happened: the earliest day counts."""
    what, day = IDEA if isinstance(event, DevelopmentIdeaAccepted) else CHANNEL, event.occurred_on
    earliest = min(day, clock.happened.get(what, day))
    return replace(clock, happened={**clock.happened, what: earliest})
