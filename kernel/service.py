"""The words with which a service says what it does: which command goes to which stream, who may give it, what follows.

A service's ``wiring`` module holds one ``Service``; the command door, the reactor and the replay all work from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from kernel.codec import EventTypes
from kernel.config import Config
from kernel.door_refusals import ROLE_NOT_ALLOWED
from kernel.errors import PaizhuError
from kernel.messages import Actor, Command, Event, Recorded
from kernel.part import Part
from kernel.projection import Op, Table
from kernel.reach import Finds, Fits, Foreign, anybody
from kernel.rules import Rules
from kernel.work import Job


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: ``command`` put to the aggregate of ``stream``. All steps of a command commit together or none."""

    stream: str
    command: Command


class Room(Protocol):
    """What a plan may look at: its own service's streams and tables, never another service."""

    tools: Mapping[str, Any]

    def load(self, stream: str) -> Any:
        """The state of one of the service's streams. The append fails and is decided anew if it moves meanwhile."""
        ...

    def load_all(self, streams: Iterable[str]) -> dict[str, Any]:
        """``load`` for many streams in one reading."""
        ...

    def find(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Rows of the service's own read models (``%s`` parameters), for candidates: each is decided on its stream."""
        ...

    def rules(self, programme: str, area: str | None = None) -> Rules | None:
        """The rules in force, from the profile copy in this service's log."""
        ...

    def judge(self, step: Step) -> None:
        """Decide ``step`` on what its stream holds now, for its refusal.

        Where the stream is still so when the step's turn comes, it is not decided a second time.

        Raises:
            Rejected: as deciding it does.
        """
        ...

    def refuse(self, item: int, error: Any) -> None:
        """Note a refused item of a command that accepts the good ones; it comes back in the receipt's result.

        Under ``refused`` stand items until they have as many findings as any answer lists; of the others ``unlisted``
        tells the numbers, and how many were refused with each code.
        """
        ...


Plan = Callable[[Any, Room], Iterable[Step]]


def to(stream: Callable[[Any], str]) -> Plan:
    """The plan of a command that concerns exactly one stream."""
    return lambda command, room: (Step(stream(command), command),)


@dataclass(frozen=True, slots=True)
class Handles:
    """A command the service takes: its type, its plan, the roles that may give it, how a foreign actor is told.

    ``title`` is the Chinese name officials see. Finer authority, by role and place, is decided by the domain.
    """

    command: type[Command]
    plan: Plan
    roles: frozenset[str]
    title: str
    foreign: Foreign


@dataclass(frozen=True, slots=True)
class Received:
    """An event of another service as it came in. ``data`` is read tolerantly: take what you need, ignore the rest."""

    source: str
    recorded: Recorded

    @property
    def id(self) -> str:
        """The event's id everywhere: ``<source>:<position>``."""
        return f"{self.source}:{self.recorded.position}"

    @property
    def data(self) -> Mapping[str, Any]:
        """The event's own fields."""
        return self.recorded.data

    def fields(self, *names: str) -> dict[str, Any]:
        """Those of the event's own fields that are named. Raises KeyError where one is missing."""
        return {name: self.recorded.data[name] for name in names}

    @property
    def occurred_on(self) -> date:
        """The date of the fact."""
        return self.recorded.occurred_on


Reaction = Callable[[Received, Any, Room], Iterable[Step]]
"""(received, context, room) -> steps; ``context`` is the Context to put into the commands."""


class Record(Protocol):
    """Stores what is about to be shown; raises where it cannot."""

    def __call__(self, facts: Sequence[tuple[str, Event]], *, once: str = "") -> int:
        """Store (stream, event) pairs; gives the position of the first.

        What has an id of its own, ``once``, the system says itself, and once only.
        """
        ...


def unrecorded(facts: Sequence[tuple[str, Event]], *, once: str = "") -> int:
    """The record of a question that discloses nothing, or came without a log. Raises RuntimeError."""
    raise RuntimeError(
        "nothing that has to be recorded can be shown here: the question discloses nothing, or came without a log"
    )


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a read model: who asks, the parameters, and the page wanted.

    ``record`` is for answers that must leave a trace: called before anything is shown, and where it raises nothing is.
    """

    actor: Actor
    params: Mapping[str, str]
    after: str | None = None
    limit: int = 100
    record: Record = unrecorded


@dataclass(frozen=True, slots=True)
class Query:
    """A question the service answers: ``answer(rows, ask) -> {"items": [...], "next": cursor | None}``.

    ``rows(sql, *params) -> list[dict]`` reads the service's own tables. ``params`` lists the names it takes with a
    short description each, ``needs`` those of them that must be given; other names are refused.
    """

    answer: Callable[[Callable[..., list[dict[str, Any]]], Ask, Mapping[str, Any]], Mapping[str, Any]]
    roles: frozenset[str]
    title: str
    params: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    most: int = 1000
    """Rows of a page at most."""
    discloses: bool = False
    """Whether its answers must leave a trace: only then may ``answer`` record."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service: everything its processes need to know of it."""

    name: str
    events: EventTypes
    parts: Mapping[str, Part[Any]]
    commands: Mapping[str, Handles]
    reactions: Mapping[str, Reaction]
    tables: Sequence[Table]
    project: Callable[[Recorded], Iterable[Op]]
    queries: Mapping[str, Query]
    tools: Callable[[Config], Mapping[str, Any]] = lambda config: {}
    """What plans and queries may use besides the log (``Room.tools``), opened once a process."""
    claims: Mapping[str, Callable[[], PaizhuError]] = field(default_factory=dict)
    """The refusal to give where a claimed name is taken, by the claim's prefix ("id" for "id:…")."""

    heard: frozenset[str] = frozenset()
    """The kinds of events it followed before logs kept which they follow (``kernel.following``)."""

    jobs: Mapping[str, Job] = field(default_factory=dict)
    """Work that is asked for now, done by a process of its own and looked up later, by kind."""

    finds: Finds = field(default_factory=dict)
    """To whom belongs what commands and questions name (``kernel.concern``)."""

    standing: Callable[[str], Fits] = lambda province: anybody
    """By the code of the province served: whether who asks may act in its role for its areas and units."""

    role_names: Mapping[str, str] = field(default_factory=dict)
    """What people call the roles, in the order in which they are listed."""

    def admit(self, actor: Actor, act: str, roles: Iterable[str]) -> None:
        """Check that who comes has one of ``roles``, before anything of what is asked is looked at; that the role has
        its area or unit was checked at the door.

        Raises:
            Forbidden: ``role_not_allowed``.
        """
        if actor.role not in roles:
            raise role_refused(act, actor.role, roles, self.role_names)

    @property
    def sources(self) -> tuple[str, ...]:
        """The services whose events this one follows."""
        return tuple(sorted({name.split(".")[0] for name in self.reactions}))

    def part(self, stream: str) -> Part[Any]:
        """The part of ``stream``, by its category."""
        return self.parts[stream.split("/", 1)[0]]


def role_refused(act: str, role: str, allowed: Iterable[str], names: Mapping[str, str]) -> PaizhuError:
    """The refusal (``role_not_allowed``) of ``act`` to who has ``role`` where ``allowed`` may.

    In what people read stand the ``names`` of roles, in their order; in the findings their codes.
    """
    own = set(allowed)
    ranked = [*(known for known in names if known in own), *sorted(own - set(names))]
    named = {code: names.get(code, code) for code in ranked}
    return ROLE_NOT_ALLOWED(
        role=names.get(role, role),
        act=act,
        roles=named.values(),
        details=[{"field": "role", "code": "role", "sentence": n, "accepted": c} for c, n in named.items()],
    )
