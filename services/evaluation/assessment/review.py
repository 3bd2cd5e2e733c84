"""The province's review of an assessment's report: before it nothing may be filed.

Source: notice of 13 May 2003, 二.
Invariant: the review names the very report by its digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.grounds import not_before
from kernel.messages import Area, Command, Event, Key, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.roles import PROVINCE
from services.evaluation.assessment.refusals import NOT_ASSESSED, REVIEWED_ALREADY
from services.evaluation.assessment.secondment import Secondment


class SecondmentReportReviewed(Event, title="挂职考核审定"):
    """The province has reviewed the report of that digest, with its opinion: now it may be filed."""

    rule: ClassVar[str | None] = "assessment.review"
    areas: ClassVar[tuple[str, ...]] = ("sending", "host")

    programme: str
    leg: Key
    pair: int
    level: str
    person: Key
    sending: Area
    host: Area
    report_sha256: str
    opinion: Text


class ReviewReport(Command, title="考察材料审查", roles=PROVINCE, concerns=("leg",)):
    """The province's review of the report of one leg."""

    leg: Key
    opinion: Text


def review(leg: Secondment, command: ReviewReport) -> Sequence[SecondmentReportReviewed]:
    """SecondmentReportReviewed.

    Raises:
        Rejected: ``secondment_unknown``, ``not_your_business``, ``not_assessed``, ``reviewed_already``,
            ``date_before_ground``.
    """
    context = command.context
    if context.actor.role != "province_org":
        raise NOT_YOUR_BUSINESS(act="考察材料审查", organ="省委组织部", field="leg", rule="swap.report.reviewer")
    if leg.report is None:
        raise NOT_ASSESSED()
    if leg.reviewed:
        raise REVIEWED_ALREADY()
    not_before(command, leg.assessed_on, "考核", "swap.report.reviewer")
    noted = leg.noted
    return (SecondmentReportReviewed.carrying(command, noted, leg=noted.leg, report_sha256=leg.report),)


def reviewed(leg: Secondment, event: SecondmentReportReviewed) -> Secondment:
    """The state after SecondmentReportReviewed."""
    return replace(leg, reviewed=True)
