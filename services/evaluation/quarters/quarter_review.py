"""A county's review of the quarter: at least one meeting, which hears progress, problems and what comes next (EV-037).

Source: the Jinzhou measures 二.4. Invariant: every meeting is an event of its own; none says less than the notice asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from kernel.grounds import must_cover, rules_of
from kernel.messages import Area, Command, Event, Few, Key, Line
from kernel.part import Part
from programmes.quarters import Quarter, quarter_span
from programmes.readers.care import REVIEW_MEETINGS, REVIEW_TOPICS
from programmes.refusals import NOT_A_COUNTY
from programmes.roles import COUNTIES
from services.evaluation.quarters.refusals import REVIEW_OUTSIDE_QUARTER, REVIEW_TOPICS_MISSING
from services.evaluation.scopes import scope

COUNTY_DIGITS = 6
Meetings = Mapping[str, int]
"""By quarter the number of meetings held."""


class QuarterReviewHeld(Event, title="季度调度"):
    """A county held its ``number``-th meeting of the quarter; ``required`` are asked for at least."""

    rule: ClassVar[str | None] = REVIEW_MEETINGS.path
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area
    quarter: Quarter
    number: int
    required: int
    heard: tuple[Key, ...]
    minutes: Line


class HoldQuarterReview(Command, title="召开季度调度会", roles=COUNTIES, concerns=("county",)):
    """Record a meeting on the quarter, what it heard, and its minutes."""

    programme: Key
    county: Area
    quarter: Quarter
    heard: Few[Key]
    minutes: Line


def hold(meetings: Meetings, command: HoldQuarterReview) -> Sequence[QuarterReviewHeld]:
    """The meeting (EV-037).

    Raises:
        Rejected: ``rule_unknown`` where the notice asks for none; ``not_a_county``, ``foreign_area``,
            ``review_outside_quarter``, ``review_topics_missing``.
    """
    rules, context = rules_of(command), command.context
    required, topics = rules.value(REVIEW_MEETINGS), rules.value(REVIEW_TOPICS)
    if len(command.county) != COUNTY_DIGITS:
        raise NOT_A_COUNTY(county=command.county)
    must_cover(context.actor, command.county, field="county", rule=REVIEW_MEETINGS.path)
    first, _ = quarter_span(command.quarter)
    if context.occurred_on < first:
        raise REVIEW_OUTSIDE_QUARTER(quarter=command.quarter, first=first)
    if set(command.heard) != set(topics):
        raise REVIEW_TOPICS_MISSING(topics=topics, given=command.heard or "无")
    return (QuarterReviewHeld.carrying(command, number=meetings.get(command.quarter, 0) + 1, required=required),)


def held(meetings: Meetings, event: Event) -> Meetings:
    """The state after QuarterReviewHeld."""
    return {**meetings, event.quarter: event.number} if isinstance(event, QuarterReviewHeld) else meetings


QUARTERS: Part[Meetings] = Part("quarters/{programme}.{county}", {}, decides=(hold,), evolve=held, scope=scope)
"""The meetings of one county."""
