"""Three opinions with a seal each, in order, and the stamp when the list is confirmed (PE-009, PE-007).

Who gives which opinion, after which other, stands in the profile (``procedure.registration_form``). Invariant: no
opinion comes before the one it follows, in order or by date, and a corrected form is sealed anew from the first one.
"""

from __future__ import annotations

from datetime import date

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Order
from programmes.procedure import Procedure, Subject
from programmes.readers.papers import SIGN_OFF, SIGNERS
from programmes.readers.procedure import Step
from programmes.roles import MANAGERS, PROVINCE, UNITS
from programmes.signing import Signing, signed
from services.personnel.papers.paper import FORM, FormStamped, OpinionSealed, Paper, Stage
from services.personnel.papers.refusals import LIST_NOT_CONFIRMED

PROCEDURE = Procedure(SIGN_OFF)
ACTS = {"reporting": "report_opinion", "reviewing": "review_opinion", "approving": "approve_opinion"}


class SealOpinion(Command, title="登记表意见盖章", roles=PROVINCE | MANAGERS | UNITS, concerns=("nomination",)):
    """Give the opinion of a stage on a nominee's form, with the organ's seal."""

    programme: Key
    nomination: Key
    stage: Stage


class StampForm(Command, title="登记表核准盖章", roles=PROVINCE | MANAGERS, concerns=("nomination",)):
    """Stamp all copies of a form, once the person's place is confirmed."""

    programme: Key
    nomination: Key
    copies: int


class Opine(Order):
    """``SealOpinion`` as it reaches the paper, told of whom the form is and how often it was corrected."""

    programme: Key
    document: Key
    person: Key
    stage: Stage
    version: int
    revision: int
    subject: Subject
    signing: Signing | None


class Stamp(Order):
    """``StampForm`` as it reaches the paper; ``placed`` is the day the list was confirmed, None before."""

    programme: Key
    document: Key
    person: Key
    version: int
    revision: int
    subject: Subject
    copies: int
    placed: date | None
    target: str
    unit: str
    signing: Signing | None


def opine(state: Paper | None, command: Opine) -> list[OpinionSealed]:
    """The opinion (PE-009).

    Raises:
        Rejected: as ``Procedure.admit``: ``duty_out_of_order`` where an earlier opinion on this version is missing,
            ``date_before_ground`` where it is of a later day, ``not_your_business``, ``duty_done``; as ``signed`` where
            another holds the post that day (X-057).
    """
    step = _step(ACTS[command.stage], command)
    done = state.done_on(command.revision) if state is not None else {}
    PROCEDURE.admit(command, step.step, command.subject, done, rules_of(command), field="stage")
    by = signed(command.signing, command.context, step.title, "stage", SIGNERS.path)
    return [OpinionSealed.carrying(command, by, step=step.step, organ=command.context.actor.organ)]


def stamp(state: Paper | None, command: Stamp) -> list[FormStamped]:
    """The stamp on every copy (PE-007).

    Raises:
        Rejected: ``list_not_confirmed``, ``date_before_ground`` for a day before the list was confirmed; as
            ``Procedure.admit``, ``copies_incomplete`` among them; as ``signed`` (X-057).
    """
    step = _step("stamp", command)
    if command.placed is None:
        raise LIST_NOT_CONFIRMED()
    done = state.done_on(command.revision) if state is not None else {}
    copies = {FORM: command.copies}
    PROCEDURE.admit(command, step.step, command.subject, done, rules_of(command), field="nomination", copies=copies)
    not_before(command, command.placed, "确定名单", PROCEDURE.path)
    by = signed(command.signing, command.context, step.title, "nomination", SIGNERS.path)
    organ = command.context.actor.organ
    return [FormStamped.carrying(command, by, step=step.step, expected=command.copies, organ=organ)]


def _step(act: str, command: Opine | Stamp) -> Step:
    """The step of the act that this form takes; the profile has one for each kind of unit."""
    return PROCEDURE.of_act(act, rules_of(command), subject=command.subject)
