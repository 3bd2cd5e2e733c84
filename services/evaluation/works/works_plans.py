"""Whose plan, report or project it is: every command is told the posting it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from kernel.messages import Command
from kernel.service import Room, Step
from services.evaluation.grades.grades_plans import posted
from services.evaluation.works.media import MediaFor, RecordMediaItem
from services.evaluation.works.plan import FilePlan, PlanFor
from services.evaluation.works.publicity import (
    AnswerFor,
    AnswerProjectObjection,
    CloseFor,
    CloseProjectPublicity,
    ObjectFor,
    PostFor,
    PubliciseProject,
    ReceiveProjectObjection,
    RegisterFor,
    RegisterProject,
)
from services.evaluation.works.report import FileHalfYearSummary, ReportFor, ReportProgress, SummaryFor
from services.evaluation.works.revenue import ShareFor, ShareRevenue
from services.evaluation.works.work import ForWork

Work = (
    FilePlan
    | ReportProgress
    | FileHalfYearSummary
    | RegisterProject
    | PubliciseProject
    | ReceiveProjectObjection
    | AnswerProjectObjection
    | CloseProjectPublicity
    | ShareRevenue
    | RecordMediaItem
)
ORDERS: Final[Mapping[type[Command], tuple[str, type[ForWork]]]] = {
    FilePlan: ("work-plans", PlanFor),
    ReportProgress: ("work-reports", ReportFor),
    FileHalfYearSummary: ("work-reports", SummaryFor),
    RegisterProject: ("work-projects", RegisterFor),
    PubliciseProject: ("work-projects", PostFor),
    ReceiveProjectObjection: ("work-projects", ObjectFor),
    AnswerProjectObjection: ("work-projects", AnswerFor),
    CloseProjectPublicity: ("work-projects", CloseFor),
    ShareRevenue: ("work-projects", ShareFor),
    RecordMediaItem: ("work-media", MediaFor),
}
"""The streams of each command, and what it becomes where its posting is known."""


def tell(command: Work, room: Room) -> Iterable[Step]:
    """The command, told whose posting it is and how long it ran."""
    stream, order = ORDERS[type(command)]
    yield Step(f"{stream}/{command.posting}", told(order, command, room))


def told(order: type[ForWork], command: Any, room: Room, **more: Any) -> ForWork:
    """The order that a command about a posting comes to, with ``more`` of what it holds."""
    post = posted(command.posting, room)
    about = post.opened
    said = {field.name: getattr(command, field.name) for field in fields(command)}
    whose: dict[str, Any] = {"programme": about.programme, "person": about.person, "target": post.target}
    since: dict[str, Any] = {"opened_on": about.occurred_on, "closed_on": post.closed_on}
    return order(**said, **whose, **since, **more)
