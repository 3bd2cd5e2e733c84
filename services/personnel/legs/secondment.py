"""Serving a leg: report for duty, appointment, withdrawal, end of term, return (PE-054 to PE-056, PE-059).

Invariant: nobody reports before the post is agreed (AL-057), only the host appoints, and the term is that of the seat:
a substitute serves the rest of it (assumed).
"""

from __future__ import annotations

from datetime import date

from kernel.calendar import add_months
from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Key, Line, Order, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.condition import AT_MOST, Condition
from programmes.readers.swap import COMPANIONS_MOST, REPORT_BY, SUBSTITUTE_TERM, TERM
from programmes.roles import CALENDAR, CITIES, COUNTIES, PROVINCE, SYSTEM
from programmes.texts import impersonal
from services.personnel.legs.leg import (
    AppointmentRecorded,
    Leg,
    SecondmentPostNoted,
    SecondmentReported,
    SecondmentWithdrawn,
)
from services.personnel.legs.refusals import COMPANIONS, LEG_NOT_OPEN, POST_NOT_AGREED
from services.personnel.postings.returning import ReturnedToUnit, TermEnded

ALONE = Condition(COMPANIONS_MOST, AT_MOST, COMPANIONS)


class NoteSecondmentPost(Order):
    """Record the post that province and city agreed on."""

    post: Line


class ReportForDuty(Command, title="组织报到", roles=CITIES, concerns=("legs",)):
    """Record that these persons reported, as one group of their city, and declared how many of staff and family came
    with them (PE-057: none)."""

    legs: tuple[Key, ...]
    companions: int = 0
    family: int = 0


class Report(Order):
    """One person reported; ``term_from`` is the first day of the seat's term where another leg began it."""

    companions: int = 0
    family: int = 0
    term_from: date | None = None


class RecordAppointment(Command, title="办理任职手续", roles=CITIES | COUNTIES, concerns=("legs",)):
    """Record that the host appointed these persons to the agreed posts."""

    legs: tuple[Key, ...]


class Appoint(Order):
    """One person was appointed."""


class WithdrawLeg(Command, title="退出互派", roles=CITIES, concerns=("leg",)):
    """Record that a person leaves the swap before the end of the term."""

    leg: Key
    reason: Text


class EndTerms(Command, title="任期届满", roles=PROVINCE | SYSTEM | CALENDAR, concerns=("programme",)):
    """End every term of the programme that is over on ``as_of``."""

    programme: Key
    as_of: date


class EndTerm(Order):
    """End one leg's term where it is over on ``as_of``."""

    as_of: date


class TakeBackLeg(Order):
    """Record that the person of a leg is back at the unit."""


def note_post(state: Leg, command: NoteSecondmentPost) -> list[SecondmentPostNoted]:
    """The agreed post, once."""
    if state.post is not None:
        return []
    return [
        SecondmentPostNoted.carrying(
            command, state.nominated, post=command.post, leg=state.nominated.leg, pair=state.nominated.pair
        )
    ]


def report(state: Leg, command: Report) -> list[SecondmentReported]:
    """Reported, late or not (PE-054). Rejected: another city's leg, no agreed post, not open, or after the term."""
    rules = rules_of(command)
    _sending_side(state, command, "report.organiser")
    if state.status != "nominated":
        raise LEG_NOT_OPEN(state="该人选已报到或已退出", rule="report.duty", wanted="尚未报到的人选")
    if state.post is None:
        raise POST_NOT_AGREED()
    for field, came in (("companions", command.companions), ("family", command.family)):
        ALONE.require(rules, came, field=field)
    not_before(command, state.since, "提名", "report.duty")
    today = command.context.occurred_on
    # Only the first group reports by the printed day; a substitute comes after a loss. It serves the rest of the term.
    term_from = today
    if state.substitute and command.term_from is not None and rules.value(SUBSTITUTE_TERM) == "remainder":
        term_from = command.term_from
    term_ends = add_months(term_from, rules.value(TERM))
    _not_after(command, term_ends, "report.duty")
    return [
        SecondmentReported.carrying(
            command,
            state.nominated,
            substitute=state.substitute,
            late=not state.substitute and today > rules.value(REPORT_BY),
            term_from=term_from,
            term_ends=term_ends,
        )
    ]


def appoint(state: Leg, command: Appoint) -> list[AppointmentRecorded]:
    """The appointment. Rejected: not the host's (PE-055), not reported, appointed before, or after the term."""
    leg = state.nominated
    if not command.context.actor.covers(leg.host):
        raise NOT_YOUR_BUSINESS(act="任职手续", organ=f"{leg.host} 党委组织部", field="legs", rule="appointment.record")
    if state.status != "reported" or state.appointed or state.post is None:
        raise LEG_NOT_OPEN(
            state="该人选尚未报到或已办理任职手续", rule="appointment.record", wanted="已报到、尚未任职的人选"
        )
    not_before(command, state.since, "报到", "appointment.record")
    _not_after(command, state.term_ends, "appointment.record")
    return [AppointmentRecorded.carrying(command, state.nominated, post=state.post)]


def withdraw(state: Leg, command: WithdrawLeg) -> list[SecondmentWithdrawn]:
    """The loss of the leg. Rejected: another city's leg, or over already, on that day too."""
    _sending_side(state, command, "withdrawal.record")
    if state.status not in ("nominated", "reported"):
        raise LEG_NOT_OPEN(state="该人选已退出或已期满", rule="withdrawal.record", wanted="在挂的人选")
    not_before(command, state.since, "提名或报到", "withdrawal.record")
    _not_after(command, state.term_ends, "withdrawal.record")
    return [
        SecondmentWithdrawn.carrying(
            command, state.nominated, leg=command.leg, reason=impersonal(command.reason, "reason")
        )
    ]


def end_term(state: Leg, command: EndTerm) -> list[TermEnded]:
    """The end of the term on its own day, nothing where it runs on or is over (PE-056)."""
    if state.status != "reported" or state.term_ends is None or state.term_ends > command.as_of:
        return []
    return [TermEnded.carrying(state.nominated, occurred_on=state.term_ends, posting=None, target=None)]


def take_back(state: Leg, command: TakeBackLeg) -> list[ReturnedToUnit]:
    """The return to the unit. Rejected: another side's, or the person still serves."""
    actor, leg = command.context.actor, state.nominated
    if not (actor.covers(leg.sending) or actor.covers(leg.host)):
        organ = f"派出市（{leg.sending}）或接收地区（{leg.host}）"
        raise NOT_YOUR_BUSINESS(act="返回原单位", organ=organ, field="leg", rule="return.unit")
    if state.status not in ("ended", "withdrawn"):
        raise LEG_NOT_OPEN(state="该人选仍在挂职或已返回原单位", rule="return.unit", wanted="已期满或已退出的人选")
    not_before(command, state.since, "期满或退出", "return.unit")
    return [ReturnedToUnit.carrying(command, state.nominated, posting=None, unit=None, target=None)]


def _not_after(command: Command, term_ends: date | None, rule: str) -> None:
    """Check that the day lies within the term, whether or not its end was recorded already."""
    if term_ends is not None and command.context.occurred_on > term_ends:
        raise LEG_NOT_OPEN(state=f"任期已于 {term_ends} 届满", rule=rule, wanted=f"不晚于 {term_ends}")


def _sending_side(state: Leg, command: Command, rule: str) -> None:
    if not command.context.actor.covers(state.nominated.sending):
        raise NOT_YOUR_BUSINESS(act="互派人选的报到和退出", organ=state.nominated.sending, field="legs", rule=rule)
