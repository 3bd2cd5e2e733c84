"""Checking who applied: four gates, four conditions, verified sources, exceptions (PE-020, PE-022 to PE-026, PE-030).

Source: 晋组通字〔2015〕41号 二, 三.2. Invariant: nobody is qualified on the own word, with a gate missing, or with a
condition that nobody looked at. The conditions stand under 原则上: one that is not met needs a reason and the consent
of the department that files; one that was not looked at cannot be excepted.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from kernel.calendar import add_months
from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Few, Key, Line
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from programmes.condition import AT_LEAST, EXACTLY, Condition
from programmes.procedure import acts, whose
from programmes.readers.candidacy import (
    ATTESTED,
    CONSENT,
    IN_PRINCIPLE,
    PARTY_STATUS,
    POOLS,
    SKILLS,
    THROUGH_TERM,
    WORK_YEARS,
    WORK_YEARS_FROM,
)
from programmes.readers.swap import TERM
from programmes.refusals import DUTY_DONE
from programmes.roles import CITIES, COUNTIES, PROVINCE, UNITS
from programmes.texts import impersonal
from services.personnel.candidacy.candidacy import (
    PROCEDURE,
    Candidacy,
    ConditionExcepted,
    Evidence,
    GatePassed,
    NomineeQualified,
    take,
)
from services.personnel.candidacy.refusals import (
    CANDIDATE_FAILED,
    CONDITION_UNMET,
    CONDITIONS_UNCHECKED,
    GATE_UNKNOWN,
    NOT_FULL_MEMBER,
    NOT_IN_PRINCIPLE,
    POOL_UNKNOWN,
    RETIRED,
    TOO_FEW_YEARS,
)
from services.personnel.nomination.refusals import CONDITIONS_MISSING
from services.personnel.nomination.roster import InitialCheckFailed


class PassGates(Command, title="人选把关", roles=UNITS, concerns=("candidacy",)):
    """Say that the candidate passes these gates; who does not pass one is rejected."""

    candidacy: Key
    gates: Few[Line]


class ConsentToException(Command, title="同意条件例外", roles=PROVINCE | CITIES | COUNTIES, concerns=("candidacy",)):
    """Consent, as the department that files, to one condition not being met."""

    candidacy: Key
    condition: Key
    reason: Line


class QualifyApplicant(Command, title="资格审查", roles=UNITS, concerns=("candidacy",)):
    """Find the candidate qualified.

    ``attested`` are conditions that are met by attestation and ``unmet`` those that are not; what stands in neither was
    not looked at. ``retires_on`` is the first day in retirement, None where it is not near.
    """

    candidacy: Key
    pool: Key
    party_status: Literal["full", "probationary", "none"] | None = None
    work_start: date | None = None
    retires_on: date | None = None
    attested: Few[Key] = ()
    unmet: Few[Key] = ()
    tags: Few[Key] = ()
    evidence: Few[Evidence] = ()


class RejectApplicant(Command, title="资格审查不合格", roles=UNITS, concerns=("candidacy",)):
    """Find the candidate not qualified, for the conditions named in free words; also behind the check."""

    candidacy: Key
    conditions: Few[Line]


PARTY = Condition(PARTY_STATUS, EXACTLY, NOT_FULL_MEMBER)
YEARS = Condition(WORK_YEARS, AT_LEAST, TOO_FEW_YEARS)


def pass_gates(state: Candidacy, command: PassGates) -> list[GatePassed]:
    """One mark a gate, each with its author and day (PE-026).

    Raises:
        Rejected: ``gate_unknown``, ``duty_done`` for a gate passed before, and as ``take``, but for what it is to have.
    """
    rules = rules_of(command)
    step = PROCEDURE.of_act("qualify", rules, subject=state.subject)
    take(state, command, "qualify", rules, marks=step.marks, evidence=step.evidence)
    if not command.gates or not set(command.gates) <= set(step.marks):
        raise GATE_UNKNOWN(gates=step.marks)
    passed: dict[str, date] = dict(state.gates)
    for gate in command.gates:
        if gate in passed:
            raise DUTY_DONE(duty=gate, on=passed[gate], field="gates", rule=PROCEDURE.path)
        passed[gate] = command.context.occurred_on
    author = command.context.actor.person
    key = command.candidacy
    return [
        GatePassed.carrying(command, state.filed, candidacy=key, gate=gate, author=author) for gate in command.gates
    ]


def consent(state: Candidacy, command: ConsentToException) -> list[ConditionExcepted]:
    """The exception, by the department that will file the candidate (PE-022 to PE-025).

    Raises:
        Rejected: ``not_in_principle`` for what is no condition under 原则上, ``not_your_business``, ``duty_done``.
    """
    rules = rules_of(command)
    rules.value(CONSENT)
    allowed, actor = rules.value(IN_PRINCIPLE), command.context.actor
    filing = PROCEDURE.of_act("file", rules, subject=state.subject)
    if not acts(filing, actor, state.subject, rules):
        organ = whose(filing, state.subject, rules)
        raise NOT_YOUR_BUSINESS(act="条件例外", organ=organ, field="candidacy", rule=CONSENT.path)
    if command.condition not in allowed:
        raise NOT_IN_PRINCIPLE(conditions=allowed)
    qualified = PROCEDURE.of_act("qualify", rules, subject=state.subject)
    if command.condition in state.excepted or qualified.step in state.done:
        on = state.done.get(qualified.step, command.context.occurred_on)
        raise DUTY_DONE(duty="条件例外或资格审查", on=on, field="condition", rule=IN_PRINCIPLE.path)
    return [
        ConditionExcepted.carrying(
            command,
            state.filed,
            candidacy=command.candidacy,
            reason=impersonal(command.reason, "reason"),
            organ=actor.organ,
        )
    ]


def qualify(state: Candidacy, command: QualifyApplicant) -> list[NomineeQualified]:
    """The candidate qualified (PE-020, PE-022 to PE-026, PE-030).

    Raises:
        Rejected: ``pool_unknown``, ``retired``, ``conditions_unchecked``, ``not_full_member``, ``too_few_years``,
            ``condition_unmet``, and as ``take``: ``marks_missing`` for a gate, ``evidence_missing`` for a source.
    """
    rules = rules_of(command)
    verified = {one.of for one in command.evidence}
    step = take(state, command, "qualify", rules, marks=state.gates, evidence=verified)
    not_before(command, max(state.gates.values(), default=None), "把关", PROCEDURE.path)
    pools = rules.value(POOLS)
    if command.pool not in pools:
        raise POOL_UNKNOWN(pools=pools)
    retires_in_term = _employed(command, rules)
    reference = _reference(state, command, rules)
    excepted = _conditions(state, command, reference, rules)
    for one in command.evidence:
        impersonal(f"{one.source} {one.verifier}", "evidence")
    skills = rules.value(SKILLS)
    return [
        NomineeQualified.carrying(
            command,
            state.filed,
            candidacy=command.candidacy,
            step=step.step,
            preferred=tuple(tag for tag in command.tags if tag in skills),
            excepted=excepted,
            reference=reference,
            retires_in_term=retires_in_term,
        )
    ]


def reject(state: Candidacy, command: RejectApplicant) -> list[InitialCheckFailed]:
    """The failure, with what was failed: the person goes no further, and the unit has a place open (AL-035).

    It may come out behind the check too, as long as no village is assigned.

    Raises:
        Rejected: ``not_your_business``, ``candidate_failed``, ``duty_done`` once the village is assigned,
            ``conditions_missing``, ``date_before_ground``.
    """
    rules, filed = rules_of(command), state.filed
    step, last = (
        PROCEDURE.of_act("qualify", rules, subject=state.subject),
        PROCEDURE.of_act("determine", rules, subject=state.subject),
    )
    if not acts(step, command.context.actor, state.subject, rules):
        organ = whose(step, state.subject, rules)
        raise NOT_YOUR_BUSINESS(act=step.title, organ=organ, field="candidacy", rule=PROCEDURE.path)
    if state.failed is not None:
        raise CANDIDATE_FAILED(candidacy=filed.candidacy, conditions=state.failed, field="candidacy")
    if last.step in state.done:
        raise DUTY_DONE(duty=last.title, on=state.done[last.step], field="candidacy", rule=PROCEDURE.path)
    if not command.conditions:
        raise CONDITIONS_MISSING()
    not_before(command, max(state.done.values()), "上一环节", PROCEDURE.path)
    conditions = tuple(impersonal(text, "conditions") for text in command.conditions)
    return [
        InitialCheckFailed.carrying(command, filed, nomination=command.candidacy, kind="village", conditions=conditions)
    ]


def _employed(command: QualifyApplicant, rules: Rules) -> bool | None:
    """Whether who left a post because of age retires within the term; nobody is sent who has retired (PE-020)."""
    on = command.context.occurred_on
    if command.retires_on is not None and command.retires_on <= on:
        raise RETIRED(since=command.retires_on)
    if command.pool not in rules.value(THROUGH_TERM):
        return None
    if command.retires_on is None:
        raise CONDITIONS_UNCHECKED(missing="退休时间", field="retires_on")
    return command.retires_on < add_months(on, rules.value(TERM))


def _reference(state: Candidacy, command: QualifyApplicant, rules: Rules) -> date:
    """The day on which years of work are counted; nothing is printed of it (PE-024)."""
    if rules.value(WORK_YEARS_FROM) == "application":
        return state.filed.occurred_on
    return command.context.occurred_on


def _conditions(state: Candidacy, command: QualifyApplicant, reference: date, rules: Rules) -> tuple[str, ...]:
    """The conditions that are not met and were excepted; raises for one that nobody looked at, and one not excepted."""
    years = None if command.work_start is None else full_years(command.work_start, reference)
    attested = rules.value(ATTESTED)
    met: dict[str, bool | None] = {
        "party_status": PARTY.judge(rules, command.party_status).met,
        "work_years": YEARS.judge(rules, years).met,
    }
    for row in attested:
        met[row.condition] = False if row.condition in command.unmet else row.condition in command.attested or None
    if unchecked := [name for name, found in met.items() if found is None]:
        printed = {"party_status": "党员身份", "work_years": "参加工作时间"}
        printed |= {row.condition: row.printed for row in attested}
        raise CONDITIONS_UNCHECKED(missing=[printed[name] for name in unchecked], field="attested")
    if "party_status" not in state.excepted:
        PARTY.require(rules, command.party_status)
    if "work_years" not in state.excepted:
        YEARS.require(rules, years)
    for row in attested:
        if not met[row.condition] and row.condition not in state.excepted:
            raise CONDITION_UNMET(condition=row.printed)
    return tuple(name for name, found in met.items() if not found)


def full_years(since: date, on: date) -> int:
    """The full years from ``since`` to ``on``: 2 on the very day two years later, 1 on the day before."""
    years = on.year - since.year
    return years if add_months(since, 12 * years) <= on else years - 1
