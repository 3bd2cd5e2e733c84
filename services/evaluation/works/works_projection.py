"""Read models of a cadre's work: plans, reports, summaries, projects and their objections, revenue of a park."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.works import project
from services.evaluation.works.media import MediaItemRecorded
from services.evaluation.works.plan import PlanFiled
from services.evaluation.works.report import HalfYearSummaryFiled, ProgressReported

_WHOSE = {"programme": "text", "person": "text", "target": "text"}
_UNDER = (("target",),)
PLANS = Table(
    "work_plans",
    {"posting": "text", "year": "text", "version": "int"},
    {**_WHOSE, "kind": "text", "content": "json", "filed_on": "date"},
    _UNDER,
)
"""``year`` is empty for the plan of three years."""
REPORTS = Table(
    "progress_reports",
    {"posting": "text", "quarter": "text", "version": "int"},
    {**_WHOSE, "text": "text", "reported_on": "date"},
    _UNDER,
)
SUMMARIES = Table(
    "half_year_summaries",
    {"posting": "text", "half": "text", "version": "int"},
    {**_WHOSE, "recipients": "json", "missing": "json", "complete": "bool", "text": "text", "filed_on": "date"},
    _UNDER,
)
PROJECTS = Table(
    "work_projects",
    {"project": "text"},
    {
        **_WHOSE,
        "posting": "text",
        "year": "text",
        "title": "text",
        "content": "text",
        "park": "bool",
        "board": "text",
        "place": "text",
        "first": "date",
        "last": "date",
        "sha256": "text",
        "objections": "int",
        "registered_on": "date",
        "publicised_on": "date",
        "closed_on": "date",
    },
    _UNDER,
)
"""A project counts from ``closed_on`` on."""
OBJECTIONS = Table(
    "project_objections",
    {"project": "text", "number": "int"},
    {**_WHOSE, "posting": "text", "text": "text", "received_on": "date", "answer": "text", "answered_on": "date"},
    _UNDER,
)
REVENUES = Table(
    "revenue_shares",
    {"project": "text", "document": "text"},
    {
        **_WHOSE,
        "posting": "text",
        "fen": "int",
        "village_fen": "int",
        "park_fen": "int",
        "assumed": "bool",
        "shared_on": "date",
    },
    _UNDER,
)
MEDIA = Table(
    "media_items",
    {"item": "text"},
    {**_WHOSE, "posting": "text", "medium": "text", "title": "text", "told_on": "date"},
    _UNDER,
)
TABLES = (PLANS, REPORTS, SUMMARIES, PROJECTS, OBJECTIONS, REVENUES, MEDIA)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case PlanFiled():
            yield PLANS.of(event, year=event.year or "", content=dict(event.content), filed_on=event.occurred_on)
        case ProgressReported():
            yield REPORTS.of(event, reported_on=event.occurred_on)
        case HalfYearSummaryFiled():
            lists = {"recipients": list(event.recipients), "missing": list(event.missing)}
            yield SUMMARIES.of(event, **lists, complete=not event.missing, filed_on=event.occurred_on)
        case project.ProjectRegistered():
            yield PROJECTS.of(event, objections=0, registered_on=event.occurred_on)
        case project.ProjectPublicised():
            yield PROJECTS.of(event, publicised_on=event.occurred_on)
        case project.ProjectObjectionReceived():
            yield OBJECTIONS.of(event, received_on=event.occurred_on, answer="", answered_on=None)
            yield PROJECTS.put(event.project, objections=event.number)
        case project.ProjectObjectionAnswered():
            yield OBJECTIONS.put(event.project, event.number, answer=event.text, answered_on=event.occurred_on)
        case project.ProjectPublicityClosed():
            yield PROJECTS.put(event.project, closed_on=event.occurred_on)
        case project.RevenueShared():
            yield REVENUES.of(event, shared_on=event.occurred_on)
        case MediaItemRecorded():
            yield MEDIA.of(event, told_on=event.occurred_on)
