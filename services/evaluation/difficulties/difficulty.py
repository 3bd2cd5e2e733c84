"""A county holds symposia with its cadres; a difficulty is raised, assigned to who solves it, and solved (X-006).

Source: the article on the Jinzhou measures, 一.1, 「定期组织派驻干部召开座谈会」,
「协调解决派驻干部工作和生活中遇到的困难」. It is the practice of one county, and 定期 is all it says: no symposium is
owed. Invariant: a difficulty is solved once, after somebody was named who solves it, and no step is dated before the
one it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from kernel.grounds import must_cover, not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Text
from kernel.part import Part, each
from programmes.readers import reports
from programmes.refusals import NOT_A_COUNTY
from programmes.roles import CADRES, COUNTIES, DIGITS, TOWNSHIPS
from services.evaluation.difficulties.refusals import (
    DIFFICULTY_KIND,
    DIFFICULTY_SOLVED,
    DIFFICULTY_UNASSIGNED,
    DIFFICULTY_UNKNOWN,
    SYMPOSIUM_EMPTY,
)
from services.evaluation.scopes import scope
from services.evaluation.works.work import ForWork, OfWork, serving

_RULE = reports.DIFFICULTIES.path


class OfCounty(Event, base=True):
    """What every event of a county says: the programme and the county."""

    rule: ClassVar[str | None] = _RULE
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: Key
    county: Area


class SymposiumHeld(OfCounty, title="召开派驻干部座谈会"):
    """The county sat together with ``present`` of its cadres, for the ``number``-th time."""

    number: int
    present: int
    minutes: Line


class DifficultyRaised(OfWork, title="提出困难"):
    """A difficulty of a cadre at work or in life, open from ``occurred_on`` on."""

    rule: ClassVar[str | None] = _RULE

    county: Area
    difficulty: Key
    kind: Line
    text: Text


class DifficultyAssigned(OfCounty, title="交办困难"):
    """``organ`` solves it from now on."""

    difficulty: Key
    organ: Line


class DifficultySolved(OfCounty, title="解决困难"):
    """``organ``, to whom it was assigned, has solved it, by what ``solution`` says."""

    difficulty: Key
    organ: Line
    solution: Text


class HoldSymposium(Command, title="登记派驻干部座谈会", roles=COUNTIES, concerns=("county",)):
    """Record a symposium of the county with its cadres, held on the day of the command."""

    programme: Key
    county: Area
    present: int
    minutes: Line


class RaiseDifficulty(Command, title="提出困难", roles=CADRES | TOWNSHIPS | COUNTIES, concerns=("posting",)):
    """Put down a difficulty of a cadre on post; ``kind`` is one of those the programme names."""

    posting: Key
    kind: Line
    text: Text


class AssignDifficulty(Command, title="交办困难", roles=COUNTIES, concerns=("county",)):
    """Say who solves a difficulty; said again, another does."""

    programme: Key
    county: Area
    difficulty: Key
    organ: Line


class SolveDifficulty(Command, title="登记困难已解决", roles=COUNTIES, concerns=("county",)):
    """Say that a difficulty is solved, and how."""

    programme: Key
    county: Area
    difficulty: Key
    solution: Text


class DifficultyFor(ForWork):
    """``RaiseDifficulty``, told whose it is."""

    kind: Line
    text: Text


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Since when it is open, who solves it since when, when it was solved."""

    raised_on: date
    organ: str = ""
    assigned_on: date | None = None
    solved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Difficulties:
    """Those of one county, and how often it sat together."""

    symposia: int = 0
    known: Mapping[str, Difficulty] = field(default_factory=dict)


def hold(state: Difficulties, command: HoldSymposium) -> Sequence[SymposiumHeld]:
    """The symposium (X-006). Raises Rejected: ``rule_unknown``, ``not_a_county``, ``foreign_area``,
    ``symposium_empty``."""
    rules_of(command).value(reports.DIFFICULTIES)
    if len(command.county) != DIGITS["county"]:
        raise NOT_A_COUNTY(county=command.county)
    must_cover(command.context.actor, command.county, field="county", rule=_RULE)
    if command.present < 1:
        raise SYMPOSIUM_EMPTY(present=command.present)
    return (SymposiumHeld.carrying(command, number=state.symposia + 1),)


def raise_one(state: Difficulties, command: DifficultyFor) -> Sequence[DifficultyRaised]:
    """The difficulty (X-006). Raises Rejected: ``difficulty_kind``, ``work_off_post``, ``rule_unknown``."""
    kinds = rules_of(command).value(reports.DIFFICULTIES)
    if command.kind not in kinds:
        raise DIFFICULTY_KIND(kinds=kinds, kind=command.kind)
    serving(command, field="posting", rule=_RULE)
    county = command.target[: DIGITS["county"]]
    difficulty = f"{command.programme}.{county}.difficulty.{len(state.known) + 1}"
    return (DifficultyRaised.carrying(command, county=county, difficulty=difficulty),)


def assign(state: Difficulties, command: AssignDifficulty) -> Sequence[DifficultyAssigned]:
    """Who solves it (X-006). Raises Rejected: as ``_open``."""
    found = _open(state, command)
    not_before(command, found.assigned_on or found.raised_on, "提出或上次交办困难", _RULE)
    return (DifficultyAssigned.carrying(command),)


def solve(state: Difficulties, command: SolveDifficulty) -> Sequence[DifficultySolved]:
    """The solution (X-006). Raises Rejected: ``difficulty_unassigned``, and as ``_open``."""
    found = _open(state, command)
    if found.assigned_on is None:
        raise DIFFICULTY_UNASSIGNED()
    not_before(command, found.assigned_on, "交办困难", _RULE)
    return (DifficultySolved.carrying(command, organ=found.organ),)


def _open(state: Difficulties, command: AssignDifficulty | SolveDifficulty) -> Difficulty:
    """Raises Rejected: ``foreign_area``, ``difficulty_unknown``, ``difficulty_solved``."""
    must_cover(command.context.actor, command.county, field="county", rule=_RULE)
    found = state.known.get(command.difficulty)
    if found is None:
        raise DIFFICULTY_UNKNOWN(difficulty=command.difficulty)
    if found.solved_on is not None:
        raise DIFFICULTY_SOLVED(on=found.solved_on)
    return found


def held(state: Difficulties, event: SymposiumHeld) -> Difficulties:
    """The state after SymposiumHeld."""
    return replace(state, symposia=event.number)


def raised(state: Difficulties, event: DifficultyRaised) -> Difficulties:
    """The state after DifficultyRaised."""
    return replace(state, known={**state.known, event.difficulty: Difficulty(event.occurred_on)})


def assigned(state: Difficulties, event: DifficultyAssigned) -> Difficulties:
    """The state after DifficultyAssigned."""
    found = replace(state.known[event.difficulty], organ=event.organ, assigned_on=event.occurred_on)
    return replace(state, known={**state.known, event.difficulty: found})


def solved(state: Difficulties, event: DifficultySolved) -> Difficulties:
    """The state after DifficultySolved."""
    found = replace(state.known[event.difficulty], solved_on=event.occurred_on)
    return replace(state, known={**state.known, event.difficulty: found})


DIFFICULTIES: Part[Difficulties] = Part(
    "difficulties/{programme}.{county}",
    Difficulties(),
    decides=(hold, raise_one, assign, solve),
    evolve=each(held, raised, assigned, solved),
    scope=scope,
)
"""The difficulties of one county's cadres."""
