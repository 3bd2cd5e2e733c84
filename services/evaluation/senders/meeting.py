"""The unit's party committee studies the work, and the problems it raises stay open until they are solved (EV-042).

Source: 晋组通字〔2015〕41号 六.1, 「定期对第一书记工作进行研究部署,及时解决工作中存在的困难和问题」. How often is not
printed: a setting. Invariant: a problem is solved once, on no day before it was raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Event, Key, Line, Order, Text
from kernel.part import Part, each
from programmes.readers import reports
from programmes.roles import UNITS
from services.evaluation.scopes import scope_of_unit
from services.evaluation.senders.refusals import PROBLEM_SOLVED, PROBLEM_UNKNOWN, UNIT_SENDS_NOBODY


class OfSender(Event, base=True):
    """What every event says: the programme and the unit."""

    rule: ClassVar[str | None] = reports.MEETINGS.path

    programme: Key
    unit: Key


class UnitMeetingHeld(OfSender, title="派出单位研究部署"):
    """The committee met on the work for the ``number``-th time; ``minutes`` say where that is written."""

    number: int
    minutes: Line
    content: Text


class ProblemRaised(OfSender, title="提出困难和问题"):
    """A problem of the work, open from ``occurred_on`` on."""

    problem: Key
    text: Text


class ProblemSolved(OfSender, title="解决困难和问题"):
    """The problem is solved, by what ``solution`` says."""

    problem: Key
    solution: Text


class RecordUnitMeeting(Command, title="登记派出单位研究部署", roles=UNITS, concerns=("unit",)):
    """Record a meeting of the unit's party committee on the work, held on the day of the command."""

    programme: Key
    unit: Key
    minutes: Line
    content: Text


class RaiseUnitProblem(Command, title="提出困难和问题", roles=UNITS, concerns=("unit",)):
    """Put down a problem of the work that the unit is to solve."""

    programme: Key
    unit: Key
    text: Text


class SolveUnitProblem(Command, title="解决困难和问题", roles=UNITS, concerns=("unit",)):
    """Say that a problem is solved, and how."""

    programme: Key
    unit: Key
    problem: Key
    solution: Text


class MeetFor(Order):
    """``RecordUnitMeeting``; ``sent`` cadres of the unit had come on post by that day."""

    programme: Key
    unit: Key
    minutes: Line
    content: Text
    sent: int


class RaiseFor(Order):
    """``RaiseUnitProblem``; ``sent`` cadres of the unit had come on post by that day."""

    programme: Key
    unit: Key
    text: Text
    sent: int


@dataclass(frozen=True, slots=True)
class Problem:
    """When a problem was raised, and when it was solved."""

    raised_on: date
    solved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """One unit in one programme: the number of its meetings, and its problems."""

    meetings: int = 0
    problems: Mapping[str, Problem] = field(default_factory=dict)


def meet(state: Sender, command: MeetFor) -> Sequence[UnitMeetingHeld]:
    """The meeting (EV-042). Raises Rejected: ``unit_sends_nobody``, ``rule_unknown``."""
    _sending(command)
    return (UnitMeetingHeld.carrying(command, number=state.meetings + 1),)


def raise_problem(state: Sender, command: RaiseFor) -> Sequence[ProblemRaised]:
    """The problem (EV-042). Raises Rejected: ``unit_sends_nobody``, ``rule_unknown``."""
    _sending(command)
    problem = f"{command.programme}.{command.unit}.problem.{len(state.problems) + 1}"
    return (ProblemRaised.carrying(command, problem=problem),)


def solve_problem(state: Sender, command: SolveUnitProblem) -> Sequence[ProblemSolved]:
    """The solution (EV-042). Raises Rejected: ``problem_unknown``, ``problem_solved``, ``date_before_ground``."""
    found = state.problems.get(command.problem)
    if found is None:
        raise PROBLEM_UNKNOWN(problem=command.problem)
    if found.solved_on is not None:
        raise PROBLEM_SOLVED(on=found.solved_on)
    not_before(command, found.raised_on, "提出问题", reports.MEETINGS.path)
    return (ProblemSolved.carrying(command),)


def _sending(command: MeetFor | RaiseFor) -> None:
    rules_of(command).value(reports.MEETINGS)
    if not command.sent:
        on = command.context.occurred_on
        raise UNIT_SENDS_NOBODY(on=on, unit=command.unit, programme=command.programme)


def met(state: Sender, event: UnitMeetingHeld) -> Sender:
    """The state after UnitMeetingHeld."""
    return replace(state, meetings=event.number)


def raised(state: Sender, event: ProblemRaised) -> Sender:
    """The state after ProblemRaised."""
    return replace(state, problems={**state.problems, event.problem: Problem(event.occurred_on)})


def solved(state: Sender, event: ProblemSolved) -> Sender:
    """The state after ProblemSolved."""
    known = replace(state.problems[event.problem], solved_on=event.occurred_on)
    return replace(state, problems={**state.problems, event.problem: known})


SENDER: Part[Sender] = Part(
    "sender/{programme}.{unit}",
    Sender(),
    decides=(meet, raise_problem, solve_problem),
    evolve=each(met, raised, solved),
    scope=scope_of_unit,
)
"""One unit that sends cadres."""
