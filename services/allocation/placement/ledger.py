"""Ledgers: confirmed placements go back to the city they lie in, and the city acknowledges them.

Invariant: a city gets exactly the rows of its own area, each once; ids only, no personal data (AL-019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Order
from kernel.part import Part
from programmes.roles import CITIES, PROVINCE
from services.allocation.placement.refusals import FOREIGN_ROW, LEDGER_EMPTY, NOTHING_TO_ACKNOWLEDGE
from services.allocation.registers.tier_organs import must_review
from services.allocation.words import programme_and_area

FEEDBACK = "ledger.feedback"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One confirmed placement as the ledger shows it to its city."""

    target: Area
    kind: str
    posting: str
    person: str
    unit: str
    channel: str


class FeedBackLedger(Command, title="反馈台账", roles=PROVINCE, concerns=("city", "programme")):
    """Feed the new rows back to one city, or to every city that has some where ``city`` is None."""

    programme: Key
    city: Area | None = None


class FeedBack(Order):
    """Feed back ``rows`` to one city; those it has already are left out."""

    programme: str
    city: str
    rows: tuple[LedgerRow, ...]


class AcknowledgeLedger(Command, title="签收台账", roles=PROVINCE | CITIES, concerns=("city",)):
    """A city says that it has received what was fed back."""

    programme: Key
    city: Area


class LedgerFedBack(Event, title="台账反馈"):
    """The rows went to the city; ``edition`` counts its feedbacks from 1."""

    rule = FEEDBACK
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: str
    city: Area
    edition: int
    rows: tuple[LedgerRow, ...]


class LedgerAcknowledged(Event, title="台账签收"):
    """The city has received everything up to ``edition``."""

    rule = FEEDBACK
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: str
    city: Area
    edition: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a city was given: postings fed back, editions sent and acknowledged."""

    postings: frozenset[str] = frozenset()
    edition: int = 0
    acknowledged: int = 0


def feed_back(state: Ledger, command: FeedBack) -> Sequence[LedgerFedBack]:
    """Send what the city does not have yet. Source: 辽组通字〔2018〕23号 五.4."""
    must_review(command, rules_of(command))
    foreign = [row.target for row in command.rows if not row.target.startswith(command.city)]
    if foreign:
        raise FOREIGN_ROW(foreign=foreign[0], city=command.city)
    rows = tuple(sorted((r for r in command.rows if r.posting not in state.postings), key=lambda r: r.posting))
    if not rows:
        raise LEDGER_EMPTY(city=command.city)
    return [LedgerFedBack.carrying(command, edition=state.edition + 1, rows=rows)]


def acknowledge(state: Ledger, command: AcknowledgeLedger) -> Sequence[LedgerAcknowledged]:
    """The city itself acknowledges."""
    if state.acknowledged == state.edition:
        raise NOTHING_TO_ACKNOWLEDGE()
    return [LedgerAcknowledged.carrying(command, edition=state.edition)]


def evolve(state: Ledger, event: Event) -> Ledger:
    """The ledger after one more event."""
    match event:
        case LedgerFedBack():
            given = state.postings | {row.posting for row in event.rows}
            return replace(state, postings=given, edition=event.edition)
        case LedgerAcknowledged():
            return replace(state, acknowledged=event.edition)
    return state


LEDGER: Part[Ledger] = Part(
    "ledger/{programme}.{city}", Ledger(), decides=(feed_back, acknowledge), evolve=evolve, scope=programme_and_area
)
