"""Jobs: work that takes longer than a request may wait. It is asked for now, worked by a process of its own, and looked
up by its id.

A job is operational: no fact, in no log, never replayed. What it leads to is decided like any command, under the job's
id, so a job that is worked twice has one effect. This module holds the words in which a service says which jobs it
takes; ``kernel.jobs`` keeps them, answers for them and works them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kernel.log import Receipt
from kernel.messages import Actor, Command
from kernel.reach import Foreign, to_nobody

Progress = Callable[[str, int, int], None]
"""(stage, done, of): how far the work is; called as often as the work likes."""

Find = Callable[..., list[dict[str, Any]]]


def asker_of(actor: Actor) -> str:
    """Who asks, whichever person of the organ it is: role, organ, areas and units in one text."""
    reach = (",".join(sorted(own)) for own in (actor.areas, actor.units))
    return "|".join((actor.role, actor.organ, *reach))


class Decides(Protocol):
    """What decides the commands a job leads to (``kernel.handler.Handler``)."""

    def decide(self, plan: Any, command: Command, digest: bytes) -> Receipt:
        """Decide ``command`` by ``plan`` and append what was decided, once for its id."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """One job as its work sees it: what was asked, the service's tables, its decisions, and where to tell progress."""

    asked: Any
    rows: Find
    decides: Decides
    lines: Callable[[int, int], list[bytes]]
    progress: Progress
    tools: Mapping[str, Any] = field(default_factory=dict)


Work = Callable[[Task], Mapping[str, Any]]
"""Does a job and gives its result as plain data. Raises PaizhuError where it is refused; nothing is recorded then."""


Check = Callable[[Any], None]
"""Raises PaizhuError where a request that fits its contract is not its asker's to make; before it is queued."""


def anything(asked: Any) -> None:
    """The check that finds nothing."""


Keep = Callable[[Mapping[str, Any], Mapping[str, Any], str], Mapping[str, Any]]
"""(what is asked, the service's tools, the job's id) -> what of it is written down until the job is worked."""


def as_asked(asked: Mapping[str, Any], tools: Mapping[str, Any], job: str) -> Mapping[str, Any]:
    """The request is kept as it came."""
    return asked


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job: the contract of what is asked, the work, who may ask, and who may see everybody's.

    ``title`` is the Chinese name officials see; ``foreign`` tells what is none of the asker's business. What may lie
    nowhere in clear is sealed by ``keeps``, and the fields ``drops`` are taken away when the job ends.
    """

    asks: type[Command]
    work: Work
    roles: frozenset[str]
    title: str
    overseers: frozenset[str] = frozenset()
    check: Check = anything
    foreign: Foreign = to_nobody
    keeps: Keep = as_asked
    drops: tuple[str, ...] = ()
