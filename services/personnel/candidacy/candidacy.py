"""A candidacy: one person's way through the steps of a notice, from the application until the village is known.

Source: 晋组通字〔2015〕41号 三. Invariant: the steps, their order and who takes them stand in the profile
(``procedure.nomination``), none is skipped (PE-028), and every step is an event with its actor and its day. Whoever
fails goes no further; that another stands in his place is noted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from kernel.messages import Area, Command, Event, Key, Line, Text
from kernel.rules import Rules
from programmes.procedure import Procedure, Records, Subject
from programmes.readers.candidacy import NOMINATION
from programmes.readers.procedure import Step
from services.personnel.candidacy.refusals import CANDIDATE_FAILED
from services.personnel.nomination.roster import InitialCheckFailed, NomineeReplaced

PROCEDURE = Procedure(NOMINATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was verified against a source: party membership, identity; ``verifier`` is who looked."""

    of: Key
    source: Line
    verifier: Line


class ApplicationFiled(Event, title="个人报名"):
    """A person applied to the personnel department of the own unit (PE-029); the form is sealed under the person's key.

    ``application`` names the signed paper, ``consent`` the recorded consent where another handed it in, else empty.
    """

    rule = "nomination.apply"

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    province: Area
    step: Key
    application: Line
    consent: str
    form: Key
    sealed: Text


class GatePassed(Event, title="把关通过"):
    """The unit's personnel department passed the candidate at one gate; ``author`` answers for it (PE-026)."""

    rule = "check.individual"

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    gate: Line
    author: Key


class ConditionExcepted(Event, title="条件例外"):
    """The department that files consented to one condition not being met, for the ``reason`` given."""

    rule = "candidate.in_principle"

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    condition: Key
    reason: Line
    organ: Line


class NomineeQualified(Event, title="资格审查通过"):
    """The unit's personnel department found the candidate qualified (PE-020 to PE-026, PE-030).

    ``preferred`` are those of ``tags`` that the notice prefers, ``excepted`` the conditions that are not met and were
    excepted, ``reference`` the day on which years of work were counted. ``retires_in_term`` says whether who left a
    post because of age retires before the term is over; None for others.
    """

    rule = "check.individual"

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    step: Key
    pool: Key
    tags: tuple[Key, ...]
    preferred: tuple[Key, ...]
    excepted: tuple[Key, ...]
    evidence: tuple[Evidence, ...]
    reference: date
    retires_in_term: bool | None


class NomineeRecommended(Event, title="组织推荐"):
    """The unit's party committee decided to recommend the candidate (PE-031)."""

    rule = "nomination.decision"

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    step: Key
    decision: Line


class PovertyOfficeApproved(Event, title="扶贫办审核同意"):
    """The province's poverty office approved the candidate of a provincial unit (PE-027)."""

    rule = "nomination.approve"

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    step: Key
    document: Line


class NomineeFiled(Event, title="人选备案"):
    """The department of the unit's level filed the candidate (PE-027)."""

    rule = "nomination.file"

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    step: Key
    document: Line


class NomineeCleared(Event, title="人选可分配"):
    """Every step before the decision is done: from here on a host county may assign a village."""

    rule = PROCEDURE.path

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    kind: Literal["village"]
    tags: tuple[Key, ...]


class NomineeDetermined(Event, title="研究确定"):
    """The host county assigned the village: it is settled who goes where."""

    rule = "placement.determine"
    areas = ("target",)

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    target: Area
    posting: Key
    step: Key


@dataclass(frozen=True, slots=True)
class Candidacy:
    """How far a candidate has come: the day of each step, of each gate, what was excepted, and the tags attested.

    ``failed`` are the conditions of one who failed, None for others; ``replaced_by`` the candidacy in his place.
    """

    filed: ApplicationFiled
    done: Records
    gates: Mapping[str, date] = field(default_factory=dict)
    excepted: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    failed: tuple[str, ...] | None = None
    replaced_by: str = ""

    def running(self, rules: Rules) -> bool:
        """Whether the candidate is on the way: not failed, and no village assigned yet."""
        return self.failed is None and PROCEDURE.of_act("determine", rules, subject=self.subject).step not in self.done

    @property
    def subject(self) -> Subject:
        """Whom the steps are about."""
        return subject_of(self.filed.unit, self.filed.channel, self.filed.province, self.filed.level)


def subject_of(unit: str, channel: str, province: str, level: str) -> Subject:
    """A candidate of ``unit``, for the procedure."""
    return Subject({"unit": unit, "channel": channel, "province": province}, {"level": level})


def cleared(state: Candidacy, taken: Event, rules: Rules) -> list[NomineeCleared]:
    """What follows where ``taken`` was the last of the steps that are to be done before a village is assigned.

    Raises:
        Rejected: ``step_unknown``, ``rule_unknown``.
    """
    now = evolve(state, taken)
    step = PROCEDURE.of_act("determine", rules, subject=state.subject)
    if now is None or step not in PROCEDURE.open_steps(state.subject, now.done, rules):
        return []
    return [NomineeCleared.carrying(state.filed, occurred_on=max(now.done.values()), kind="village", tags=state.tags)]


def take(state: Candidacy, command: Command, act: str, rules: Rules, field: str = "candidacy", **given: Any) -> Step:
    """The step that ``act`` is for this candidate, where the actor may take it now (PE-028).

    Raises:
        Rejected: ``candidate_failed``, and as ``Procedure.admit``.
    """
    if state.failed is not None:
        raise CANDIDATE_FAILED(candidacy=state.filed.candidacy, conditions=state.failed, field=field)
    step = PROCEDURE.of_act(act, rules, state.done, state.subject)
    return PROCEDURE.admit(command, step.step, state.subject, state.done, rules, field=field, **given)


def evolve(state: Candidacy | None, event: Event) -> Candidacy | None:
    """The candidacy after ``event``."""
    if isinstance(event, ApplicationFiled):
        return Candidacy(event, {event.step: event.occurred_on})
    if state is None:
        return None
    match event:
        case GatePassed():
            return replace(state, gates={**state.gates, event.gate: event.occurred_on})
        case ConditionExcepted():
            return replace(state, excepted=state.excepted | {event.condition})
        case NomineeQualified():
            state = replace(state, tags=event.tags)
        case InitialCheckFailed():
            return replace(state, failed=event.conditions)
        case NomineeReplaced():
            return replace(state, replaced_by=event.nomination)
    step = getattr(event, "step", None)
    return state if step is None else replace(state, done={**state.done, step: event.occurred_on})
