"""A planned changeover: the incumbent serves until the successor takes over, and nobody between them (PE-108, PE-035).

Invariant: one live posting a target on every day. The incumbent is relieved in the same decision in which the successor
is on post, never before the day that was planned, and only over a record that both signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Few, Key, Line, Order, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.endings import CHANGEOVER_BY, RECORD
from programmes.roles import CITIES, COUNTIES, MANAGERS, PROVINCE, UNITS, all_called
from programmes.texts import impersonal
from services.personnel.postings.ended import CadreWithdrawn
from services.personnel.postings.posting import Posting
from services.personnel.postings.refusals import (
    CHANGEOVER_AFTER_TERM,
    CHANGEOVER_NOT_PLANNED,
    HANDOVER_UNSIGNED,
    POSTING_OVER,
    REASON_MISSING,
    RECORD_INCOMPLETE,
    SUCCESSOR_APPOINTED,
    SUCCESSOR_MISSING,
)
from services.personnel.postings.succession import (
    ChangeoverPlanned,
    HandoverSigned,
    SuccessorAppointed,
    SuccessorLapsed,
)

DECIDERS = PROVINCE | CITIES | COUNTIES


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A posting and the day from which somebody else is to hold it."""

    posting: Key
    takes_over: date


@dataclass(frozen=True, slots=True)
class Following:
    """A posting and the checked nomination of who follows on it."""

    posting: Key
    nomination: Key


class PlanChangeovers(Command, title="计划接替", roles=DECIDERS, concerns=("changes.posting",)):
    """Plan when these incumbents leave: one, or the rotation of a whole batch; all or none. ``organ`` decided it."""

    changes: tuple[PlannedChange, ...]
    organ: Line
    document: Line
    reason: Text = ""


class PlanChangeover(Order):
    """One of them; ``lapsed`` where who was appointed before does not come."""

    takes_over: date
    organ: Line
    document: Line
    reason: Text
    lapsed: bool = False


class AppointSuccessors(Command, title="确定接替人选", roles=DECIDERS, concerns=("successors.posting",)):
    """Appoint checked nominees of the same units to follow these incumbents: all or none."""

    successors: tuple[Following, ...]


class AppointNext(Order):
    """One of them: ``successor`` is the posting that follows, ``appointed`` its person; ``lapsed`` where who was
    appointed before does not come."""

    successor: Key
    nomination: Key
    appointed: Key
    lapsed: bool = False


class DetermineSuccessor(Order):
    """The candidate of a programme with steps is to follow on an incumbent, as ``posting``."""

    target: Area
    posting: Key


class SignHandover(Command, title="签署交接记录", roles=UNITS | MANAGERS, concerns=("posting",)):
    """Record what incumbent and successor handed over; ``signers`` are the ids of the two."""

    posting: Key
    papers: Line
    works: Line
    money: Line
    signers: Few[Key]


class Sign(Order):
    """The same, told whether the successor does not come."""

    posting: Key
    papers: Line
    works: Line
    money: Line
    signers: tuple[Key, ...]
    lapsed: bool


class Lapse(Order):
    """Who was to follow as this posting does not come."""

    cause: Literal["elsewhere", "erased"]


class Relieve(Order):
    """The successor is on post from ``on``."""

    successor: Key
    on: date


def plan(state: Posting, command: PlanChangeover) -> list[ChangeoverPlanned]:
    """The plan; before the end of a term, and where there is none, it needs its reason (PE-035).

    Raises:
        Rejected: ``not_your_business``, ``posting_over``, ``date_before_ground``, ``reason_missing``,
            ``changeover_after_term``, ``successor_appointed``, ``rule_unknown``.
    """
    _by_the_department(state, command)
    if state.status != "on_post":
        raise POSTING_OVER(on=state.ended_on or "（尚未到岗）", rule=CHANGEOVER_BY.path)
    not_before(command, state.on_post_since, "到岗", CHANGEOVER_BY.path)
    ends = state.term.ends if state.term else None
    if ends is not None and command.takes_over > ends:
        raise CHANGEOVER_AFTER_TERM(ends=ends)
    if command.takes_over != ends and not command.reason.strip():
        raise REASON_MISSING(ground="中途轮换" if ends else "轮换", rule=CHANGEOVER_BY.path)
    if state.changeover and state.changeover.successor and not command.lapsed:
        raise SUCCESSOR_APPOINTED(successor=state.changeover.successor)
    return [
        ChangeoverPlanned.carrying(
            command,
            state.placed,
            reason=impersonal(command.reason, "reason"),
            organ=impersonal(command.organ, "organ"),
            document=impersonal(command.document, "document"),
        )
    ]


def appoint_next(state: Posting, command: AppointNext) -> list[SuccessorAppointed]:
    """The successor, where the incumbent's last day is fixed.

    Raises:
        Rejected: ``not_your_business``, ``changeover_not_planned`` naming until when the incumbent serves,
            ``successor_appointed``, ``posting_over``, ``date_before_ground``.
    """
    _by_the_department(state, command)
    if not state.live:
        raise POSTING_OVER(on=state.ended_on, rule=CHANGEOVER_BY.path)
    changeover = state.changeover
    if changeover is None:
        until = f"任期至 {state.term.ends}" if state.term else "未定离任日期"
        raise CHANGEOVER_NOT_PLANNED(posting=state.placed.posting, until=until)
    not_before(command, changeover.planned.occurred_on, "计划接替", CHANGEOVER_BY.path)
    if changeover.successor is not None and not command.lapsed:
        raise SUCCESSOR_APPOINTED(successor=changeover.successor)
    return [SuccessorAppointed.carrying(command, state.placed, takes_over=changeover.planned.takes_over)]


def sign(state: Posting, command: Sign) -> list[HandoverSigned]:
    """The record, signed by both (PE-108).

    Raises:
        Rejected: ``successor_missing``, ``record_incomplete`` naming what is missing, ``posting_over``,
            ``date_before_ground``.
    """
    rules = rules_of(command)
    if not state.live:
        raise POSTING_OVER(on=state.ended_on, rule=RECORD.path)
    changeover = state.changeover
    if changeover is None or changeover.successor is None or command.lapsed:
        raise SUCCESSOR_MISSING()
    not_before(command, changeover.appointed_on, "确定接替人选", RECORD.path)
    missing: list[str | None] = [part for part in rules.value(RECORD) if not getattr(command, part).strip()]
    missing += [person for person in (state.placed.person, changeover.appointed) if person not in command.signers]
    if missing:
        raise RECORD_INCOMPLETE(missing=missing)
    return [
        HandoverSigned.carrying(
            command,
            state.placed,
            posting=command.posting,
            successor=changeover.successor,
            papers=impersonal(command.papers, "papers"),
            works=impersonal(command.works, "works"),
            money=impersonal(command.money, "money"),
        )
    ]


def lapse(state: Posting, command: Lapse) -> list[SuccessorLapsed]:
    """The successor is none; nothing where the cadre is on post or gone already."""
    if not state.live or state.on_post_since is not None:
        return []
    return [SuccessorLapsed.carrying(command, state.placed)]


def relieve(state: Posting, command: Relieve) -> list[CadreWithdrawn]:
    """The end of the incumbent's posting, whose last day is the one before. Raises Rejected: ``handover_unsigned``."""
    changeover = state.changeover
    if changeover is None or changeover.successor != command.successor or not state.live:
        return []
    if changeover.signed_on is None:
        raise HANDOVER_UNSIGNED(posting=state.placed.posting)
    planned = changeover.planned
    return [
        CadreWithdrawn.carrying(
            state.placed,
            occurred_on=command.on - timedelta(days=1),
            ground="changeover",
            reason=planned.reason,
            organ=planned.organ,
            document=planned.document,
            returns=True,
            frees=True,
            successor=command.successor,
            succeeded_on=command.on,
        )
    ]


def _by_the_department(state: Posting, command: Command) -> None:
    by, actor = rules_of(command).value(CHANGEOVER_BY), command.context.actor
    if actor.role not in by or not actor.covers(state.placed.target):
        organ = f"{state.placed.target} 所在地的{all_called(by)}"
        raise NOT_YOUR_BUSINESS(act="计划接替", organ=organ, field="posting", rule=CHANGEOVER_BY.path)
