"""The selection after the recommendation (三推两选两公示): from the check of the conditions to the active reserve.

Invariant: the order, who takes a step and the marks are the profile's; every step leaves an event of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Event, Few, Key, Line, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.education import at_least, called
from programmes.procedure import acts, whose
from programmes.readers.reserve import AGE_BAND, GROUPS, SCHOOLING
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES
from programmes.texts import impersonal
from services.personnel.reserves.candidate import (
    PROCEDURES,
    OfReserve,
    ProcedureName,
    Reserve,
    SelectionStep,
    admit,
)
from services.personnel.reserves.refusals import (
    CARD_MISSING,
    GROUP_MISSING,
    PROCEDURE_NOT_BEGUN,
    SCHOOLING_TOO_LOW,
    VOTES_TOO_MANY,
)


class CheckReserveQualification(Command, title="后备人选资格审查", roles=TOWNSHIPS, concerns=("reserve",)):
    """Check a recommended person against the printed conditions; what is checked stands on the card."""

    reserve: Key


class CheckQualification(Order):
    """The same, told the age in full years that the card gives; None where nothing of it can be opened."""

    age: int | None


class AttestReserveMarks(Command, title="后备人选条件鉴定", roles=TOWNSHIPS, concerns=("reserve",)):
    """Attest the marks of a candidate, each by its printed name."""

    reserve: Key
    marks: Few[Line]


class RecordMassEvaluation(Command, title="登记党员群众评选", roles=TOWNSHIPS | VILLAGES, concerns=("reserve",)):
    """Record the evaluation of one candidate: by group how many were present, and the votes."""

    reserve: Key
    present: Mapping[Key, int]
    approve: int
    oppose: int
    abstain: int = 0


class SelectReserve(Command, title="确定考察人选", roles=TOWNSHIPS, concerns=("reserve",)):
    """Make a candidate one to be inspected; ``ground`` names the staffing plan it was weighed with."""

    reserve: Key
    ground: Line


class RecordReserveInspection(Command, title="登记后备人选考察", roles=TOWNSHIPS, concerns=("reserve",)):
    """Record the inspection; ``report`` names the group's report."""

    reserve: Key
    report: Line


class DetermineReserve(Command, title="研究确定后备干部", roles=TOWNSHIPS, concerns=("reserve",)):
    """Record that the township's committee determined the candidate at ``meeting``."""

    reserve: Key
    meeting: Line


class ActivateReserve(Command, title="列入后备干部名册", roles=TOWNSHIPS, concerns=("reserve",)):
    """Enter a determined candidate, whose second publicity is over, on the roster."""

    reserve: Key


class EndReserveProcedure(Command, title="终止后备干部程序", roles=TOWNSHIPS | COUNTIES, concerns=("reserve",)):
    """End a selection, removal or use that comes to nothing."""

    reserve: Key
    procedure: ProcedureName
    reason: Line


class ReserveQualificationChecked(SelectionStep, title="后备人选资格审查"):
    """The conditions are met. ``outside_band`` is a note on the age, never a ground to refuse."""

    schooling: Key
    pool: Line
    age: int
    outside_band: bool


class ReserveMarksAttested(SelectionStep, title="后备人选条件鉴定"):
    """Every printed mark was attested."""

    marks: tuple[Line, ...]


class ReserveMassEvaluated(SelectionStep, title="党员群众评选"):
    """The three groups evaluated the candidate. No quorum and no pass mark is printed: the votes are what there is."""

    present: Mapping[Key, int]
    approve: int
    oppose: int
    abstain: int


class ReserveOrganisationSelected(SelectionStep, title="确定考察人选"):
    """The township made the candidate one to be inspected."""

    ground: Line


class ReserveInspectionDone(SelectionStep, title="后备人选考察"):
    """The inspection group reported."""

    report: Line


class ReserveDetermined(SelectionStep, title="研究确定后备干部"):
    """The township's committee determined the candidate."""

    meeting: Line


class ReserveActivated(OfReserve, title="列入后备干部名册"):
    """The person is an active reserve of the village."""


class ReserveProcedureEnded(OfReserve, title="终止后备干部程序"):
    """A selection, removal or use came to nothing; a selection that ends takes the candidate out of the pool."""

    procedure: ProcedureName
    reason: Line


def qualify(state: Reserve, order: CheckQualification) -> list[ReserveQualificationChecked]:
    """The check of the conditions (PE-072). Source: 青委组〔2017〕57号 二（一）.2.

    Raises:
        Rejected: ``card_missing`` where no card can be read, ``schooling_too_low``, and as ``admit``.
    """
    step, rules = admit(state, order, "reserve", "qualify"), rules_of(order)
    if order.age is None or not state.schooling:
        raise CARD_MISSING()
    least = rules.value(SCHOOLING)
    if not at_least(state.schooling, least):
        raise SCHOOLING_TOO_LOW(least=called(least), now=called(state.schooling), rule=SCHOOLING.path)
    band = rules.value(AGE_BAND)
    outside = not band.since <= order.age <= band.to
    return [ReserveQualificationChecked.carrying(order, state, step=step.step, age=order.age, outside_band=outside)]


def attest(state: Reserve, command: AttestReserveMarks) -> list[ReserveMarksAttested]:
    """The attested marks, all of them (PE-073). Raises Rejected: ``marks_missing``, and as ``admit``."""
    step = admit(state, command, "reserve", "attest", marks=command.marks)
    return [ReserveMarksAttested.carrying(command, state, step=step.step, marks=step.marks)]


def evaluate(state: Reserve, command: RecordMassEvaluation) -> list[ReserveMassEvaluated]:
    """The evaluation by party members and masses (PE-076). Source: 青委组〔2017〕57号 二（一）.3.

    Raises:
        Rejected: ``group_missing`` where one of the printed groups was not there, ``votes_too_many``, as ``admit``.
    """
    step = admit(state, command, "reserve", "evaluate")
    groups = rules_of(command).value(GROUPS)
    missing = [group for group in groups if command.present.get(group, 0) < 1]
    if missing or set(command.present) - set(groups):
        raise GROUP_MISSING(missing=missing or ["所列之外的群体"], groups=groups, rule=GROUPS.path)
    cast, there = command.approve + command.oppose + command.abstain, sum(command.present.values())
    if min(command.approve, command.oppose, command.abstain) < 0 or cast > there:
        raise VOTES_TOO_MANY(cast=cast, present=there)
    return [ReserveMassEvaluated.carrying(command, state, step=step.step)]


def select(state: Reserve, command: SelectReserve) -> list[ReserveOrganisationSelected]:
    """The choice of who is inspected, after the evaluation (PE-075). Raises as ``admit``."""
    step = admit(state, command, "reserve", "select")
    return [
        ReserveOrganisationSelected.carrying(
            command, state, step=step.step, ground=impersonal(command.ground, "ground")
        )
    ]


def inspect(state: Reserve, command: RecordReserveInspection) -> list[ReserveInspectionDone]:
    """The inspection, not before all marks are attested (PE-073). Raises as ``admit``."""
    step = admit(state, command, "reserve", "inspect")
    return [ReserveInspectionDone.carrying(command, state, step=step.step, report=impersonal(command.report, "report"))]


def determine(state: Reserve, command: DetermineReserve) -> list[ReserveDetermined]:
    """The committee's decision, after inspection and first publicity (PE-077, PE-078). Raises as ``admit``."""
    step = admit(state, command, "reserve", "determine")
    return [ReserveDetermined.carrying(command, state, step=step.step, meeting=impersonal(command.meeting, "meeting"))]


def activate(state: Reserve, command: ActivateReserve) -> list[ReserveActivated]:
    """The entry on the roster, after the second publicity (PE-079). Raises as ``admit``."""
    admit(state, command, "reserve", "activate")
    return [ReserveActivated.carrying(command, state)]


def end(state: Reserve, command: EndReserveProcedure) -> list[ReserveProcedureEnded]:
    """The end of what runs, by whoever has a step in it.

    Raises:
        Rejected: ``procedure_not_begun``, ``not_your_business``, ``date_before_ground``.
    """
    done = state.done(command.procedure)
    if not done:
        raise PROCEDURE_NOT_BEGUN()
    procedure, rules, actor = PROCEDURES[command.procedure], rules_of(command), command.context.actor
    steps = procedure.steps(rules, state.subject)
    if not any(acts(step, actor, state.subject, rules) for step in steps):
        raise NOT_YOUR_BUSINESS(
            act="终止后备干部程序", organ=whose(steps[-1], state.subject, rules), field="reserve", rule=procedure.path
        )
    not_before(command, max(done.values()), "已办环节", procedure.path)
    return [ReserveProcedureEnded.carrying(command, state, reason=impersonal(command.reason, "reason"))]


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve after a step of the selection."""
    match event:
        case SelectionStep():
            return state.taking("reserve", event.step, event.occurred_on)
        case ReserveActivated():
            return _activated(state.without("reserve"), event)
        case ReserveProcedureEnded():
            return _ended(state, event)
    return state


def _activated(state: Reserve, event: ReserveActivated) -> Reserve:
    return replace(state, status="active", since=event.occurred_on)


def _ended(state: Reserve, event: ReserveProcedureEnded) -> Reserve:
    over = state.without(event.procedure)
    return replace(over, status="ended", over=event.occurred_on) if event.procedure == "reserve" else over
