"""Steps that mean no more than that they were taken: a consultation, a publicity, a word of another organ.

Who takes them, after which, with which documents and in how many copies stands in the profile, so that a notice may
ask for as many as it likes (``procedure.nomination``, act ``record``). Invariant: a step whose act has a command of its
own is taken by that one alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Few, Key, Line, Order
from programmes.roles import MANAGERS, PROVINCE, TOWNSHIPS, UNITS
from programmes.texts import impersonal
from services.personnel.candidacy.candidacy import PROCEDURE, Candidacy, NomineeCleared, cleared
from services.personnel.candidacy.refusals import CANDIDATE_FAILED, STEP_OF_ANOTHER_ACT

RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """Documents of one kind, and how many copies of them."""

    kind: Line
    copies: int


class StepTaken(Event, title="办理环节"):
    """A further step of the procedure was taken; ``title`` is what the notice calls it, ``organ`` who took it."""

    rule = PROCEDURE.path

    programme: Key
    candidacy: Key
    person: Key
    unit: Key
    channel: Key
    level: Key
    step: Key
    title: Line
    organ: Line
    document: Line


class TakeStep(Command, title="办理程序环节", roles=UNITS | MANAGERS | TOWNSHIPS | PROVINCE, concerns=("nominees",)):
    """Take a further step for candidates, on a document: all or none."""

    nominees: tuple[Key, ...]
    step: Key
    document: Line
    handed_in: Few[HandedIn] = ()


class TakeFurther(Order):
    """One of them."""

    step: Key
    document: Line
    handed_in: tuple[HandedIn, ...]
    at: str


def take_further(state: Candidacy, command: TakeFurther) -> list[StepTaken | NomineeCleared]:
    """The step, and that a village may be assigned where it was the last before that.

    Raises:
        Rejected: ``candidate_failed``, ``step_of_another_act``, and as ``Procedure.admit``.
    """
    rules, filed = rules_of(command), state.filed
    if state.failed is not None:
        raise CANDIDATE_FAILED(candidacy=filed.candidacy, conditions=state.failed, field=command.at)
    named = PROCEDURE.named(command.step, rules)
    if named.act != RECORD:
        raise STEP_OF_ANOTHER_ACT(step=named.title)
    copies = {one.kind: one.copies for one in command.handed_in}
    step = PROCEDURE.admit(command, command.step, state.subject, state.done, rules, field=command.at, copies=copies)
    document = impersonal(command.document, "document")
    organ = command.context.actor.organ
    taken = StepTaken.carrying(command, filed, step=step.step, title=step.title, organ=organ, document=document)
    return [taken, *cleared(state, taken, rules)]
