"""A leg: one person of a swap pair, seconded in one direction, from nomination to archive and promotion.

Invariant: Nominated → Reported → Ended or Withdrawn → Returned. A seat has one live leg; its substitute is the next leg
of the seat and serves the rest of the same term (assumed).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kernel.messages import Area, Event, Key, Line, Text
from services.personnel.postings.returning import ReturnedToUnit, TermEnded


class SwapLegNominated(Event, title="互派人选推荐"):
    """A city named the person for one seat of a pair."""

    rule = "nomination.discussion"
    areas = ("sending", "host")

    programme: Key
    leg: Key
    pair: int
    direction: Literal["out", "back"]
    level: Literal["city", "county", "township"]
    seat: int
    person: Key
    sending: Area
    host: Area


class SecondmentPostNoted(Event, title="挂职岗位抄录"):
    """Province and city agreed on the post the person will hold."""

    rule = "swap.post"
    areas = ("sending", "host")

    programme: Key
    pair: int
    leg: Key
    person: Key
    level: Literal["city", "county", "township"]
    sending: Area
    host: Area
    post: Line


class SecondmentReported(Event, title="挂职报到"):
    """The person reported for duty. ``term_from`` and ``term_ends`` are those of the seat, also for a substitute."""

    rule = "report.duty"
    areas = ("sending", "host")

    programme: Key
    leg: Key
    pair: int
    direction: Literal["out", "back"]
    level: Literal["city", "county", "township"]
    person: Key
    sending: Area
    host: Area
    substitute: bool
    late: bool
    term_from: date
    term_ends: date


class AppointmentRecorded(Event, title="任职手续办理"):
    """The host appointed the person."""

    rule = "appointment.record"
    areas = ("sending", "host")

    programme: Key
    leg: Key
    person: Key
    sending: Area
    host: Area
    post: Line


class SecondmentWithdrawn(Event, title="挂职退出"):
    """The leg is lost; its side owes a substitute."""

    rule = "withdrawal.record"
    areas = ("sending", "host")

    programme: Key
    leg: Key
    pair: int
    direction: Literal["out", "back"]
    level: Literal["city", "county", "township"]
    person: Key
    sending: Area
    host: Area
    reason: Text


class AssessmentNoted(Event, title="考核抄录"):
    """The province reviewed the assessment; ``assessment`` is the reference others cite."""

    rule = "assessment.review"
    areas = ("sending", "host")

    programme: Key
    leg: Key
    person: Key
    sending: Area
    host: Area
    assessment: Key


class FiledInArchive(Event, title="归入档案"):
    """A document went into the person's own archive."""

    rule = "archive.file"
    areas = ("sending", "host")

    programme: Key
    person: Key
    leg: Key
    sending: Area
    host: Area
    kind: Key
    document: Line
    organ: Line


class ArchiveItemWithdrawn(Event, title="撤回归档材料"):
    """A document filed before no longer counts; that it was filed stays in the log, as everything does."""

    rule = "archive.file"
    areas = ("sending", "host")

    programme: Key
    person: Key
    leg: Key
    sending: Area
    host: Area
    document: Line
    reason: Text
    organ: Line


class CadrePromoted(Event, title="提拔"):
    """The person was promoted, on all the grounds the notice asks for."""

    rule = "promotion.grant"
    areas = ("sending", "host")

    programme: Key
    person: Key
    leg: Key
    sending: Area
    host: Area
    grounds: tuple[Key, ...]
    evaluation: Key
    post: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg. ``status``: nominated, reported, withdrawn, ended, returned; ``lost``: withdrawn at any time.

    ``since`` is the day of the last change of status, ``filed`` the documents of the archive that stand.
    """

    nominated: SwapLegNominated
    since: date
    status: str = "nominated"
    lost: bool = False
    post: str | None = None
    term_from: date | None = None
    term_ends: date | None = None
    appointed: bool = False
    assessment: str | None = None
    filed: frozenset[str] = frozenset()
    promoted: bool = False

    @property
    def substitute(self) -> bool:
        """True for any leg of a seat but the first."""
        return int(self.nominated.leg.rsplit(".", 1)[1]) > 1


def rests(state: Leg | None, event: Event) -> tuple[str, ...]:
    """What an event rests on. The return from a leg that was lost rests on the loss: what notices say of the return is
    said of the end of the term."""
    if isinstance(event, ReturnedToUnit) and state is not None and state.lost:
        return ("withdrawal.record", *event.rests_on())
    return event.rests_on()


def evolve(state: Leg | None, event: Event) -> Leg | None:
    """The leg after ``event``."""
    if isinstance(event, SwapLegNominated):
        return Leg(event, event.occurred_on)
    if state is None:
        return None
    match event:
        case SecondmentPostNoted():
            return replace(state, post=event.post)
        case SecondmentReported():
            return replace(
                state,
                status="reported",
                since=event.occurred_on,
                term_from=event.term_from,
                term_ends=event.term_ends,
            )
        case AppointmentRecorded():
            return replace(state, appointed=True)
        case SecondmentWithdrawn():
            return replace(state, status="withdrawn", since=event.occurred_on, lost=True)
        case TermEnded():
            return replace(state, status="ended", since=event.occurred_on)
        case ReturnedToUnit():
            return replace(state, status="returned", since=event.occurred_on)
        case AssessmentNoted():
            return replace(state, assessment=event.assessment)
        case FiledInArchive():
            return replace(state, filed=state.filed | {event.document})
        case ArchiveItemWithdrawn():
            return replace(state, filed=state.filed - {event.document})
        case CadrePromoted():
            return replace(state, promoted=True)
    return state
