"""The cadre between unit and village during the term: the party relation moves, the work of the unit stays behind.

Source: 晋组通字〔2015〕41号 五.1.
Invariant: work for the unit stands with its reason, since the notice excludes it in principle only.
"""

from __future__ import annotations

from kernel.messages import Command, Key, Line, Text
from programmes.duty import Duty
from programmes.readers import care
from programmes.roles import COUNTIES, TOWNSHIPS
from programmes.texts import impersonal
from services.personnel.care.record import OnPosting, admit
from services.personnel.postings.posting import Posting


class PartyRelationMoved(OnPosting, title="党组织关系转接"):
    """The party membership lies with the organisation of the place from ``occurred_on``."""

    rule = "duty.party_relation"

    letter: Line


class UnitWorkExcepted(OnPosting, title="例外承担派出单位工作"):
    """The cadre does work of the unit all the same, for a reason."""

    rule = "duty.unit_work"

    work: Line
    reason: Text


class MovePartyRelation(Command, title="党组织关系转接", roles=care.SENDERS | TOWNSHIPS, concerns=("posting",)):
    """Record that the party relation was moved to the place; ``letter`` is the letter of introduction."""

    posting: Key
    letter: Line


class ExceptUnitWork(Command, title="例外承担派出单位工作", roles=care.SENDERS | COUNTIES, concerns=("posting",)):
    """Record work for the unit and why it is not left to others."""

    posting: Key
    work: Line
    reason: Text


PARTY_RELATION = Duty("party_relation", "党组织关系转接", PartyRelationMoved, "posting", care.PARTY_RELATION)
UNIT_WORK = Duty("unit_work", "例外承担派出单位工作", UnitWorkExcepted, "posting", care.UNIT_WORK, repeats=True)


def move(state: Posting, command: MovePartyRelation) -> list[PartyRelationMoved]:
    """The relation, moved once, from the day the cadre was decided upon (PE-037). Rejected as ``admit``."""
    admit(PARTY_RELATION, state, command, since="placed")
    letter = impersonal(command.letter, "letter")
    return [PartyRelationMoved.carrying(command, state.placed, posting=command.posting, letter=letter)]


def except_work(state: Posting, command: ExceptUnitWork) -> list[UnitWorkExcepted]:
    """The exception with its reason (PE-037). Rejected as ``admit``."""
    admit(UNIT_WORK, state, command)
    said = {name: impersonal(getattr(command, name), name) for name in ("work", "reason")}
    return [UnitWorkExcepted.carrying(command, state.placed, posting=command.posting, **said)]
