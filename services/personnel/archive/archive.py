"""Papers in the personal archive of a posting's cadre or of a reserve (X-030).

Which kinds there are and who files them stands in the profile (``archive.papers``). Invariant: an archive only grows;
nothing in it is changed or deleted, a withdrawal is one more item. Those of legs are filed by ``legs/archive.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from kernel.grounds import not_before, rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order, Text
from kernel.part import Part, each
from kernel.refusals import NOT_YOUR_BUSINESS
from programmes.readers.papers import ARCHIVE
from programmes.roles import COUNTIES, MANAGERS, TOWNSHIPS, UNITS, all_called
from programmes.texts import impersonal
from services.personnel.archive.refusals import ARCHIVE_KIND_UNKNOWN
from services.personnel.legs.refusals import FILED_BEFORE, NOT_IN_ARCHIVE
from services.personnel.scopes import programme_of


class ArchivePaperFiled(Event, title="材料归入个人档案"):
    """A paper went into the archive of ``person``; ``subject`` is the posting or the reserve it is of."""

    rule = ARCHIVE.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    subject: Key
    person: Key
    area: Area
    unit: str
    kind: Line
    document: Line
    organ: Line


class ArchivePaperWithdrawn(Event, title="撤回个人档案材料"):
    """A paper filed before no longer counts; that it was filed stays."""

    rule = ARCHIVE.path
    areas: ClassVar[tuple[str, ...]] = ("area",)

    programme: Key
    subject: Key
    person: Key
    area: Area
    unit: str
    document: Line
    reason: Text
    organ: Line


class FilePostingPaper(Command, title="任职材料存入个人档案", roles=MANAGERS | UNITS, concerns=("posting",)):
    """File a paper in the archive of a posting's cadre. ``document`` is its number or digest."""

    posting: Key
    kind: Line
    document: Line


class WithdrawPostingPaper(Command, title="撤回任职归档材料", roles=MANAGERS | UNITS, concerns=("posting",)):
    """Say why a paper of a posting's cadre no longer counts; nothing is deleted."""

    posting: Key
    document: Line
    reason: Text


class FileReservePaper(Command, title="后备干部材料存档", roles=COUNTIES | TOWNSHIPS, concerns=("reserve",)):
    """File a paper in the archive of a reserve. ``document`` is its number or digest."""

    reserve: Key
    kind: Line
    document: Line


class WithdrawReservePaper(Command, title="撤回后备干部归档材料", roles=COUNTIES | TOWNSHIPS, concerns=("reserve",)):
    """Say why a paper of a reserve no longer counts; nothing is deleted."""

    reserve: Key
    document: Line
    reason: Text


@dataclass(frozen=True, slots=True)
class Archived:
    """Whose archive it is: the subject, "posting" or "reserve" as ``of``, and from which day there may be papers."""

    programme: str
    subject: str
    of: str
    person: str
    area: str
    unit: str
    since: date | None


class FilePaper(Order):
    """A paper for the archive of ``about``."""

    about: Archived
    kind: Line
    document: Line


class WithdrawPaper(Order):
    """A withdrawal from the archive of ``about``."""

    about: Archived
    document: Line
    reason: Text


@dataclass(frozen=True, slots=True)
class Archive:
    """The papers that stand, by document their kind; what was withdrawn is not filed again."""

    filed: tuple[tuple[str, str], ...] = ()
    withdrawn: frozenset[str] = frozenset()

    @property
    def standing(self) -> dict[str, str]:
        """Kind by document, of those that count."""
        return {document: kind for document, kind in self.filed if document not in self.withdrawn}


def file(state: Archive, command: FilePaper) -> Sequence[ArchivePaperFiled]:
    """The paper (X-030).

    Raises:
        Rejected: ``archive_kind_unknown``, ``not_your_business``, ``filed_before``, ``date_before_ground``,
            ``rule_unknown`` where the profile has no archive.
    """
    kind, document = command.kind, impersonal(command.document, "document")
    _authorise(command, kind)
    not_before(command, command.about.since, "任职或入库", ARCHIVE.path)
    if document in dict(state.filed):
        raise FILED_BEFORE()
    organ = command.context.actor.organ
    return [
        ArchivePaperFiled.carrying(command.about, occurred_on=_on(command), kind=kind, document=document, organ=organ)
    ]


def withdraw(state: Archive, command: WithdrawPaper) -> Sequence[ArchivePaperWithdrawn]:
    """The withdrawal, as one more item (X-030). Rejected: ``not_in_archive``, ``not_your_business``."""
    standing = state.standing
    if command.document not in standing:
        raise NOT_IN_ARCHIVE(filed=sorted(standing) or "无")
    _authorise(command, standing[command.document])
    reason, organ = impersonal(command.reason, "reason"), command.context.actor.organ
    return [
        ArchivePaperWithdrawn.carrying(
            command.about, occurred_on=_on(command), document=command.document, reason=reason, organ=organ
        )
    ]


def _on(command: FilePaper | WithdrawPaper) -> date:
    return command.context.occurred_on


def _authorise(command: FilePaper | WithdrawPaper, kind: str) -> None:
    """Check that the profile has the kind for such a subject, and that the actor files it."""
    known = [row for row in rules_of(command).value(ARCHIVE) if row.of == command.about.of]
    found = next((row for row in known if row.kind == kind), None)
    if found is None:
        raise ARCHIVE_KIND_UNKNOWN(kind=kind, kinds=[row.kind for row in known] or "本方案没有此类档案")
    if command.context.actor.role not in found.by:
        raise NOT_YOUR_BUSINESS(act=f"{kind}归档", organ=all_called(found.by), field="kind", rule=ARCHIVE.path)


def _filed(state: Archive, event: ArchivePaperFiled) -> Archive:
    return replace(state, filed=(*state.filed, (event.document, event.kind)))


def _withdrawn(state: Archive, event: ArchivePaperWithdrawn) -> Archive:
    return replace(state, withdrawn=state.withdrawn | {event.document})


ARCHIVED: Part[Archive] = Part(
    "archive/{subject}", Archive(), scope=programme_of, decides=(file, withdraw), evolve=each(_filed, _withdrawn)
)
"""The personal archive of one posting or reserve."""
