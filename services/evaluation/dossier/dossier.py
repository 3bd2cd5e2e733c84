"""One bag a cadre: what is in it, by kind (EV-038).

Source: the Jinzhou measures 二.5, 「为每一名选派干部建立工作实绩档案」, 「装入个人资料袋保存」. Invariant: a
monthly sheet enters by its seal alone, each sealed version once; nobody puts one in by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Key, Line, Order
from kernel.part import Part
from programmes.readers import dossier
from programmes.roles import COUNTIES
from services.evaluation.dossier.refusals import DOSSIER_KIND_UNKNOWN, DOSSIER_SHEET_BY_SEAL
from services.evaluation.scopes import scope
from services.evaluation.works.work import ForWork, on_post

Bag = frozenset[tuple[str, str, int]]
"""Kind, title and version of what is in it."""


class DossierItemAdded(Event, title="装入个人资料袋"):
    """A paper of ``kind`` is in the bag; the ``title`` of a monthly sheet is its month (YYYY-MM).

    ``version`` counts papers of one kind and title; that of a monthly sheet is the one that was sealed.
    """

    rule: ClassVar[str | None] = dossier.KINDS.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: Key
    posting: Key
    target: Area
    kind: Line
    title: Line
    version: int


class AddDossierItem(Command, title="装入个人资料袋", roles=COUNTIES, concerns=("posting",)):
    """Put a paper of a cadre into the bag; one of the same kind and title is its next version."""

    posting: Key
    kind: Line
    title: Line


class ItemFor(ForWork):
    """``AddDossierItem``, told whose it is."""

    kind: Line
    title: Line


class AddSheet(Order):
    """Attendance says that a version of a month is sealed; ``kind`` is what the programme calls such a sheet."""

    programme: Key
    posting: Key
    target: Area
    kind: Line
    month: Line
    version: int


def add(bag: Bag, command: ItemFor) -> Sequence[DossierItemAdded]:
    """The paper.

    Raises:
        Rejected: ``dossier_sheet_by_seal``, ``dossier_kind_unknown``, ``work_too_early``, ``rule_unknown``.
    """
    rules, kind = rules_of(command), command.kind
    printed, sheet, other = rules.value(dossier.KINDS), rules.value(dossier.SHEET), rules.find(dossier.OTHER)
    kinds = [*(one for one in printed if one != sheet), *([other.value] if other else [])]
    if kind == sheet:
        raise DOSSIER_SHEET_BY_SEAL(kind=kind, kinds=kinds)
    if kind not in kinds:
        raise DOSSIER_KIND_UNKNOWN(kind=kind, kinds=kinds)
    on_post(command, field="posting", rule=dossier.KINDS.path)
    version = 1 + sum(one[:2] == (kind, command.title) for one in bag)
    return (DossierItemAdded.carrying(command, version=version),)


def add_sheet(bag: Bag, command: AddSheet) -> Sequence[DossierItemAdded]:
    """The sealed version of a month, once."""
    if (command.kind, command.month, command.version) in bag:
        return ()
    return (DossierItemAdded.carrying(command, title=command.month),)


def _added(bag: Bag, event: Event) -> Bag:
    return bag | {(event.kind, event.title, event.version)} if isinstance(event, DossierItemAdded) else bag


DOSSIER: Final[Part[Bag]] = Part("dossier/{posting}", frozenset(), decides=(add, add_sheet), evolve=_added, scope=scope)
"""The bag of one posting."""
