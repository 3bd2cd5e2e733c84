"""The use of a reserve in a post: proposal, approval, filing, publicity in both villages, appointment or election.

Invariant: nobody is appointed before every publicity stood its full time (PE-087); what only an election gives is never
given by appointment. The opinions are shown, missing ones too, and hinder nothing (PE-088).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.procedure import acts, whose
from programmes.readers.demand import FALLBACK_USE
from programmes.readers.reserve import ELECTED, OPINIONS
from programmes.readers.reserve import USE as STEPS
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES
from programmes.texts import impersonal
from services.personnel.reserves.candidate import USE, OfReserve, Reserve, UseStep, Wanted, admit
from services.personnel.reserves.refusals import ELECTION_NOT_DUE, OPINION_UNASKED, USE_NOT_PROPOSED
from services.personnel.reserves.reserve import must_be_village, must_reach

Position = Literal["support", "oppose", "reserved"]


class ProposeReserveUse(Command, title="提出使用后备干部", roles=VILLAGES, concerns=("reserve",)):
    """Propose a reserve for ``post`` in the village ``target``."""

    reserve: Key
    target: Area
    post: Line


class ProposeUse(Order):
    """The same, told how far the target village may look."""

    target: Area
    post: Line
    reach: str


class ApproveReserveUse(Command, title="审批使用后备干部", roles=TOWNSHIPS, concerns=("reserve",)):
    """Approve a proposed use at ``meeting``."""

    reserve: Key
    meeting: Line


class FileReserveUse(Command, title="备案使用后备干部", roles=COUNTIES, concerns=("reserve",)):
    """File an approved use under ``number``."""

    reserve: Key
    number: Line


class CollectReserveOpinion(Command, title="听取使用意见", roles=TOWNSHIPS | COUNTIES, concerns=("reserve",)):
    """Record what one of the printed groups and departments says to the use."""

    reserve: Key
    source: Line
    position: Position
    note: Line = "无"


class AppointReserve(Command, title="后备干部任职", roles=TOWNSHIPS | COUNTIES, concerns=("reserve",)):
    """Appoint a reserve whose publicities are over; where the law asks for an election, that is due instead."""

    reserve: Key


class RecordReserveElection(Command, title="登记后备干部选举结果", roles=TOWNSHIPS, concerns=("reserve",)):
    """Record the result of the election; ``minutes`` names its record."""

    reserve: Key
    elected: bool
    minutes: Line


class ReserveUseProposed(UseStep, title="提出使用后备干部"):
    """The village's party organisation proposed it; ``elected`` where only an election gives the post, ``opinions`` are
    those to be heard."""

    target: Area
    post: Line
    elected: bool
    opinions: tuple[Line, ...]


class ReserveUseApproved(UseStep, title="审批使用后备干部"):
    """The township approved it."""

    meeting: Line


class ReserveUseFiled(UseStep, title="备案使用后备干部"):
    """The county's department filed it."""

    number: Line


class OpinionCollected(OfReserve, title="听取使用意见"):
    """What one of the groups and departments says to the use."""

    rule = OPINIONS.path

    source: Line
    position: Position
    note: Line


class ElectionRequired(OfReserve, title="须依法选举产生"):
    """The publicities are over, and the post is given by an election alone."""

    rule = ELECTED.path
    areas = ("village", "target")

    target: Area
    post: Line


class ReserveElectionHeld(OfReserve, title="后备干部选举结果"):
    """The election was held."""

    rule = ELECTED.path

    elected: bool
    minutes: Line


class ReserveAppointed(OfReserve, title="后备干部任职"):
    """The person has a post and is in the pool no longer."""

    rule = STEPS.path

    appointed_at: Area
    post: Line


def propose(state: Reserve, command: ProposeUse) -> list[ReserveUseProposed]:
    """The proposal, for the own village or one that a finding lets look as far (AL-082).

    Source: 青委组〔2017〕57号 二（三）.3.

    Raises:
        Rejected: ``not_a_village``, ``finding_missing``, ``home_out_of_reach``, and as ``admit``.
    """
    step, rules = admit(state, command, "reserve_use", "propose"), rules_of(command)
    must_be_village(command.target, "target")
    must_reach(command.reach, state.village, command.target, rules.value(FALLBACK_USE), FALLBACK_USE.path, "target")
    post = impersonal(command.post, "post")
    elected = any(body in post for body in rules.value(ELECTED))
    opinions = rules.value(OPINIONS)
    return [ReserveUseProposed.carrying(command, state, step=step.step, post=post, elected=elected, opinions=opinions)]


def approve(state: Reserve, command: ApproveReserveUse) -> list[ReserveUseApproved]:
    """The township's approval. Raises as ``admit``."""
    step = admit(state, command, "reserve_use", "approve")
    return [ReserveUseApproved.carrying(command, state, step=step.step, meeting=impersonal(command.meeting, "meeting"))]


def file(state: Reserve, command: FileReserveUse) -> list[ReserveUseFiled]:
    """The county's filing. Raises as ``admit``."""
    step = admit(state, command, "reserve_use", "file")
    return [ReserveUseFiled.carrying(command, state, step=step.step, number=impersonal(command.number, "number"))]


def hear(state: Reserve, command: CollectReserveOpinion) -> list[OpinionCollected]:
    """An opinion on a use that is under way, heard by an organ of the reserve's own village (PE-088).

    Raises:
        Rejected: ``not_your_business``, ``use_not_proposed``, ``opinion_unasked``.
    """
    if not command.context.actor.covers(state.village):
        organ = f"{state.village[:9]} 乡镇或 {state.village[:6]} 组织部"
        raise NOT_YOUR_BUSINESS(act="听取使用意见", organ=organ, field="reserve", rule=OPINIONS.path)
    sources = rules_of(command).value(OPINIONS)
    if state.wanted is None:
        raise USE_NOT_PROPOSED()
    if command.source not in sources:
        raise OPINION_UNASKED(source=command.source, sources=sources, rule=OPINIONS.path)
    return [OpinionCollected.carrying(command, state, note=impersonal(command.note, "note"))]


def appoint(state: Reserve, command: AppointReserve) -> list[ReserveAppointed | ElectionRequired]:
    """The appointment, or that an election is required (PE-087). Raises as ``admit``."""
    admit(state, command, "reserve_use", "appoint")
    wanted = _wanted(state)
    if wanted.elected:
        return [] if wanted.due else [ElectionRequired.carrying(command, state, target=wanted.target, post=wanted.post)]
    return [ReserveAppointed.carrying(command, state, appointed_at=wanted.target, post=wanted.post)]


def elect(state: Reserve, command: RecordReserveElection) -> list[ReserveElectionHeld | ReserveAppointed]:
    """The result of the election, recorded by whom the profile lets approve the use: who is elected has the post, who
    is not stays in the pool.

    Raises:
        Rejected: ``not_your_business``, ``election_not_due``, ``date_before_ground``.
    """
    rules, wanted = rules_of(command), state.wanted
    step = USE.of_act("approve", rules)
    if not acts(step, command.context.actor, state.subject, rules):
        organ = whose(step, state.subject, rules)
        raise NOT_YOUR_BUSINESS(act="登记后备干部选举结果", organ=organ, field="reserve", rule=USE.path)
    if wanted is None or not wanted.due:
        raise ELECTION_NOT_DUE()
    not_before(command, state.done("reserve_use").get("election"), "须依法选举产生", STEPS.path)
    held = ReserveElectionHeld.carrying(command, state, minutes=impersonal(command.minutes, "minutes"))
    if not command.elected:
        return [held]
    return [held, ReserveAppointed.carrying(command, state, appointed_at=wanted.target, post=wanted.post)]


def _wanted(state: Reserve) -> Wanted:
    if state.wanted is None:
        raise USE_NOT_PROPOSED()
    return state.wanted


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve after a step of the use."""
    match event:
        case ReserveUseProposed():
            begun = state.taking("reserve_use", event.step, event.occurred_on)
            return replace(begun, wanted=Wanted(event.target, event.post, event.elected))
        case UseStep():
            return state.taking("reserve_use", event.step, event.occurred_on)
        case ElectionRequired() if state.wanted is not None:
            due = state.taking("reserve_use", "election", event.occurred_on)
            return replace(due, wanted=replace(state.wanted, due=True))
        case ReserveElectionHeld() if not event.elected:
            return state.without("reserve_use")
        case ReserveAppointed():
            left = state.without("reserve_use").without("reserve_removal")
            return replace(left, status="appointed", over=event.occurred_on)
    return state
