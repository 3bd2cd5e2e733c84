"""Behind the list: the forms in their copies by their day, and the commendation itself (EV-020, EV-021).

Source: notice of 13 May 2003, 三 and 三（三）.
Invariant: nobody is commended without a completed assessment; a form behind its day is taken and marked late.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.grounds import rules_of
from kernel.messages import Command, Key, Line, Order
from programmes.readers.commendation import FORM_DEADLINE, FORM_RECIPIENT, GRANTED_FROM, GRANTED_UNTIL
from programmes.roles import CITIES, PROVINCE
from services.evaluation.honours.commendation import (
    STEPS,
    CommendationFormFiled,
    CommendationGranted,
    Round,
)
from services.evaluation.honours.nominating import admitted
from services.evaluation.honours.refusals import FORM_SENT_ELSEWHERE, GRANT_OUTSIDE, NOT_YET_ASSESSED


class FileCommendationForm(Command, title="报送表彰登记表", roles=CITIES, concerns=("subject",)):
    """Send the form of a proposed subject in."""

    programme: Key
    subject: Key
    copies: int
    recipient: Line


class GrantCommendation(Command, title="表彰", roles=PROVINCE, concerns=("programme",)):
    """Commend; ``reason`` where the day lies outside those of the notice."""

    programme: Key
    subject: Key
    reason: str = ""


class Grant(Order):
    """The same, told whether the assessment of a person was reviewed; None of a place, which has none."""

    programme: Key
    subject: Key
    reason: str
    reviewed: bool | None


def file(state: Round, command: FileCommendationForm) -> Sequence[CommendationFormFiled]:
    """The form, in its copies and by its day (EV-020).

    Raises:
        Rejected: ``commendation_unknown``, ``form_sent_elsewhere``, and as ``Procedure.admit``: ``copies_incomplete``,
            ``duty_out_of_order``, ``duty_done``.
    """
    rules = rules_of(command)
    step = STEPS.of_act("file", rules)
    copies = {document.kind: command.copies for document in step.documents}
    found, name = admitted(state, command, command.subject, "file", copies=copies)
    recipient = rules.value(FORM_RECIPIENT)
    if command.recipient != recipient:
        raise FORM_SENT_ELSEWHERE(recipient=recipient, given=command.recipient)
    about, late = found.chosen, command.context.occurred_on > rules.value(FORM_DEADLINE)
    return (CommendationFormFiled.carrying(command, sending=about.sending, host=about.host, step=name, late=late),)


def grant(state: Round, command: Grant) -> Sequence[CommendationGranted]:
    """The commendation; in principle within the days of the notice (EV-021).

    Raises:
        Rejected: ``commendation_unknown``, ``not_yet_assessed``, ``grant_outside``, and as ``Procedure.admit``.
    """
    rules, on = rules_of(command), command.context.occurred_on
    found, name = admitted(state, command, command.subject, "grant")
    if command.reviewed is False:
        raise NOT_YET_ASSESSED(what="省委组织部审查", act="表彰", rule=STEPS.path)
    since, until = rules.value(GRANTED_FROM), rules.value(GRANTED_UNTIL)
    if not since <= on <= until and not command.reason.strip():
        raise GRANT_OUTSIDE(since=since, until=until, on=on)
    return (CommendationGranted.carrying(found.chosen, occurred_on=on, step=name, reason=command.reason),)
