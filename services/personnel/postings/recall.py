"""From the post back to the unit: recall with its replacement, and the return (PE-106, EV-033).

Invariant: nobody is recalled without the interview, nor on an assumed rule, nor without the demand for a replacement.
"""

from __future__ import annotations

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from kernel.rules import Rules
from programmes.readers.recall import MEASURES
from programmes.refusals import INTERVIEW_MISSING
from programmes.roles import COUNTIES
from services.personnel.postings.posting import CadreRecalled, Posting, RecallCaseNoted, ReplacementDue
from services.personnel.postings.refusals import NOT_ON_POST, NOT_RECALLED, RECALL_NOT_PROVIDED
from services.personnel.postings.returning import ReturnedToUnit

RETURNING = ("recalled", "ended", "adjusted", "withdrawn")


class NoteRecallCase(Order):
    """Record that the interview of a recall case was held."""

    case: Key
    trigger: Key
    posting: Key


class RecallCadre(Command, title="召回调换", roles=COUNTIES, concerns=("posting",)):
    """Recall the cadre of a posting on an interviewed case."""

    posting: Key
    case: Key


class TakeBack(Order):
    """Record that the cadre of a posting that ended is back at the unit."""


def note_case(state: Posting, command: NoteRecallCase) -> list[RecallCaseNoted]:
    """The interviewed case, once."""
    if command.case in state.cases:
        return []
    return [RecallCaseNoted.carrying(command, state.placed, posting=command.posting)]


def recall(state: Posting, command: RecallCadre) -> list[CadreRecalled | ReplacementDue]:
    """The recall and, always with it, the demand for a replacement (PE-106)."""
    rules = rules_of(command)
    _recallable(rules)
    if not command.context.actor.covers(state.placed.target):
        raise NOT_YOUR_BUSINESS(
            act="召回", organ=f"{state.placed.target[:6]} 组织部", field="posting", rule="recall.decide"
        )
    if state.status != "on_post":
        raise NOT_ON_POST()
    if command.case not in state.cases:
        raise INTERVIEW_MISSING(act="召回", accepted=state.cases or "先约谈", rule="recall.interview")
    not_before(command, state.on_post_since, "到岗", "recall.decide")
    not_before(command, state.interviews[command.case], "约谈", "recall.interview")
    return [
        CadreRecalled.carrying(command, state.placed, posting=command.posting, trigger=state.cases[command.case]),
        ReplacementDue.carrying(command, state.placed, posting=command.posting),
    ]


def take_back(state: Posting, command: TakeBack) -> list[ReturnedToUnit]:
    """The return to the unit, after the posting ended (PE-033, PE-107)."""
    actor, placed = command.context.actor, state.placed
    if not (actor.covers(placed.target) or actor.manages(placed.unit) or actor.manages(placed.channel)):
        organ = f"派出单位（{placed.unit}）或派驻县（{placed.target[:6]}）"
        raise NOT_YOUR_BUSINESS(act="返回原单位", organ=organ, field="posting", rule="return.unit")
    if state.status not in RETURNING:
        raise NOT_RECALLED()
    not_before(command, state.ended_on, "任职结束", "return.unit")
    return [ReturnedToUnit.carrying(command, placed, leg=None, sending=None, host=None)]


def _recallable(rules: Rules) -> None:
    found = rules.find(MEASURES)
    if found is None or found.assumed:
        raise RECALL_NOT_PROVIDED()
