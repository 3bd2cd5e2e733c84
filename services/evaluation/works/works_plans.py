"""Whose plan, report or project it is: every command is told the posting it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from kernel.service import Room, Step
from services.evaluation.grades.grades_plans import posted
from services.evaluation.works import media, plan, publicity, report, revenue
from services.evaluation.works.work import ForWork


def _told(stream: str, order: type[ForWork], command: Any, room: Room) -> Iterable[Step]:
    post = posted(command.posting, room)
    about = post.opened
    said = {field.name: getattr(command, field.name) for field in fields(command)}
    whose: dict[str, Any] = {"programme": about.programme, "person": about.person, "target": post.target}
    since: dict[str, Any] = {"opened_on": about.occurred_on, "closed_on": post.closed_on}
    yield Step(f"{stream}/{command.posting}", order(**said, **whose, **since))


def file_plan(command: plan.FilePlan, room: Room) -> Iterable[Step]:
    """A plan."""
    return _told("work-plans", plan.PlanFor, command, room)


def report_progress(command: report.ReportProgress, room: Room) -> Iterable[Step]:
    """A quarter's report."""
    return _told("work-reports", report.ReportFor, command, room)


def file_summary(command: report.FileHalfYearSummary, room: Room) -> Iterable[Step]:
    """A half-year's summary."""
    return _told("work-reports", report.SummaryFor, command, room)


def register_project(command: publicity.RegisterProject, room: Room) -> Iterable[Step]:
    """A project."""
    return _told("work-projects", publicity.RegisterFor, command, room)


def publicise_project(command: publicity.PubliciseProject, room: Room) -> Iterable[Step]:
    """A project comes on the board."""
    return _told("work-projects", publicity.PostFor, command, room)


def receive_objection(command: publicity.ReceiveProjectObjection, room: Room) -> Iterable[Step]:
    """An objection."""
    return _told("work-projects", publicity.ObjectFor, command, room)


def answer_objection(command: publicity.AnswerProjectObjection, room: Room) -> Iterable[Step]:
    """An answer."""
    return _told("work-projects", publicity.AnswerFor, command, room)


def close_publicity(command: publicity.CloseProjectPublicity, room: Room) -> Iterable[Step]:
    """The end of a publicity."""
    return _told("work-projects", publicity.CloseFor, command, room)


def share_revenue(command: revenue.ShareRevenue, room: Room) -> Iterable[Step]:
    """A revenue of the park."""
    return _told("work-projects", revenue.ShareFor, command, room)


def record_media(command: media.RecordMediaItem, room: Room) -> Iterable[Step]:
    """What was told of a cadre."""
    return _told("work-media", media.MediaFor, command, room)
