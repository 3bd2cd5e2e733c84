"""The plan of a village, and the measures for each group of its poor households; progress is told beside (EV-009).

Source: 晋组通字〔2015〕41号 四.2, 「因村施策、因户施法,制定个性化帮扶方案」. No day is printed: a
setting. Invariant: a plan filed again is its next version, by whichever first secretary of the village; of households
only the number is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Text
from kernel.part import Part
from programmes.duty_groups import must_be_tagged
from programmes.readers import reports
from services.evaluation.assistance.refusals import ASSISTANCE_PLAN_MISSING, GROUP_HOUSEHOLDS
from services.evaluation.scopes import scope
from services.evaluation.works.work import WRITERS, ForWork, OfWork, serving

_RULE = reports.PLAN_DAYS.path
Plans = Mapping[str, int]
"""By group, "" for the village itself, the number of versions."""


class AssistancePlanFiled(OfWork, title="报送帮扶方案"):
    """The village's plan, or the measures for a ``group`` of so many ``households``; ``tag`` is its duty."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = _RULE

    group: Key | None
    households: int | None
    version: int
    content: Text
    tag: Key | None = None


class AssistanceProgressLogged(OfWork, title="登记帮扶进展"):
    """How far the plan of the village, or of a ``group``, has come."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = _RULE

    group: Key | None
    text: Text
    tag: Key | None = None


class FileAssistancePlan(Command, title="报送帮扶方案", roles=WRITERS, concerns=("posting",)):
    """File the plan of the cadre's village, or that for a group of its poor households."""

    posting: Key
    group: Key | None = None
    households: int | None = None
    content: Text
    tag: Key | None = None


class LogAssistanceProgress(Command, title="登记帮扶进展", roles=WRITERS, concerns=("posting",)):
    """Tell the progress of a plan that was filed."""

    posting: Key
    group: Key | None = None
    text: Text
    tag: Key | None = None


class AssistanceFor(ForWork):
    """``FileAssistancePlan``, told whose it is."""

    group: Key | None
    households: int | None
    content: Text
    tag: Key | None


class ProgressFor(ForWork):
    """``LogAssistanceProgress``, told whose it is."""

    group: Key | None
    text: Text
    tag: Key | None


def file(plans: Plans, command: AssistanceFor) -> Sequence[AssistancePlanFiled]:
    """The plan (EV-009), under a duty of the notice (PE-042).

    Raises:
        Rejected: ``group_households``, ``work_off_post``, ``duty_group_unknown``, ``rule_unknown``.
    """
    rules = rules_of(command)
    rules.value(reports.PLAN_DAYS)
    must_be_tagged(rules, command.tag, "tag")
    serving(command, field="posting", rule=_RULE)
    told, grouped = command.households, command.group is not None
    if grouped != (told is not None) or (told is not None and told < 1):
        raise GROUP_HOUSEHOLDS(given="未填" if told is None else told)
    return (AssistancePlanFiled.carrying(command, version=plans.get(command.group or "", 0) + 1),)


def log(plans: Plans, command: ProgressFor) -> Sequence[AssistanceProgressLogged]:
    """The progress (EV-009), under a duty of the notice (PE-042).

    Raises:
        Rejected: ``assistance_plan_missing``, ``work_off_post``, ``duty_group_unknown``, ``rule_unknown``.
    """
    rules = rules_of(command)
    rules.value(reports.PLAN_DAYS)
    must_be_tagged(rules, command.tag, "tag")
    serving(command, field="posting", rule=_RULE)
    if (command.group or "") not in plans:
        plan = f"分组“{command.group}”的帮扶方案" if command.group else "村帮扶方案"
        raise ASSISTANCE_PLAN_MISSING(plan=plan)
    return (AssistanceProgressLogged.carrying(command),)


def filed(plans: Plans, event: Event) -> Plans:
    """The state after AssistancePlanFiled."""
    return {**plans, event.group or "": event.version} if isinstance(event, AssistancePlanFiled) else plans


ASSISTANCE: Part[Plans] = Part("assistance/{programme}.{target}", {}, decides=(file, log), evolve=filed, scope=scope)
"""The plans of one village."""
