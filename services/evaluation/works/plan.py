"""Plans: one for three years, one for each year, each with the parts that the notice names (EV-030).

Source: the Jinzhou measures 二.1. Invariant: no plan lacks a part; a second of the same is its next version, both
stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Pattern, Text
from kernel.part import Part
from programmes.duty_groups import must_be_tagged
from programmes.readers import works
from services.evaluation.scopes import scope
from services.evaluation.works.refusals import PLAN_PARTS_MISSING, PLAN_YEAR
from services.evaluation.works.work import WRITERS, ForWork, OfWork, on_post, within

Span = Literal["three_year", "yearly"]
PlanYear = Annotated[str, Pattern("[1-9][0-9]{3}", accepted="年份，如 2018")]
Plans = Mapping[str, int]
"""By year, "" for the three years, the number of versions."""


class PlanFiled(OfWork, title="报送工作规划、计划"):
    """The plan of three years, or of ``year``; ``version`` above 1 replaces the one before; ``tag`` is the duty it
    stands under, where the notice names duties."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = works.PLAN_PARTS.path

    kind: Span
    year: PlanYear | None
    version: int
    content: Mapping[Key, Text]
    tag: Key | None = None


class FilePlan(Command, title="报送工作规划、计划", roles=WRITERS, concerns=("posting",)):
    """File a plan; ``content`` says something of each part that the notice names, ``year`` which year a yearly one is
    of."""

    posting: Key
    kind: Span
    year: PlanYear | None = None
    content: Mapping[Key, Text]
    tag: Key | None = None


class PlanFor(ForWork):
    """``FilePlan``, told whose it is."""

    kind: Span
    year: PlanYear | None
    content: Mapping[Key, Text]
    tag: Key | None


def file(plans: Plans, command: PlanFor) -> Sequence[PlanFiled]:
    """The plan (EV-030).

    Raises:
        Rejected: ``plan_parts_missing``, ``plan_year``, ``work_off_post``, ``work_too_early``,
            ``duty_group_unknown``, ``rule_unknown``.
    """
    rules, asked = rules_of(command), works.THREE_YEAR if command.kind == "three_year" else works.YEARLY
    rules.value(asked)
    parts = rules.value(works.PLAN_PARTS)
    must_be_tagged(rules, command.tag, "tag")
    if (command.kind == "yearly") != (command.year is not None):
        raise PLAN_YEAR()
    if wrong := set(parts) ^ set(command.content):
        raise PLAN_PARTS_MISSING(parts=parts, wrong=sorted(wrong))
    if command.year is None:
        on_post(command, field="posting", rule=asked.path)
    else:
        within(command, command.year, field="year", rule=asked.path, ahead=True)
    return (PlanFiled.carrying(command, version=plans.get(command.year or "", 0) + 1),)


def filed(plans: Plans, event: Event) -> Plans:
    """The state after PlanFiled."""
    return {**plans, event.year or "": event.version} if isinstance(event, PlanFiled) else plans


PLANNED: Part[Plans] = Part("work-plans/{posting}", {}, decides=(file,), evolve=filed, scope=scope)
"""The plans of one posting."""
