"""A posting: one cadre on one target, from the confirmed placement to the return to the unit.

Invariant: Placed → InTransfer → OnPost → Recalled, Ended, Adjusted or Withdrawn → Returned where the person returns; on
post only when every hand-over item is done (PE-010), it ends once (PE-107), and a recall always demands the replacement
in the same decision (PE-106).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from kernel.messages import Area, Event, Key
from services.personnel.postings import succession, terms
from services.personnel.postings.appointed import PostAppointmentRecorded
from services.personnel.postings.changed import PostingMoved, PostingUnitChanged
from services.personnel.postings.ended import CadreWithdrawn, ConsequenceNoted, PostAdjusted
from services.personnel.postings.promoted import PostedCadrePromoted, ResultNoted
from services.personnel.postings.returning import ReturnedToUnit, TermEnded
from services.personnel.postings.succession import (
    Changeover,
    ChangeoverPlanned,
    HandoverSigned,
    SuccessorAppointed,
    SuccessorLapsed,
)
from services.personnel.postings.terms import ExtensionConsented, ExtensionRequested, Term, TermExtended, TermSet

LIVE: Final = ("placed", "in_transfer", "on_post")
"""The states of a posting that is held."""


class PlacementNoted(Event, title="分配抄录"):
    """The placement stands, confirmed by the province or decided by the host county; the hand-over may begin."""

    rule = "placement.confirm"
    areas = ("target",)

    programme: Key
    target: Area
    kind: Literal["township", "village"]
    role: Key
    posting: Key
    person: Key
    unit: Key
    channel: Key
    tier: str
    weak: bool

    def rests_on(self) -> tuple[str, ...]:
        """Where nobody confirms, the assignment."""
        return (self.rule, "placement.assign")


class PlacementWithdrawalNoted(Event, title="分配撤回抄录"):
    """The placement was withdrawn before the cadre arrived; the person is free for another one."""

    rule = "placement.confirm"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area


class HandoverItemDone(Event, title="对接事项办结"):
    """One item of the hand-over was done."""

    rule = "handover.items"
    areas = ("target",)

    programme: Key
    posting: Key
    target: Area
    item: Key


class CadreOnPost(Event, title="到岗"):
    """The cadre is on post: from the date of the last item handed over, or of taking up the post once appointed."""

    rule = "handover.items"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    kind: Literal["township", "village"]
    role: Key
    tier: str
    weak: bool

    def rests_on(self) -> tuple[str, ...]:
        """Where nothing is handed over, the appointment."""
        return (self.rule, "appointment.record")


class RecallCaseNoted(Event, title="召回案件抄录"):
    """The county held the interview of a recall case."""

    rule = "recall.interview"
    areas = ("target",)

    programme: Key
    case: Key
    trigger: Key
    posting: Key
    person: Key
    target: Area


class CadreRecalled(Event, title="召回"):
    """The county recalled the cadre."""

    rule = "recall.decide"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    target: Area
    case: Key
    trigger: Key


class ReplacementDue(Event, title="应予调换"):
    """The same unit owes a successor for the same target."""

    rule = "replacement.due"
    areas = ("target",)

    programme: Key
    posting: Key
    person: Key
    unit: Key
    channel: Key
    target: Area
    kind: Literal["township", "village"]


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting: ``status`` placed, in_transfer, on_post; recalled, ended, adjusted, withdrawn while the person is
    still to return; returned, left (no return is due) or deceased; cancelled before arrival. ``cases`` {case: trigger}.

    ``interviews`` holds the day of the interview of each case, ``consequences`` that of each record; ``records`` what
    was recorded of the matters of the posting, by duty; ``results`` what its assessments came to, by id.
    """

    placed: PlacementNoted
    status: str = "placed"
    items: Mapping[str, date] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)
    interviews: Mapping[str, date] = field(default_factory=dict)
    consequences: Mapping[str, date] = field(default_factory=dict)
    appointed_on: date | None = None
    on_post_since: date | None = None
    ended_on: date | None = None
    records: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    term: Term | None = None
    changeover: Changeover | None = None
    results: Mapping[str, ResultNoted] = field(default_factory=dict)
    promoted: bool = False

    @property
    def live(self) -> bool:
        """Whether the posting is held."""
        return self.status in LIVE


def evolve(state: Posting | None, event: Event) -> Posting | None:
    """The posting after ``event``."""
    if isinstance(event, PlacementNoted):
        return Posting(event)
    if state is None:
        return None
    match event:
        case PostingMoved():
            moved = PlacementNoted.carrying(state.placed, occurred_on=state.placed.occurred_on, target=event.target)
            return replace(state, placed=moved)
        case PostingUnitChanged():
            sent = PlacementNoted.carrying(
                state.placed, occurred_on=state.placed.occurred_on, unit=event.unit, channel=event.channel
            )
            return replace(state, placed=sent)
        case PlacementWithdrawalNoted() | SuccessorLapsed():
            return replace(state, status="cancelled")
        case HandoverItemDone():
            return replace(state, status="in_transfer", items={**state.items, event.item: event.occurred_on})
        case PostAppointmentRecorded():
            return replace(state, status="in_transfer", appointed_on=event.occurred_on)
        case CadreOnPost():
            return replace(state, status="on_post", on_post_since=event.occurred_on)
        case RecallCaseNoted():
            return replace(
                state,
                cases={**state.cases, event.case: event.trigger},
                interviews={**state.interviews, event.case: event.occurred_on},
            )
        case ResultNoted():
            return replace(state, results={**state.results, event.result: event})
        case PostedCadrePromoted():
            return replace(state, promoted=True)
        case ConsequenceNoted():
            return replace(state, consequences={**state.consequences, event.consequence: event.occurred_on})
        case CadreRecalled() | TermEnded() | PostAdjusted() | CadreWithdrawn():
            return replace(state, status=status_after(event), ended_on=event.occurred_on)
        case ChangeoverPlanned() | SuccessorAppointed() | HandoverSigned():
            return replace(state, changeover=succession.evolve(state.changeover, event))
        case TermSet() | ExtensionRequested() | ExtensionConsented() | TermExtended():
            return replace(state, term=terms.evolve(state.term, event))
        case ReturnedToUnit():
            return replace(state, status="returned")
    return state


def status_after(event: CadreRecalled | TermEnded | PostAdjusted | CadreWithdrawn) -> str:
    """The status of a posting that ``event`` ended."""
    match event:
        case CadreWithdrawn():
            return "withdrawn" if event.returns else "left" if event.frees else "deceased"
        case PostAdjusted():
            return "adjusted"
        case TermEnded():
            return "ended"
    return "recalled"
