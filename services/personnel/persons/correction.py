"""Correcting what is known of a person: by one more event, never by changing one (PE-109).

Invariant: what a form or a paper said stays what it said; a correction has a day of its own, a reason and a source. A
corrected id number leaves the old one free for whoever really has it, and takes the new one.
"""

from __future__ import annotations

from typing import Any

from kernel.grounds import not_before
from kernel.messages import Cells, Command, Key, Line, Order, Text
from programmes.roles import MANAGERS, PROVINCE, UNITS
from programmes.texts import impersonal
from services.personnel.persons.person import IdentityNumberPassed, Person, PersonCorrected
from services.personnel.persons.refusals import NOTHING_CORRECTED, PERSON_UNKNOWN


class CorrectPerson(Command, title="更正人员信息", roles=PROVINCE | MANAGERS | UNITS, concerns=("corrected",)):
    """Correct what is known of a person: ``changes`` gives fields of the form, ``id_number`` or ``mobile`` anew.

    The command's date is the day since when it is so. ``source`` names the document that shows it; neither it nor
    ``reason`` names anybody. The family is given whole, as on the form.
    """

    corrected: Key
    changes: Cells
    reason: Line
    source: Line


class Correct(Order):
    """The same, read and sealed. ``id_digest`` is that of a new number, ``turn`` and ``known`` as in the event."""

    person: Key
    programme: str
    fields: tuple[Key, ...]
    reason: Line
    source: Line
    changes: Text
    sealed: Text
    id_digest: str = ""
    turn: int = 1
    known: str = ""


class PassNumber(Order):
    """Who held the number of this record was corrected: as in ``IdentityNumberPassed``."""

    person: Key
    id_digest: Key
    turn: int
    known: str = ""
    same: bool = False


def correct(state: Person | None, command: Correct) -> list[PersonCorrected]:
    """The correction (PE-109).

    Raises:
        Rejected: ``person_unknown``; ``nothing_corrected`` where all stands as given already;
            ``personal_number_in_text``; ``date_before_ground`` for a day before the data was entered.
    """
    if state is None:
        raise PERSON_UNKNOWN()
    if not command.fields:
        raise NOTHING_CORRECTED()
    not_before(command, state.since, "登记", "form.fields")
    said: dict[str, Any] = {name: impersonal(getattr(command, name), name) for name in ("reason", "source")}
    if command.id_digest and not state.known:
        said |= {"freed": state.number[0], "freed_turn": state.number[1]}
    return [PersonCorrected.carrying(command, **said)]


def pass_number(state: Person | None, command: PassNumber) -> list[IdentityNumberPassed]:
    """By which number this record is known now, and who holds it."""
    if state is None:
        raise PERSON_UNKNOWN()
    return [IdentityNumberPassed.carrying(command)]


def stands(state: Person, name: str, command: Command) -> bool:
    """True where the value of ``command`` is the one that stands: no later fact has corrected the field or entered all
    anew."""
    on = command.context.occurred_on
    return state.entered <= on and state.corrected.get(name, on) <= on
