"""The submission to the province: ledger rows with the registration forms of the same persons, electronically (PE-006).

Invariant: a row without its form is not taken, nor a form without its row; a nominee is submitted once. Source:
辽组通字〔2018〕23号 五.3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from kernel.grounds import rules_of
from kernel.messages import Area, Cells, Command, Event, Key, Order
from kernel.part import Part
from programmes.readers.ledger import MEDIUM
from programmes.roles import MANAGERS
from services.personnel.ledger.refusals import LEDGER_ROW_MISSING
from services.personnel.scopes import programme_of


@dataclass(frozen=True, slots=True)
class SubmittedRow:
    """One row with its form: the nomination whose form it is, and the place the channel chose."""

    nomination: Key
    person: Key
    target: Area
    kind: Literal["township", "village"]


class LedgerSubmitted(Event, title="台账和登记表报送"):
    """A channel sent its ledger together with the forms; ``edition`` counts its submissions."""

    rule = "ledger.submit"
    areas: ClassVar[tuple[str, ...]] = ()

    programme: Key
    channel: Key
    edition: int
    medium: Literal["electronic"]
    rows: tuple[SubmittedRow, ...]


class SubmitLedger(Command, title="报送台账和登记表", roles=MANAGERS, concerns=("channel",)):
    """Send the ledger of a channel with the forms of its nominees: the printed columns of annex 4 (villages) or annex 3
    (townships) by key, every row told from ``first_row`` on. All or none."""

    programme: Key
    channel: Key
    rows: tuple[Cells, ...]
    first_row: int = 1


class Submit(Order):
    """The rows with their forms; ``bare`` are the nominations that have a form to go and no row."""

    programme: Key
    channel: Key
    rows: tuple[SubmittedRow, ...]
    bare: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a channel has sent: the nominations, and how often it sent some."""

    nominations: frozenset[str] = frozenset()
    edition: int = 0


def submit(state: Submitted, command: Submit) -> list[LedgerSubmitted]:
    """The submission (PE-006).

    Raises:
        Rejected: ``ledger_row_missing`` with the first nomination whose form has no row; ``rule_unknown``.
    """
    medium = rules_of(command).value(MEDIUM)
    if command.bare:
        raise LEDGER_ROW_MISSING(count=len(command.bare), nomination=command.bare[0])
    if not command.rows:
        return []
    return [LedgerSubmitted.carrying(command, edition=state.edition + 1, medium=medium)]


def evolve(state: Submitted, event: Event) -> Submitted:
    """What was sent after ``event``."""
    if not isinstance(event, LedgerSubmitted):
        return state
    sent = {row.nomination for row in event.rows}
    return replace(state, nominations=state.nominations | sent, edition=event.edition)


SUBMITTED: Part[Submitted] = Part(
    "submitted-ledger/{programme}.{channel}", Submitted(), decides=(submit,), evolve=evolve, scope=programme_of
)
"""What one channel sent to the province."""
