"""After the term: the assessment noted, filed in the person's archive, and promotion (PE-059, EV-010, EV-013, EV-022).

Invariant: nothing is filed or used before the province reviewed it; an archive only grows, by withdrawals too (X-030).
"""

from __future__ import annotations

from kernel.grounds import rules_of
from kernel.messages import Command, Few, Key, Line, Order, Text
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.swap import GROUNDS
from programmes.roles import CITIES
from programmes.texts import impersonal
from services.personnel.legs.leg import ArchiveItemWithdrawn, AssessmentNoted, CadrePromoted, FiledInArchive, Leg
from services.personnel.legs.refusals import (
    EVALUATION_MISSING,
    FILED_BEFORE,
    GROUNDS_INCOMPLETE,
    NOT_AFTER_TERM,
    NOT_IN_ARCHIVE,
    REVIEW_MISSING,
)


class NoteAssessment(Order):
    """Record that the province reviewed the assessment of a leg."""

    assessment: Key


class FileInArchive(Command, title="存入本人档案", roles=CITIES, concerns=("leg",)):
    """File a document in the archive of a leg's person. ``document`` is its number or digest."""

    leg: Key
    document: Line
    kind: Key = "assessment"


class WithdrawFromArchive(Command, title="撤回归档材料", roles=CITIES, concerns=("leg",)):
    """Say why a document filed in the archive of a leg's person no longer counts; nothing is deleted."""

    leg: Key
    document: Line
    reason: Text


class PromoteCadre(Command, title="提拔使用", roles=CITIES, concerns=("leg",)):
    """Promote a leg's person. ``evaluation`` names the reviewed assessment, or the leg it was made for."""

    leg: Key
    grounds: Few[Key]
    evaluation: str = ""
    post: str = ""


def note(state: Leg, command: NoteAssessment) -> list[AssessmentNoted]:
    """The reviewed assessment, once."""
    if state.assessment == command.assessment:
        return []
    leg = state.nominated
    return [AssessmentNoted.carrying(command, leg)]


def file(state: Leg, command: FileInArchive) -> list[FiledInArchive]:
    """The archive item (X-030, EV-013). Rejected: another city's person, before the review, or filed already."""
    leg = state.nominated
    _of_sending_city(state, command, "archive.file")
    if state.assessment is None:
        raise REVIEW_MISSING()
    document = impersonal(command.document, "document")
    if document in state.filed:
        raise FILED_BEFORE()
    return [FiledInArchive.carrying(command, leg, leg=leg.leg, document=document, organ=command.context.actor.organ)]


def withdraw(state: Leg, command: WithdrawFromArchive) -> list[ArchiveItemWithdrawn]:
    """The withdrawal, as one more item (X-030). Rejected: another city's person, or no such document in the archive."""
    _of_sending_city(state, command, "archive.file")
    if command.document not in state.filed:
        raise NOT_IN_ARCHIVE(filed=sorted(state.filed) or "无")
    leg, reason = state.nominated, impersonal(command.reason, "reason")
    return [ArchiveItemWithdrawn.carrying(command, leg, leg=leg.leg, reason=reason, organ=command.context.actor.organ)]


def promote(state: Leg, command: PromoteCadre) -> list[CadrePromoted]:
    """The promotion (EV-022, PE-059). Rejected: no evaluation reference, a ground missing, before the end, or twice."""
    rules, leg = rules_of(command), state.nominated
    _of_sending_city(state, command, "promotion.grant")
    if state.assessment is None or command.evaluation not in (state.assessment, leg.leg):
        raise EVALUATION_MISSING(assessment=state.assessment or "先经省委组织部审查")
    required = rules.value(GROUNDS)
    if set(command.grounds) != set(required):
        raise GROUNDS_INCOMPLETE(required=required)
    if state.status not in ("ended", "returned") or state.lost or state.promoted:
        raise NOT_AFTER_TERM()
    return [CadrePromoted.carrying(command, leg, leg=leg.leg, grounds=required, post=impersonal(command.post, "post"))]


def _of_sending_city(state: Leg, command: Command, rule: str) -> None:
    if not command.context.actor.covers(state.nominated.sending):
        raise NOT_YOUR_BUSINESS(act="本人档案和提拔使用", organ=state.nominated.sending, field="leg", rule=rule)
