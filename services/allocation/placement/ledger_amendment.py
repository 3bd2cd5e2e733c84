"""A city's ledger after it was filed: every later posting or departure amends it, and what was filed stays as it was.

Invariant: the filing is written once; amendments are numbered behind it, one a fact, and none repeats a row of the
filing (AL-043). The ledger is due five days before selection ends, so it may be filed incomplete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from kernel.messages import Area, Event, Order
from kernel.part import Part
from services.allocation.words import programme_and_area

DEADLINE = "ledger.deadline"
Change = Literal["entered", "left"]


class NoteFiling(Order):
    """Personnel says that the city filed its ledger with these postings."""

    programme: str
    city: str
    postings: tuple[str, ...]


class AmendLedger(Order):
    """A cadre came to a village of the city or left it."""

    programme: str
    city: str
    target: str
    posting: str
    change: Change


class LedgerFilingNoted(Event, title="台账报送抄录"):
    """The city's ledger was filed with these postings."""

    rule = DEADLINE
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: str
    city: Area
    postings: tuple[str, ...]


class LedgerAmended(Event, title="台账变更"):
    """The filed ledger gained or lost one row; ``amendment`` counts from 1."""

    rule = DEADLINE
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: str
    city: Area
    amendment: int
    target: Area
    posting: str
    change: Change


@dataclass(frozen=True, slots=True)
class Filed:
    """The rows of a filed ledger as they are with all amendments."""

    postings: frozenset[str]
    amendments: int = 0


def note(state: Filed | None, command: NoteFiling) -> Sequence[LedgerFilingNoted]:
    """A ledger is filed once; what comes later amends it."""
    if state is not None:
        return []
    return [LedgerFilingNoted.carrying(command, postings=tuple(sorted(set(command.postings))))]


def amend(state: Filed | None, command: AmendLedger) -> Sequence[LedgerAmended]:
    """One amendment for one fact; before the filing there is nothing to amend."""
    if state is None or (command.change == "entered") == (command.posting in state.postings):
        return []
    return [LedgerAmended.carrying(command, amendment=state.amendments + 1)]


def evolve(state: Filed | None, event: Event) -> Filed | None:
    """The ledger after one more event."""
    match event:
        case LedgerFilingNoted():
            return Filed(frozenset(event.postings))
        case LedgerAmended() if state is not None:
            row = {event.posting}
            postings = state.postings | row if event.change == "entered" else state.postings - row
            return replace(state, postings=postings, amendments=event.amendment)
    return state


FILED_LEDGER: Part[Filed | None] = Part(
    "filed-ledger/{programme}.{city}", None, decides=(note, amend), evolve=evolve, scope=programme_and_area
)
