"""A city's ledger of first secretaries: what its counties wrote, and which version was signed, sealed and filed.

Invariant: a row is one posting's and the words of the county it lies in. ``version`` counts every change of a row: a
signature, a seal and a filing are of one version, and a later change leaves the next version without them. Source:
晋组通字〔2015〕41号 三.4, 五.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Final

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line
from programmes.procedure import Procedure, Subject
from programmes.readers.ledger import FILED_BY, STEPS

LEDGER: Final = Procedure(STEPS)


class LedgerRowEntered(Event, title="台账填报"):
    """The host county wrote the row of a posting, the ``edition``-th time.

    It holds what the row says of the posting; what it says of the person stands in the register it was compared with.
    """

    rule = STEPS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    city: Area
    county: Area
    posting: Key
    person: Key
    target: Area
    role: Line
    tier: Key
    village_kind: Key
    months: int
    remark: str
    edition: int


class LedgerRowReturned(Event, title="台账退回"):
    """The city returned a row to the county that wrote it, with a remark."""

    rule = STEPS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    city: Area
    county: Area
    posting: Key
    target: Area
    remark: str


class LedgerRowStruck(Event, title="台账销行"):
    """The county took its row out again."""

    rule = STEPS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    city: Area
    county: Area
    posting: Key
    target: Area
    reason: str


class LedgerSigned(Event, title="台账签字"):
    """Who was head of the city's department on that day, or stood in, signed a version of so many rows."""

    rule = STEPS.path
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: Key
    city: Area
    version: int
    rows: int
    signer: Key
    post: Key
    stands_in_for: Key | None


class LedgerSealed(Event, title="台账盖章"):
    """The department put its seal under the signature of the same version."""

    rule = STEPS.path
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: Key
    city: Area
    version: int
    organ: Line


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies by medium."""

    paper: int
    electronic: int


class LedgerFiled(Event, title="台账报送"):
    """The ledger of these postings and the statistics computed from it went to ``recipient``; ``edition`` counts."""

    rule = FILED_BY.path
    areas: ClassVar[tuple[str, ...]] = ("city",)

    programme: Key
    city: Area
    edition: int
    postings: tuple[Key, ...]
    copies: Copies
    recipient: Line
    late: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that stands: the last words of the county, and the city's remark while it is returned."""

    entered: LedgerRowEntered
    returned: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger: its rows by posting, how often they changed, how often it was filed, and by act of its procedure the
    day of what was done about the version that stands."""

    rows: Mapping[str, Kept] = field(default_factory=dict)
    version: int = 0
    edition: int = 0
    done: Mapping[str, date] = field(default_factory=dict)


def evolve(state: Book, event: Event) -> Book:
    """The ledger after ``event``: whatever changes a row leaves a version nobody signed."""
    match event:
        case LedgerRowEntered():
            return _changed(state, {**state.rows, event.posting: Kept(event)})
        case LedgerRowReturned():
            kept = replace(state.rows[event.posting], returned=event.remark)
            return _changed(state, {**state.rows, event.posting: kept})
        case LedgerRowStruck():
            return _changed(state, {key: row for key, row in state.rows.items() if key != event.posting})
        case LedgerSigned():
            return replace(state, done={**state.done, "sign": event.occurred_on})
        case LedgerSealed():
            return replace(state, done={**state.done, "seal": event.occurred_on})
        case LedgerFiled():
            return replace(state, edition=event.edition, done={**state.done, "file": event.occurred_on})
    return state


def _changed(state: Book, rows: Mapping[str, Kept]) -> Book:
    done = {"enter": max(row.entered.occurred_on for row in rows.values())} if rows else {}
    return replace(state, rows=rows, version=state.version + 1, done=done)


def admit(state: Book, command: Command, act: str, city: str, county: str = "") -> None:
    """Check that the actor may do this to the ledger, and may do it now.

    Raises:
        Rejected: as ``Procedure.admit``.
    """
    rules = rules_of(command)
    done = {step.step: state.done[step.act] for step in rules.value(STEPS) if step.act in state.done}
    subject = Subject({"city": city, "county": county})
    field = "county" if county else "city"
    LEDGER.admit(command, LEDGER.of_act(act, rules, done).step, subject, done, rules, field=field)
