"""The rows of a city's ledger: the host counties write them, the city collects and returns, and never edits (X-022).

Source: 晋组通字〔2015〕41号 三.4; that nobody else writes a row is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from kernel.grounds import not_before
from kernel.messages import Area, Cells, Command, Key, Order
from programmes.roles import CITIES, COUNTIES
from programmes.texts import impersonal
from services.personnel.ledger.book import LEDGER, Book, LedgerRowEntered, LedgerRowReturned, LedgerRowStruck, admit
from services.personnel.ledger.refusals import LEDGER_ROW_UNKNOWN


class EnterLedgerRows(Command, title="填报台账", roles=COUNTIES | CITIES, concerns=("county",)):
    """Write rows of a county: the printed columns of the ledger by key. All or none; ``first_row`` is the number the
    first one has where it came from, 2 in a workbook with a header."""

    programme: Key
    county: Area
    rows: tuple[Cells, ...]
    first_row: int = 1


@dataclass(frozen=True, slots=True)
class Entered:
    """A row as read and compared with the register: whose posting it is, where, and what else it says of it."""

    posting: str
    person: str
    target: str
    role: str
    tier: str
    village_kind: str
    months: int
    remark: str

    def says(self, kept: LedgerRowEntered) -> bool:
        """Whether the row that stands says the same."""
        return all(getattr(kept, one.name) == getattr(self, one.name) for one in fields(self))


class EnterRows(Order):
    """The rows of one county."""

    programme: Key
    city: Area
    county: Area
    rows: tuple[Entered, ...]


class ReturnLedgerRow(Command, title="退回台账行", roles=CITIES, concerns=("city",)):
    """Return the row of a posting to the county, which writes it anew."""

    programme: Key
    city: Area
    posting: Key
    remark: str


class StrikeLedgerRow(Command, title="销去台账行", roles=COUNTIES | CITIES, concerns=("county",)):
    """Take the row of a posting out of the ledger."""

    programme: Key
    county: Area
    posting: Key
    reason: str


class StrikeRow(StrikeLedgerRow, Order):
    """The order as it reaches the ledger of the city."""

    city: Area


def enter(state: Book, command: EnterRows) -> list[LedgerRowEntered]:
    """The rows, each anew where it stood already; a row in the same words changes nothing (X-022).

    Raises:
        Rejected: ``not_your_business`` for everybody but the department of the host county.
    """
    admit(state, command, "enter", command.city, command.county)
    events = []
    for row in command.rows:
        kept = state.rows.get(row.posting)
        if kept is not None and not kept.returned and row.says(kept.entered):
            continue
        edition = kept.entered.edition + 1 if kept else 1
        events.append(LedgerRowEntered.carrying(command, row, edition=edition))
    return events


def send_back(state: Book, command: ReturnLedgerRow) -> list[LedgerRowReturned]:
    """The return with its remark (X-022). Rejected: ``ledger_row_unknown``, and as ``admit``."""
    entered = _row(state, command.posting)
    admit(state, command, "return", command.city)
    on, remark = command.context.occurred_on, impersonal(command.remark, "remark")
    return [LedgerRowReturned.carrying(entered, occurred_on=on, remark=remark)]


def strike(state: Book, command: StrikeRow) -> list[LedgerRowStruck]:
    """The row goes. Rejected: ``ledger_row_unknown``, ``date_before_ground``, and as ``admit``."""
    admit(state, command, "enter", command.city, command.county)
    entered = _row(state, command.posting)
    if entered.county != command.county:
        raise LEDGER_ROW_UNKNOWN()
    not_before(command, entered.occurred_on, "填报", LEDGER.path)
    on, reason = command.context.occurred_on, impersonal(command.reason, "reason")
    return [LedgerRowStruck.carrying(entered, occurred_on=on, reason=reason)]


def _row(state: Book, posting: str) -> LedgerRowEntered:
    if posting not in state.rows:
        raise LEDGER_ROW_UNKNOWN()
    return state.rows[posting].entered
