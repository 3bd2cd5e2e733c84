"""Removal from the pool (取消其资格): the village proposes, the township approves, the county files, then it holds.

Invariant: nobody is removed before the filing, and every removal makes a replacement due (PE-086).
"""

from __future__ import annotations

from dataclasses import replace

from kernel.grounds import rules_of
from kernel.messages import Command, Event, Key, Line
from programmes.readers.reserve import GROUNDS
from programmes.readers.reserve import REMOVAL as STEPS
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES
from programmes.texts import impersonal
from services.personnel.reserves.candidate import OfReserve, RemovalStep, Reserve, admit
from services.personnel.reserves.refusals import REMOVAL_GROUND_UNKNOWN


class ProposeReserveRemoval(Command, title="提出取消后备干部资格", roles=VILLAGES, concerns=("reserve",)):
    """Propose that a reserve be removed on a printed ``ground``; ``facts`` say what happened, without names."""

    reserve: Key
    ground: Line
    facts: Line


class ApproveReserveRemoval(Command, title="审批取消后备干部资格", roles=TOWNSHIPS, concerns=("reserve",)):
    """Approve a proposed removal at ``meeting``."""

    reserve: Key
    meeting: Line


class FileReserveRemoval(Command, title="备案取消后备干部资格", roles=COUNTIES, concerns=("reserve",)):
    """File an approved removal under ``number``."""

    reserve: Key
    number: Line


class RemoveReserve(Command, title="取消后备干部资格", roles=TOWNSHIPS, concerns=("reserve",)):
    """Remove a reserve whose removal is filed."""

    reserve: Key


class ReserveRemovalProposed(RemovalStep, title="提出取消后备干部资格"):
    """The village's party organisation proposed it."""

    ground: Line
    facts: Line


class ReserveRemovalApproved(RemovalStep, title="审批取消后备干部资格"):
    """The township approved it."""

    meeting: Line


class ReserveRemovalFiled(RemovalStep, title="备案取消后备干部资格"):
    """The county's department filed it."""

    number: Line


class ReserveRemoved(OfReserve, title="取消后备干部资格"):
    """The person is a reserve no longer."""

    rule = STEPS.path

    ground: Line


class ReserveReplacementDue(OfReserve, title="跟进补充后备干部"):
    """The village has to find another for the ``person`` who was removed."""

    rule = STEPS.path


def propose(state: Reserve, command: ProposeReserveRemoval) -> list[ReserveRemovalProposed]:
    """The proposal. Source: 青委组〔2017〕57号 二（三）.2. Raises Rejected: ``ground_unknown``, and as ``admit``."""
    step, grounds = admit(state, command, "reserve_removal", "propose"), rules_of(command).value(GROUNDS)
    if command.ground not in grounds:
        raise REMOVAL_GROUND_UNKNOWN(ground=command.ground, grounds=grounds, rule=GROUNDS.path)
    facts = impersonal(command.facts, "facts")
    return [ReserveRemovalProposed.carrying(command, state, step=step.step, ground=command.ground, facts=facts)]


def approve(state: Reserve, command: ApproveReserveRemoval) -> list[ReserveRemovalApproved]:
    """The township's approval. Raises as ``admit``."""
    step = admit(state, command, "reserve_removal", "approve")
    meeting = impersonal(command.meeting, "meeting")
    return [ReserveRemovalApproved.carrying(command, state, step=step.step, meeting=meeting)]


def file(state: Reserve, command: FileReserveRemoval) -> list[ReserveRemovalFiled]:
    """The county's filing. Raises as ``admit``."""
    step = admit(state, command, "reserve_removal", "file")
    return [ReserveRemovalFiled.carrying(command, state, step=step.step, number=impersonal(command.number, "number"))]


def remove(state: Reserve, command: RemoveReserve) -> list[ReserveRemoved | ReserveReplacementDue]:
    """The removal, after the filing only (PE-086). Raises as ``admit``."""
    admit(state, command, "reserve_removal", "remove")
    return [ReserveRemoved.carrying(command, state), ReserveReplacementDue.carrying(command, state)]


def evolve(state: Reserve, event: Event) -> Reserve:
    """The reserve after a step of the removal."""
    match event:
        case ReserveRemovalProposed():
            return replace(state.taking("reserve_removal", event.step, event.occurred_on), ground=event.ground)
        case RemovalStep():
            return state.taking("reserve_removal", event.step, event.occurred_on)
        case ReserveRemoved():
            return replace(
                state.without("reserve_removal").without("reserve_use"), status="removed", over=event.occurred_on
            )
    return state
