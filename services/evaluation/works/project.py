"""Projects: at least one a year, each on the notice board of the village; a park's revenue is shared (EV-031, EV-035).

Source: the Jinzhou measures 二.1 and 二.3, 「在村公示栏公示，接受党员群众监督」. Invariant: a project counts when its
publicity is closed, and none is closed with an objection unanswered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar

from kernel.messages import Key, Line, Pattern, Text
from programmes.readers import works
from services.evaluation.works.work import OfWork

Digest = Annotated[str, Pattern("[0-9a-f]{64}", accepted="照片文件的 SHA-256，64 位十六进制数字")]
ProjectYear = Annotated[str, Pattern("[1-9][0-9]{3}", accepted="年份，如 2018")]


class ProjectRegistered(OfWork, title="登记发展项目"):
    """A project of ``year``; ``park`` where it did not fit the village and stands in the industrial park."""

    schema: ClassVar[int] = 2
    rule: ClassVar[str | None] = works.PROJECTS.path

    project: Key
    year: ProjectYear
    title: Line
    content: Text
    park: bool
    tag: Key | None = None


class OfProject(OfWork, base=True):
    """What is said of one project."""

    project: Key


class ProjectPublicised(OfProject, title="发展项目公示"):
    """The project hangs on a ``board`` at ``place`` from ``first`` to ``last``; ``sha256`` is of the photo of it."""

    rule: ClassVar[str | None] = works.BOARD.path

    board: Key
    place: Line
    first: date
    last: date
    sha256: Digest


class ProjectObjectionReceived(OfProject, title="收到发展项目异议"):
    """Somebody objected; who is not recorded."""

    rule: ClassVar[str | None] = works.BOARD.path

    number: int
    text: Text


class ProjectObjectionAnswered(OfProject, title="答复发展项目异议"):
    """An objection was answered."""

    rule: ClassVar[str | None] = works.BOARD.path

    number: int
    text: Text


class ProjectPublicityClosed(OfProject, title="发展项目公示结束"):
    """The publicity ended with every objection answered: from now on the project counts for ``year``."""

    rule: ClassVar[str | None] = works.BOARD.path

    year: ProjectYear
    objections: int


class RevenueShared(OfProject, title="产业园收益分配"):
    """A revenue in fen and its two shares; ``assumed`` where an odd fen was given by a setting that nobody printed."""

    rule: ClassVar[str | None] = works.VILLAGE_SHARE.path

    fen: int
    village_fen: int
    park_fen: int
    assumed: bool
    document: Line


@dataclass(frozen=True, slots=True)
class Project:
    """One project: its publicity where there is one, objections so far and those still open, the revenues shared."""

    registered: ProjectRegistered
    posted: ProjectPublicised | None = None
    closed: bool = False
    objections: int = 0
    unanswered: frozenset[int] = frozenset()
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects of one posting by their keys."""

    by_key: Mapping[str, Project] = field(default_factory=dict)


def registered(state: Projects, event: ProjectRegistered) -> Projects:
    """The state after ProjectRegistered."""
    return Projects({**state.by_key, event.project: Project(event)})


def posted(state: Projects, event: ProjectPublicised) -> Projects:
    """The state after ProjectPublicised."""
    return _changed(state, event, posted=event)


def objected(state: Projects, event: ProjectObjectionReceived) -> Projects:
    """The state after ProjectObjectionReceived."""
    open_ = state.by_key[event.project].unanswered | {event.number}
    return _changed(state, event, objections=event.number, unanswered=open_)


def answered(state: Projects, event: ProjectObjectionAnswered) -> Projects:
    """The state after ProjectObjectionAnswered."""
    return _changed(state, event, unanswered=state.by_key[event.project].unanswered - {event.number})


def closed(state: Projects, event: ProjectPublicityClosed) -> Projects:
    """The state after ProjectPublicityClosed."""
    return _changed(state, event, closed=True)


def shared(state: Projects, event: RevenueShared) -> Projects:
    """The state after RevenueShared."""
    return _changed(state, event, documents=state.by_key[event.project].documents | {event.document})


def _changed(state: Projects, event: OfProject, **changes: object) -> Projects:
    project = replace(state.by_key[event.project], **changes)  # type: ignore[arg-type]
    return Projects({**state.by_key, event.project: project})
