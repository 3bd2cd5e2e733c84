"""The inspection at the end of a term: one record that the unit and the county sign, done when both have (EV-004).

Source: 晋组通字〔2015〕41号 五.5, 「任职期满,派出单位会同县(市、区)委组织部进行考察」. Who signs stands in the
profile at ``procedure.term_inspection``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from kernel.part import Part, each
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.procedure import Procedure, Records, Subject, whose
from programmes.readers import assessment
from programmes.roles import COUNTIES, DIGITS, UNITS
from services.evaluation.grades.refusals import INSPECTION_DIFFERS, TERM_NOT_OVER
from services.evaluation.schemes.appraisee import Appraisee
from services.evaluation.scopes import scope

STEPS = Procedure(assessment.TERM_INSPECTION)
ENDED: Final = "TermEnded"
"""The event of personnel that says a posting ended because its term was over."""


class TermInspectionSigned(Event, title="期满考察签署"):
    """One of the two signed the record ``document``."""

    rule: ClassVar[str | None] = assessment.TERM_INSPECTION.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    person: Key
    target: Area
    step: Key
    document: Line
    organ: Line


class TermInspectionDone(Event, title="期满考察完成"):
    """Everybody who signs has signed: ``unit`` and the department of ``county``; others refer to ``inspection``."""

    rule: ClassVar[str | None] = assessment.TERM_INSPECTION.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    inspection: Key
    posting: Key
    person: Key
    target: Area
    unit: Key
    county: Area
    document: Line


class SignTermInspection(Command, title="签署期满考察", roles=COUNTIES | UNITS, concerns=("posting",)):
    """Sign the record of the joint inspection; ``document`` is its number, the same for both."""

    posting: Key
    document: Line


class SignInspection(Order):
    """The same, told whom it is about."""

    document: Line
    post: Appraisee


@dataclass(frozen=True, slots=True)
class Inspection:
    """The signatures by step, and what was signed."""

    done: Records = field(default_factory=dict)
    document: str | None = None


def sign(state: Inspection, command: SignInspection) -> Sequence[TermInspectionSigned | TermInspectionDone]:
    """The signature, and with the last one the inspection itself (EV-004).

    Raises:
        Rejected: ``term_not_over``, ``inspection_differs``, ``not_your_business``, ``duty_done``, ``rule_unknown``.
    """
    rules, post, about = rules_of(command), command.post, command.post.opened
    unit = post.sender(command.context.occurred_on)
    subject = Subject({"target": post.target, **({"unit": unit} if unit else {})})
    steps = STEPS.steps(rules, subject)
    own = next((step for step in steps if command.context.actor.role in step.by), None)
    if own is None:
        organ = [whose(step, subject, rules) for step in steps]
        raise NOT_YOUR_BUSINESS(act=STEPS.reader.title, organ=organ, field="posting", rule=STEPS.path)
    STEPS.admit(command, own.step, subject, state.done, rules, field="posting")
    if post.cause != ENDED or post.closed_on is None or command.context.occurred_on < post.closed_on:
        raise TERM_NOT_OVER()
    if state.document not in (None, command.document):
        raise INSPECTION_DIFFERS(document=state.document)
    named = {"programme": about.programme, "posting": about.posting, "person": about.person, "target": post.target}
    on, organ_name = command.context.occurred_on, command.context.actor.organ
    signed = TermInspectionSigned(occurred_on=on, **named, step=own.step, document=command.document, organ=organ_name)
    if {step.step for step in steps} - state.done.keys() - {own.step}:
        return (signed,)
    key, county = f"{about.posting}.inspection", post.target[: DIGITS["county"]]
    done = TermInspectionDone(
        occurred_on=max(on, *state.done.values()) if state.done else on,
        **named,
        inspection=key,
        unit=unit,
        county=county,
        document=command.document,
    )
    return signed, done


def signed(state: Inspection, event: TermInspectionSigned) -> Inspection:
    """The state after TermInspectionSigned."""
    return replace(state, done={**state.done, event.step: event.occurred_on}, document=event.document)


INSPECTION: Part[Inspection] = Part(
    "inspection/{posting}", Inspection(), scope=scope, decides=(sign,), evolve=each(signed)
)
"""The inspection at the end of one posting's term."""
