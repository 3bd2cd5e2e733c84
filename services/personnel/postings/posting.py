"""A posting: one cadre on one target, from the confirmed placement to the return to the unit.

Invariant: Placed → InTransfer → OnPost → Recalled → Returned; on post only when every hand-over item is done (PE-010),
and a recall always demands the replacement in the same decision (PE-106).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kernel.messages import Area, Event, Key
from services.personnel.postings.returning import ReturnedToUnit


class PlacementNoted(Event, title="分配抄录"):
    """The province confirmed the placement; the hand-over may begin."""

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


class HandoverItemDone(Event, title="对接事项办结"):
    """One item of the hand-over was done."""

    rule = "handover.items"
    areas = ("target",)

    programme: Key
    posting: Key
    target: Area
    item: Key


class CadreOnPost(Event, title="到岗"):
    """Every item is done: the cadre is on post from the date of the last one."""

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
    """One posting: ``status`` placed, in_transfer, on_post, recalled, returned; ``cases`` {case: trigger}.

    ``interviews`` holds the day of the interview of each case.
    """

    placed: PlacementNoted
    status: str = "placed"
    items: Mapping[str, date] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)
    interviews: Mapping[str, date] = field(default_factory=dict)
    on_post_since: date | None = None
    recalled_on: date | None = None


def evolve(state: Posting | None, event: Event) -> Posting | None:
    """The posting after ``event``."""
    if isinstance(event, PlacementNoted):
        return Posting(event)
    if state is None:
        return None
    match event:
        case HandoverItemDone():
            return replace(state, status="in_transfer", items={**state.items, event.item: event.occurred_on})
        case CadreOnPost():
            return replace(state, status="on_post", on_post_since=event.occurred_on)
        case RecallCaseNoted():
            return replace(
                state,
                cases={**state.cases, event.case: event.trigger},
                interviews={**state.interviews, event.case: event.occurred_on},
            )
        case CadreRecalled():
            return replace(state, status="recalled", recalled_on=event.occurred_on)
        case ReturnedToUnit():
            return replace(state, status="returned")
    return state
