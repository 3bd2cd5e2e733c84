"""A project comes on the notice board, is objected to, and counts when its publicity is closed (EV-031, X-040).

Source: the Jinzhou measures 二.1. How long it hangs is not printed: what was posted holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Line, Text
from programmes.duty_groups import must_be_tagged
from programmes.readers import works
from programmes.roles import TOWNSHIPS, VILLAGES
from services.evaluation.works.project import (
    Digest,
    Project,
    ProjectObjectionAnswered,
    ProjectObjectionReceived,
    ProjectPublicised,
    ProjectPublicityClosed,
    ProjectRegistered,
    Projects,
    ProjectYear,
)
from services.evaluation.works.refusals import (
    PROJECT_DAYS,
    PROJECT_NOT_POSTED,
    PROJECT_OBJECTED,
    PROJECT_OBJECTION_UNKNOWN,
    PROJECT_POSTED,
    PROJECT_STILL_POSTED,
    PROJECT_TITLE_TWICE,
    PROJECT_UNKNOWN,
)
from services.evaluation.works.work import WRITERS, ForWork, within

BOARD_KEEPERS = TOWNSHIPS | VILLAGES


class RegisterProject(Command, title="登记发展项目", roles=WRITERS, concerns=("posting",)):
    """Register a project for a year; ``park`` where it goes to the industrial park."""

    posting: Key
    year: ProjectYear
    title: Line
    content: Text
    park: bool = False
    tag: Key | None = None


class PubliciseProject(Command, title="公示发展项目", roles=BOARD_KEEPERS, concerns=("posting",)):
    """Put a project on the board: where it stands, from when to when, and the digest of its photo."""

    posting: Key
    project: Key
    place: Line
    first: date
    last: date
    sha256: Digest


class ReceiveProjectObjection(Command, title="登记发展项目异议", roles=BOARD_KEEPERS, concerns=("posting",)):
    """Take down an objection, without who made it."""

    posting: Key
    project: Key
    text: Text


class AnswerProjectObjection(Command, title="答复发展项目异议", roles=BOARD_KEEPERS, concerns=("posting",)):
    """Answer the objection ``number``."""

    posting: Key
    project: Key
    number: int
    text: Text


class CloseProjectPublicity(Command, title="结束发展项目公示", roles=BOARD_KEEPERS, concerns=("posting",)):
    """Close the publicity of a project."""

    posting: Key
    project: Key


class RegisterFor(ForWork):
    """``RegisterProject``, told whose it is."""

    year: ProjectYear
    title: Line
    content: Text
    park: bool
    tag: Key | None


class PostFor(ForWork):
    """``PubliciseProject``, told whose it is."""

    project: Key
    place: Line
    first: date
    last: date
    sha256: Digest


class ObjectFor(ForWork):
    """``ReceiveProjectObjection``, told whose it is."""

    project: Key
    text: Text


class AnswerFor(ForWork):
    """``AnswerProjectObjection``, told whose it is."""

    project: Key
    number: int
    text: Text


class CloseFor(ForWork):
    """``CloseProjectPublicity``, told whose it is."""

    project: Key


def register(state: Projects, command: RegisterFor) -> Sequence[ProjectRegistered]:
    """The project (EV-031).

    Raises:
        Rejected: ``work_off_post``, ``work_too_early``, ``project_title_twice``, ``duty_group_unknown``,
            ``rule_unknown``.
    """
    rules = rules_of(command)
    rules.value(works.PROJECTS)
    must_be_tagged(rules, command.tag, "tag")
    within(command, command.year, field="year", rule=works.PROJECTS.path)
    known = ((one.registered.year, one.registered.title) for one in state.by_key.values())
    if (command.year, command.title) in known:
        raise PROJECT_TITLE_TWICE(year=command.year, title=command.title)
    key = f"{command.posting}.project.{len(state.by_key) + 1}"
    return (ProjectRegistered.carrying(command, project=key),)


def publicise(state: Projects, command: PostFor) -> Sequence[ProjectPublicised]:
    """The publicity (X-040).

    Raises:
        Rejected: ``project_unknown``, ``project_posted``, ``project_days``, ``date_before_ground``, ``rule_unknown``.
    """
    board, project = rules_of(command).value(works.BOARD), known(state, command.project)
    not_before(command, project.registered.occurred_on, "项目登记", works.BOARD.path)
    if project.posted is not None:
        raise PROJECT_POSTED(on=project.posted.first)
    since, on = project.registered.occurred_on, command.context.occurred_on
    if not since <= command.first <= on or command.last < command.first:
        raise PROJECT_DAYS(first=command.first, last=command.last)
    return (ProjectPublicised.carrying(command, board=board),)


def receive(state: Projects, command: ObjectFor) -> Sequence[ProjectObjectionReceived]:
    """The objection. Raises Rejected: ``project_unknown``, ``project_not_posted``, ``date_before_ground``."""
    project, _ = _hanging(state, command, command.project)
    return (ProjectObjectionReceived.carrying(command, number=project.objections + 1),)


def answer(state: Projects, command: AnswerFor) -> Sequence[ProjectObjectionAnswered]:
    """The answer. Raises Rejected: ``project_objection_unknown``, and as ``receive``."""
    project, _ = _hanging(state, command, command.project)
    if command.number not in project.unanswered:
        raise PROJECT_OBJECTION_UNKNOWN(number=command.number)
    return (ProjectObjectionAnswered.carrying(command),)


def close(state: Projects, command: CloseFor) -> Sequence[ProjectPublicityClosed]:
    """The end of the publicity (X-040).

    Raises:
        Rejected: ``project_still_posted``, ``project_objected``, and as ``receive``.
    """
    project, posted = _hanging(state, command, command.project)
    if (on := command.context.occurred_on) < posted.last:
        raise PROJECT_STILL_POSTED(last=posted.last, on=on)
    if project.unanswered:
        raise PROJECT_OBJECTED(open=len(project.unanswered))
    year, objections = project.registered.year, project.objections
    return (ProjectPublicityClosed.carrying(command, year=year, objections=objections),)


def known(state: Projects, key: str) -> Project:
    """A project. Raises Rejected: ``project_unknown``."""
    if key not in state.by_key:
        raise PROJECT_UNKNOWN(project=key)
    return state.by_key[key]


def _hanging(state: Projects, command: ForWork, key: str) -> tuple[Project, ProjectPublicised]:
    project = known(state, key)
    if project.posted is None or project.closed:
        raise PROJECT_NOT_POSTED()
    not_before(command, project.posted.first, "公示", works.BOARD.path)
    return project, project.posted
