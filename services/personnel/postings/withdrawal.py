"""Withdrawal and adjustment: a posting ends by a decision that has a ground, an organ and a document (PE-107, EV-006).

Invariant: no calendar ends a posting here; a sanction rests on the record of what it sanctions and never on an assumed
rule.
"""

from __future__ import annotations

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Line, Order, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.endings import ADJUSTMENT_GROUNDS, WITHDRAWAL_BY, WITHDRAWAL_GROUNDS
from programmes.roles import COUNTIES, MANAGERS, PROVINCE, all_called
from programmes.texts import impersonal
from services.personnel.postings.ended import CadreWithdrawn, ConsequenceNoted, PostAdjusted
from services.personnel.postings.posting import Posting
from services.personnel.postings.refusals import (
    CONSEQUENCE_MISSING,
    GROUND_ASSUMED,
    GROUND_UNKNOWN,
    POSTING_OVER,
    REASON_MISSING,
)


class WithdrawCadre(Command, title="选派退出", roles=PROVINCE | MANAGERS, concerns=("posting",)):
    """End a posting on the command's date. ``ground`` is one of the profile, ``organ`` who decided, ``document`` the
    paper it stands in."""

    posting: Key
    ground: Key
    organ: Line
    document: Line
    reason: Text = ""


class AdjustCadre(Command, title="选派调整", roles=COUNTIES, concerns=("posting",)):
    """Take a cadre off the post. ``consequence`` is the record of evaluation that the ground asks for."""

    posting: Key
    ground: Key
    organ: Line
    document: Line
    reason: Text
    consequence: Key | None = None


class NoteConsequence(Order):
    """Evaluation says that bad consequences of a cadre's work are on record."""

    posting: Key
    consequence: Key


def withdraw(state: Posting, command: WithdrawCadre) -> list[CadreWithdrawn]:
    """The end of the posting (PE-107). Source: derived; the grounds are a setting of the profile.

    Raises:
        Rejected: ``not_your_business``, ``ground_unknown``, ``reason_missing``, ``posting_over``,
            ``date_before_ground``, ``rule_unknown``.
    """
    rules, placed = rules_of(command), state.placed
    actor, by = command.context.actor, rules.value(WITHDRAWAL_BY)
    own = actor.covers(placed.target) or actor.manages(placed.unit) or actor.manages(placed.channel)
    if actor.role not in by or not own:
        organ = f"{placed.target} 所在地的{all_called(by)}"
        raise NOT_YOUR_BUSINESS(act="选派退出", organ=organ, field="posting", rule=WITHDRAWAL_BY.path)
    grounds = {row.ground: row for row in rules.value(WITHDRAWAL_GROUNDS)}
    found = grounds.get(command.ground)
    if found is None:
        raise GROUND_UNKNOWN(ground=command.ground, grounds=[*grounds], rule=WITHDRAWAL_GROUNDS.path)
    if found.text and not command.reason.strip():
        raise REASON_MISSING(ground=found.printed, rule=WITHDRAWAL_GROUNDS.path)
    _still_held(state, command, WITHDRAWAL_GROUNDS.path)
    return [
        CadreWithdrawn.carrying(
            command,
            placed,
            reason=impersonal(command.reason, "reason"),
            organ=impersonal(command.organ, "organ"),
            document=impersonal(command.document, "document"),
            posting=command.posting,
            returns=found.returns,
            frees=found.frees,
        )
    ]


def adjust(state: Posting, command: AdjustCadre) -> list[PostAdjusted]:
    """The adjustment (PE-107, EV-006). Source: 晋组通字〔2015〕41号 五.5.

    Raises:
        Rejected: ``not_your_business``, ``ground_unknown``, ``consequence_missing``, ``ground_assumed`` for a sanction
            that no printed rule knows, ``posting_over``, ``date_before_ground``, ``rule_unknown``.
    """
    placed, path = state.placed, ADJUSTMENT_GROUNDS.path
    rule = rules_of(command).rule(ADJUSTMENT_GROUNDS)
    if not command.context.actor.covers(placed.target):
        raise NOT_YOUR_BUSINESS(act="选派调整", organ=f"{placed.target[:6]} 组织部", field="posting", rule=path)
    grounds = {row.ground: row for row in rule.value}
    found = grounds.get(command.ground)
    if found is None:
        raise GROUND_UNKNOWN(ground=command.ground, grounds=[*grounds], rule=path)
    if found.consequence and rule.assumed:
        raise GROUND_ASSUMED(ground=found.printed, rule=path)
    _still_held(state, command, path)
    if found.consequence or command.consequence is not None:
        on = state.consequences.get(command.consequence or "")
        if on is None:
            raise CONSEQUENCE_MISSING(recorded=[*state.consequences] or "先登记不良后果", rule=path)
        not_before(command, on, "不良后果登记", path)
    return [
        PostAdjusted.carrying(
            command,
            placed,
            reason=impersonal(command.reason, "reason"),
            organ=impersonal(command.organ, "organ"),
            document=impersonal(command.document, "document"),
            posting=command.posting,
        )
    ]


def note_consequence(state: Posting, command: NoteConsequence) -> list[ConsequenceNoted]:
    """The record, once."""
    if command.consequence in state.consequences:
        return []
    return [ConsequenceNoted.carrying(command, state.placed, posting=command.posting)]


def _still_held(state: Posting, command: Command, rule: str) -> None:
    if not state.live:
        raise POSTING_OVER(on=state.ended_on, rule=rule)
    not_before(command, state.on_post_since or state.placed.occurred_on, "到岗或确定人选", rule)
