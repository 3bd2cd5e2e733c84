"""From the unit's decision to the filing, and to the village (PE-027, PE-028, PE-031).

Source: 晋组通字〔2015〕41号 三. Invariant: a unit recommends whom it found qualified and nobody else; whoever is of a
provincial unit is filed after the poverty office approved, everybody else by the department of the own level alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Few, Key, Line, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.procedure import Subject
from programmes.refusals import DUTY_OUT_OF_ORDER
from programmes.roles import CITIES, COUNTIES, PROVINCE, UNITS
from programmes.texts import impersonal
from services.personnel.candidacy.candidacy import (
    PROCEDURE,
    Candidacy,
    NomineeCleared,
    NomineeDetermined,
    NomineeFiled,
    NomineeRecommended,
    PovertyOfficeApproved,
    cleared,
    take,
)
from services.personnel.candidacy.refusals import CANDIDATE_FAILED, NOT_TO_REPLACE
from services.personnel.nomination.refusals import DECISION_MISSING
from services.personnel.nomination.roster import NomineeReplaced
from services.personnel.postings.changeover import DetermineSuccessor


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """That ``nominee`` is recommended in place of ``failed``, both candidacies of one unit."""

    nominee: Key
    failed: Key


class RecommendNominees(Command, title="组织推荐", roles=UNITS, concerns=("nominees",)):
    """Recommend candidates by a decision of the unit's party committee: all or none."""

    nominees: tuple[Key, ...]
    decision: str
    instead: Few[Instead] = ()


class Recommend(Order):
    """One of them; ``at`` is its place in the list."""

    decision: str
    at: str


class Replace(Order):
    """Note at the one who failed that ``nomination`` takes the place."""

    nomination: Key
    person: Key
    unit: Key


class ApproveNominees(Command, title="扶贫办审核同意", roles=PROVINCE, concerns=("nominees",)):
    """Approve candidates of provincial units, as the poverty office: all or none."""

    nominees: tuple[Key, ...]
    document: Line


class Approve(Order):
    """One of them."""

    document: Line
    at: str


class FileNominees(Command, title="人选备案", roles=PROVINCE | CITIES | COUNTIES, concerns=("nominees",)):
    """File candidates, as the department of their unit's level: all or none."""

    nominees: tuple[Key, ...]
    document: Line


class FileNominee(Order):
    """One of them."""

    document: Line
    at: str


class Determine(Order):
    """The host county assigned the village (allocation); ``lapsed`` where that undoes what was determined before."""

    target: Area
    posting: Key
    unit: Key
    lapsed: bool = False


def recommend(state: Candidacy, command: Recommend) -> list[NomineeRecommended]:
    """The recommendation (PE-031).

    Raises:
        Rejected: ``duty_out_of_order`` for one who is not qualified, ``decision_missing``, and as ``take``.
    """
    step = take(state, command, "recommend", rules_of(command), command.at)
    if not command.decision.strip():
        raise DECISION_MISSING()
    decision = impersonal(command.decision, "decision")
    return [NomineeRecommended.carrying(command, state.filed, step=step.step, decision=decision)]


def replace_failed(state: Candidacy, command: Replace) -> list[NomineeReplaced]:
    """Another takes the place of one who failed; what that one failed is kept (AL-035).

    Raises:
        Rejected: ``not_your_business`` for one of another unit, ``not_to_replace`` for who did not fail or has been
            replaced.
    """
    filed = state.filed
    if filed.unit != command.unit or not command.context.actor.manages(filed.unit):
        raise NOT_YOUR_BUSINESS(act="另行选派他人", organ=filed.unit, field="instead", rule="renomination.same_unit")
    if state.failed is None or state.replaced_by:
        raise NOT_TO_REPLACE(candidacy=filed.candidacy)
    return [
        NomineeReplaced.carrying(
            command,
            programme=filed.programme,
            replaces=filed.candidacy,
            replaced=filed.person,
            channel=filed.channel,
            kind="village",
            place="village",
            failed_conditions=state.failed,
        )
    ]


def approve(state: Candidacy, command: Approve) -> list[PovertyOfficeApproved]:
    """The approval (PE-027). Raises as ``take``: ``step_not_for`` for whoever is of no provincial unit."""
    step = take(state, command, "approve", rules_of(command), command.at)
    document = impersonal(command.document, "document")
    return [PovertyOfficeApproved.carrying(command, state.filed, step=step.step, document=document)]


def file(state: Candidacy, command: FileNominee) -> list[NomineeFiled | NomineeCleared]:
    """The filing by the department of the unit's level (PE-027).

    Raises:
        Rejected: as ``take``: ``duty_out_of_order`` before the approval, ``not_your_business`` for another level.
    """
    rules = rules_of(command)
    step = take(state, command, "file", rules, command.at)
    filed = NomineeFiled.carrying(
        command, state.filed, step=step.step, document=impersonal(command.document, "document")
    )
    return [filed, *cleared(state, filed, rules)]


def determine(state: Candidacy, command: Determine) -> list[NomineeDetermined]:
    """That it is determined: the village was assigned by the host county, which allocation held it to (PE-028).

    Raises:
        Rejected: ``duty_out_of_order`` for one who is not filed, or is determined already; ``candidate_failed``.
    """
    rules, filed = rules_of(command), state.filed
    if state.failed is not None:
        raise CANDIDATE_FAILED(candidacy=filed.candidacy, conditions=state.failed, field="person")
    step = PROCEDURE.of_act("determine", rules, subject=state.subject)
    done = {name: day for name, day in state.done.items() if not (command.lapsed and name == step.step)}
    if step not in PROCEDURE.open_steps(state.subject, done, rules) or filed.unit != command.unit:
        before = [one.title for one in PROCEDURE.steps(rules, state.subject) if one.step in step.after]
        raise DUTY_OUT_OF_ORDER(duty=step.title, before=before, field="person", rule=PROCEDURE.path)
    not_before(command, max(done.values()), "备案", PROCEDURE.path)
    return [NomineeDetermined.carrying(command, filed, unit=filed.unit, step=step.step)]


def determine_successor(state: Candidacy, command: DetermineSuccessor) -> list[NomineeDetermined]:
    """That the candidate follows on an incumbent, determined by whom the notice lets assign the village (PE-108).

    Raises:
        Rejected: ``candidate_failed``, and as ``Procedure.admit``: ``not_your_business``, ``duty_out_of_order`` for one
            who is not filed, ``duty_done`` for one who has a village.
    """
    rules, filed = rules_of(command), state.filed
    if state.failed is not None:
        raise CANDIDATE_FAILED(candidacy=filed.candidacy, conditions=state.failed, field="successors")
    there = Subject(
        {**state.subject.parties, "host": command.target[:6], "target": command.target}, state.subject.attributes
    )
    step = PROCEDURE.of_act("determine", rules, subject=there)
    PROCEDURE.admit(command, step.step, there, state.done, rules, field="successors")
    return [NomineeDetermined.carrying(command, filed, step=step.step)]
