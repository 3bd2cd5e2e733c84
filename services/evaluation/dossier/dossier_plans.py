"""Whose bag a paper goes into, and what attendance seals: it goes in by itself where the programme has bags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from kernel.messages import Context
from kernel.rules import RuleBook, Rules
from kernel.service import Reaction, Received, Room, Step
from programmes.readers import dossier
from services.evaluation.clocks.waiting import behind
from services.evaluation.dossier.dossier import AddDossierItem, AddSheet, ItemFor
from services.evaluation.dossier.held import Held, HoldSheet, ReleaseSheet
from services.evaluation.works.works_plans import told

_SHEET: Final = ("posting", "month", "version")


def add(command: AddDossierItem, room: Room) -> Iterable[Step]:
    """The paper, told whose it is."""
    yield Step(f"dossier/{command.posting}", told(ItemFor, command, room))


def _sealed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """attendance.AttendanceSealed: the sheet goes into the bag, or waits for the rules it was sealed under."""
    facts, needs = received.fields(*_SHEET, "target"), received.recorded.profile or ""
    facts["programme"] = programme = facts["posting"].partition(".")[0]
    rules = room.rules(programme, facts["target"])
    if rules is None or behind(rules.version, needs):
        yield Step(f"dossier-held/{programme}", HoldSheet(context=context, needs=needs, **facts))
    else:
        yield from _into_bag(facts, context, rules)


def release(programme: str, book: RuleBook, context: Context, room: Room) -> Iterable[Step]:
    """The rules of ``programme`` are ``book`` now: the sheets that waited for them go, each as of the day it was
    sealed."""
    held: Held = room.load(f"dossier-held/{programme}")
    for one in held.values():
        rules = book.effective(programme, one.target)
        if rules is not None and not behind(rules.version, one.needs):
            facts = {name: getattr(one, name) for name in ("programme", *_SHEET)}
            yield Step(f"dossier-held/{programme}", ReleaseSheet(context=context, **facts))
            sealed_on = replace(context, occurred_on=one.occurred_on)
            yield from _into_bag({**facts, "target": one.target}, sealed_on, rules)


def _into_bag(facts: Mapping[str, Any], context: Context, rules: Rules) -> Iterable[Step]:
    kinds, sheet = rules.find(dossier.KINDS), rules.find(dossier.SHEET)
    if kinds is not None and sheet is not None:
        yield Step(f"dossier/{facts['posting']}", AddSheet(context=context, kind=sheet.value, **facts))


REACTIONS: Final[dict[str, Reaction]] = {"attendance.AttendanceSealed": _sealed}
