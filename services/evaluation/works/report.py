"""Reports: on progress each quarter, a written summary each half-year that goes to every recipient (EV-036).

Source: the Jinzhou measures 二.4. Invariant: a summary that has not reached all its recipients is incomplete, and says
whom it has not reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar

from kernel.grounds import rules_of
from kernel.messages import Command, Few, Key, Pattern, Text
from kernel.part import Part, each
from programmes.duty_groups import must_be_tagged
from programmes.quarters import Quarter
from programmes.readers import works
from services.evaluation.scopes import scope
from services.evaluation.works.refusals import SUMMARY_RECIPIENT_UNKNOWN
from services.evaluation.works.work import WRITERS, ForWork, OfWork, within

Half = Annotated[str, Pattern("[1-9][0-9]{3}-H[12]", accepted="半年，如 2018-H1")]


class ProgressReported(OfWork, title="季度工作报告"):
    """The report on a quarter; ``version`` above 1 corrects the one before."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = works.PROGRESS.path

    quarter: Quarter
    version: int
    text: Text
    tag: Key | None = None


class HalfYearSummaryFiled(OfWork, title="报送半年工作总结"):
    """The summary of a half-year went to ``recipients``; it is incomplete while some are ``missing``."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = works.RECIPIENTS.path

    half: Half
    version: int
    recipients: tuple[Key, ...]
    missing: tuple[Key, ...]
    text: Text
    tag: Key | None = None


class ReportProgress(Command, title="报送季度工作报告", roles=WRITERS, concerns=("posting",)):
    """Report on the work of a quarter."""

    posting: Key
    quarter: Quarter
    text: Text
    tag: Key | None = None


class FileHalfYearSummary(Command, title="报送半年工作总结", roles=WRITERS, concerns=("posting",)):
    """File the written summary of a half-year with those recipients, one or all."""

    posting: Key
    half: Half
    recipients: Few[Key]
    text: Text
    tag: Key | None = None


class ReportFor(ForWork):
    """``ReportProgress``, told whose it is."""

    quarter: Quarter
    text: Text
    tag: Key | None


class SummaryFor(ForWork):
    """``FileHalfYearSummary``, told whose it is."""

    half: Half
    recipients: Few[Key]
    text: Text
    tag: Key | None


@dataclass(frozen=True, slots=True)
class Reports:
    """The papers of one posting: the versions by period, and by half-year whom the summary has reached."""

    versions: Mapping[str, int] = field(default_factory=dict)
    reached: Mapping[str, frozenset[str]] = field(default_factory=dict)


def report(state: Reports, command: ReportFor) -> Sequence[ProgressReported]:
    """The report. Raises Rejected: ``work_off_post``, ``work_too_early``, ``duty_group_unknown``, ``rule_unknown``."""
    rules = rules_of(command)
    rules.value(works.PROGRESS)
    must_be_tagged(rules, command.tag, "tag")
    within(command, command.quarter, field="quarter", rule=works.PROGRESS.path)
    return (ProgressReported.carrying(command, version=state.versions.get(command.quarter, 0) + 1),)


def summarise(state: Reports, command: SummaryFor) -> Sequence[HalfYearSummaryFiled]:
    """The summary. Raises Rejected: ``summary_recipient_unknown``, and as ``report``."""
    rules = rules_of(command)
    rules.value(works.SUMMARY)
    wanted = rules.value(works.RECIPIENTS)
    must_be_tagged(rules, command.tag, "tag")
    given = frozenset(command.recipients)
    if not given or given - set(wanted):
        raise SUMMARY_RECIPIENT_UNKNOWN(recipients=wanted, wrong=sorted(given - set(wanted)) or "无")
    within(command, command.half, field="half", rule=works.SUMMARY.path)
    reached = state.reached.get(command.half, frozenset()) | given
    missing = tuple(one for one in wanted if one not in reached)
    version = state.versions.get(command.half, 0) + 1
    return (HalfYearSummaryFiled.carrying(command, version=version, missing=missing),)


def reported(state: Reports, event: ProgressReported) -> Reports:
    """The state after ProgressReported."""
    return replace(state, versions={**state.versions, event.quarter: event.version})


def summarised(state: Reports, event: HalfYearSummaryFiled) -> Reports:
    """The state after HalfYearSummaryFiled."""
    reached = state.reached.get(event.half, frozenset()) | set(event.recipients)
    versions = {**state.versions, event.half: event.version}
    return Reports(versions, {**state.reached, event.half: reached})


REPORTS: Part[Reports] = Part(
    "work-reports/{posting}",
    Reports(),
    decides=(report, summarise),
    evolve=each(reported, summarised),
    scope=scope,
)
"""The reports of one posting."""
