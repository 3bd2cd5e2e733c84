"""A procedure: the steps of a notice, held against what was done. The third shape beside duty and condition.

    NOMINATION = Procedure(readers.procedure.NOMINATION)

    step = NOMINATION.admit(command, "qualified", subject, state.done, rules, marks=command.marks)

The verbs stay the domain's: each act has a command and an event of its own, or the one for steps that have no more
meaning than that they were taken (``StepTaken``). Who takes a step, after which others and with what, stands in the
profile, at ``procedure.<name>``, and only there. A state keeps ``Records``, what was done and when; nothing is
planned, nothing runs by itself.

Invariant: no step is taken by another than the profile names, before a step it names, or with less than it asks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kernel.errors import PaizhuError
from kernel.grounds import not_before
from kernel.messages import Actor, Command
from kernel.reader import Reader
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from programmes.readers.organs import ORGANS
from programmes.readers.procedure import Step, Steps
from programmes.refusals import (
    COPIES_INCOMPLETE,
    DUTY_DONE,
    DUTY_OUT_OF_ORDER,
    EVIDENCE_MISSING,
    MARKS_MISSING,
    STEP_NOT_FOR,
    STEP_UNKNOWN,
)
from programmes.roles import all_called

Records = Mapping[str, date]
"""The state of a procedure: by step, the day it was taken, of a step that repeats the last."""
NOTHING: Final[Records] = {}
NO_COPIES: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a procedure is about.

    Args:
        parties: by name (unit, channel, host, home, target, province, …), the id of the unit or channel or the code of
            the division; one that is not known yet is left out.
        attributes: what steps may depend on (level, kind, …), as far as known.
    """

    parties: Mapping[str, str]
    attributes: Mapping[str, str] = field(default_factory=dict)


ANYBODY: Final = Subject({})
"""A subject of whom nothing is known: it takes every step."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """The procedure that ``reader`` reads."""

    reader: Reader[Steps]

    @property
    def path(self) -> str:
        """Where it stands in the profile."""
        return self.reader.path

    def steps(self, rules: Rules, subject: Subject) -> tuple[Step, ...]:
        """The steps that the subject takes, in order. Raises Rejected: ``rule_unknown``."""
        return tuple(step for step in rules.value(self.reader) if step.concerns(subject.attributes))

    def named(self, name: str, rules: Rules) -> Step:
        """The step called so. Raises Rejected: ``step_unknown``, ``rule_unknown``."""
        known = rules.value(self.reader)
        found = next((step for step in known if step.step == name), None)
        if found is None:
            raise STEP_UNKNOWN(step=name, steps=[f"{step.step}（{step.title}）" for step in known], rule=self.path)
        return found

    def of_act(self, act: str, rules: Rules, done: Records = NOTHING, subject: Subject = ANYBODY) -> Step:
        """The first step of an act that the subject takes and has not done; the last of them where all are.

        Where the act is for other subjects alone it is theirs, which ``admit`` then refuses. Raises as ``named``.
        """
        steps = [step for step in rules.value(self.reader) if step.act == act]
        if not steps:
            raise STEP_UNKNOWN(step=act, steps=self._acts(rules), rule=self.path)
        own = [step for step in steps if step.concerns(subject.attributes)] or steps
        return next((step for step in own if step.step not in done), own[-1])

    def admit(
        self,
        command: Command,
        name: str,
        subject: Subject,
        done: Records,
        rules: Rules,
        *,
        field: str = "step",
        copies: Mapping[str, int] = NO_COPIES,
        marks: Collection[str] = (),
        evidence: Collection[str] = (),
    ) -> Step:
        """The step, where the actor may take it on the command's date.

        Args:
            field: the field of the command that names the step, or the subject.
            copies: by kind of document, how many are handed in.
            marks: what was attested. evidence: what was verified against a source.

        Raises:
            Rejected: ``step_unknown``, ``step_not_for`` (a subject that has not to take it), ``not_your_business``,
                ``duty_done``, ``duty_out_of_order``, ``date_before_ground``, ``copies_incomplete``, ``marks_missing``,
                ``evidence_missing``, ``rule_unknown``; with the clause of the step.
        """
        step = self.named(name, rules)
        try:
            self._admit(step, command, subject, done, rules, field)
            self._complete(step, copies, marks, evidence)
        except PaizhuError as refusal:
            raise refusal.cited(rules.basis(self.path)[0], step.clause) from None
        return step

    def open_steps(self, subject: Subject, done: Records, rules: Rules) -> tuple[Step, ...]:
        """The steps that may be taken next, in order."""
        own = self.steps(rules, subject)
        names = {step.step for step in own}
        return tuple(
            step
            for step in own
            if (step.repeats or step.step not in done) and not (names & set(step.after)) - done.keys()
        )

    def _acts(self, rules: Rules) -> list[str]:
        return list(dict.fromkeys(step.act for step in rules.value(self.reader)))

    def _admit(self, step: Step, command: Command, subject: Subject, done: Records, rules: Rules, field: str) -> None:
        if not step.concerns(subject.attributes):
            raise STEP_NOT_FOR(step=step.title, field=field, rule=self.path, when=[*map("、".join, step.when.values())])
        if not acts(step, command.context.actor, subject, rules):
            raise NOT_YOUR_BUSINESS(act=step.title, organ=whose(step, subject, rules), field=field, rule=self.path)
        if step.step in done and not step.repeats:
            raise DUTY_DONE(duty=step.title, on=done[step.step], field=field, rule=self.path)
        before = [one for one in self.steps(rules, subject) if one.step in step.after]
        if missing := [one.title for one in before if one.step not in done]:
            raise DUTY_OUT_OF_ORDER(duty=step.title, before=missing, field=field, rule=self.path)
        for one in before:
            not_before(command, done[one.step], one.title, self.path)

    def _complete(
        self, step: Step, copies: Mapping[str, int], marks: Collection[str], evidence: Collection[str]
    ) -> None:
        for document in step.documents:
            if (fact := copies.get(document.kind, 0)) != document.copies:
                raise COPIES_INCOMPLETE(what=document.kind, threshold=document.copies, fact=fact, rule=self.path)
        if missing := [mark for mark in step.marks if mark not in marks]:
            raise MARKS_MISSING(step=step.title, missing=missing, rule=self.path)
        if missing := [proof for proof in step.evidence if proof not in evidence]:
            raise EVIDENCE_MISSING(step=step.title, missing=missing, rule=self.path)


def acts(step: Step, actor: Actor, subject: Subject, rules: Rules) -> bool:
    """Whether the actor is one of whom the step asks: by role, by organ, and of a party of the subject."""
    if actor.role not in step.by:
        return False
    if step.organ is not None and not actor.organ.endswith(_printed(step.organ, rules)):
        return False
    parties = [subject.parties[name] for name in step.of if subject.parties.get(name)]
    return not step.of or any(actor.manages(party) or actor.covers(party) for party in parties)


def whose(step: Step, subject: Subject, rules: Rules) -> str:
    """Who takes the step, in words: the organ by its name, else the roles, and of which party."""
    if step.organ:
        return _printed(step.organ, rules)
    who = all_called(step.by)
    parties = [subject.parties[name] for name in step.of if subject.parties.get(name)]
    return f"{who}（{'、'.join(parties)}）" if parties else who


def _printed(organ: str, rules: Rules) -> str:
    return next((row.printed for row in rules.value(ORGANS) if row.organ == organ), organ)
