"""The ladder: criticism for careless work, and the record of bad consequences that adjustment rests on (EV-006).

Source: 晋组通字〔2015〕41号 五.5, 「对工作不认真、不负责任的给予批评教育,造成不良后果的及时调整和处理」.
Who takes which step stands in the profile, at ``procedure.sanction``. Invariant: nothing follows here by itself; the
adjustment is decided where postings are decided, on the record, and nothing dated after the posting counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order, Text
from kernel.part import Part, each
from programmes.procedure import NOTHING, Procedure, Subject
from programmes.readers.endings import SANCTION
from programmes.roles import COUNTIES, TOWNSHIPS, UNITS
from services.evaluation.conduct.refusals import CONDUCT_OVER, CONDUCT_UNKNOWN, STEP_ASSUMED
from services.evaluation.scopes import scope

LADDER = Procedure(SANCTION)


class ConductOpened(Event, title="在任表现记入"):
    """A cadre is on post; ``unit`` is who sent the person, None where that was not told."""

    rule: ClassVar[str | None] = SANCTION.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    posting: Key
    person: Key
    target: Area
    unit: Key | None


class ConductClosed(Event, title="在任表现结束"):
    """The posting has ended; ``cause`` is the type of the event that said so."""

    rule: ClassVar[str | None] = SANCTION.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    cause: str


class CriticismGiven(Event, title="批评教育"):
    """The cadre was criticised for what ``finding`` names."""

    rule: ClassVar[str | None] = SANCTION.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    posting: Key
    person: Key
    target: Area
    step: Key
    finding: Text
    organ: Line


class ConsequenceRecorded(Event, title="不良后果登记"):
    """Careless work had bad consequences; ``consequence`` is what an adjustment refers to."""

    rule: ClassVar[str | None] = SANCTION.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    posting: Key
    person: Key
    target: Area
    step: Key
    consequence: Key
    finding: Text
    document: Line


class OpenConduct(Order):
    """Personnel says that a cadre is on post, where the notice knows the ladder."""

    programme: str
    posting: Key
    person: Key
    target: Area
    unit: Key | None


class CloseConduct(Order):
    """Personnel says that the posting has ended."""

    posting: Key
    cause: str


class GiveCriticism(Command, title="批评教育", roles=COUNTIES | TOWNSHIPS | UNITS, concerns=("posting",)):
    """Record that a cadre was criticised, and for what."""

    posting: Key
    finding: Text


class RecordConsequence(Command, title="登记不良后果", roles=COUNTIES, concerns=("posting",)):
    """Put on record which bad consequences careless work had; ``document`` is where they stand."""

    posting: Key
    finding: Text
    document: Line


@dataclass(frozen=True, slots=True)
class Conduct:
    """One posting as far as its conduct goes; ``recorded`` counts the records of consequences."""

    opened: ConductOpened
    closed_on: date | None = None
    recorded: int = 0


def open_conduct(state: Conduct | None, command: OpenConduct) -> Sequence[ConductOpened]:
    """The beginning, once."""
    return [] if state is not None else [ConductOpened.carrying(command)]


def close_conduct(state: Conduct | None, command: CloseConduct) -> Sequence[ConductClosed]:
    """The end, once; nothing for a posting of a notice without the ladder."""
    if state is None or state.closed_on is not None:
        return []
    return [ConductClosed.carrying(command, target=state.opened.target)]


def criticise(state: Conduct, command: GiveCriticism) -> Sequence[CriticismGiven]:
    """The criticism, on a step that the notice prints.

    Raises:
        Rejected: ``step_assumed``, ``conduct_over``, ``date_before_ground``, and as ``Procedure.admit``.
    """
    step = _admitted(state, command, "criticise")
    return [CriticismGiven.carrying(command, state.opened, posting=command.posting, step=step, organ=_organ(command))]


def record(state: Conduct, command: RecordConsequence) -> Sequence[ConsequenceRecorded]:
    """The record of consequences. Raises Rejected: as ``criticise``."""
    step = _admitted(state, command, "consequence")
    key = f"{command.posting}.{state.recorded + 1}"
    return [ConsequenceRecorded.carrying(command, state.opened, posting=command.posting, step=step, consequence=key)]


def _admitted(state: Conduct, command: Command, act: str) -> str:
    rules, about = rules_of(command), state.opened
    step = LADDER.of_act(act, rules)
    if step.assumed(rules.rule(SANCTION).origin):
        raise STEP_ASSUMED(step=step.title)
    parties = {"target": about.target, **({"unit": about.unit} if about.unit else {})}
    LADDER.admit(command, step.step, Subject(parties), NOTHING, rules, field="posting")
    not_before(command, about.occurred_on, "到岗", LADDER.path)
    if state.closed_on is not None and command.context.occurred_on > state.closed_on:
        raise CONDUCT_OVER(on=state.closed_on)
    return step.step


def _organ(command: Command) -> str:
    return command.context.actor.organ


def opened(before: Conduct | None, event: ConductOpened) -> Conduct:
    """The state after ConductOpened."""
    return Conduct(event)


def closed(conduct: Conduct, event: ConductClosed) -> Conduct:
    """The state after ConductClosed."""
    return replace(conduct, closed_on=event.occurred_on)


def recorded(conduct: Conduct, event: ConsequenceRecorded) -> Conduct:
    """The state after ConsequenceRecorded."""
    return replace(conduct, recorded=conduct.recorded + 1)


CONDUCT: Part[Conduct | None] = Part(
    "conduct/{posting}",
    None,
    scope=scope,
    absent=CONDUCT_UNKNOWN,
    decides=(open_conduct, close_conduct, criticise, record),
    evolve=each(opened, closed, recorded),
)
"""The conduct of one posting."""
