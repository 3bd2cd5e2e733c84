"""To whom belongs what the commands of evaluation name."""

from __future__ import annotations

from typing import Any, Final

from kernel.reach import Finds, Whose
from kernel.service import Room
from kernel.text import digits
from programmes.concerns import of_posting as of_place
from programmes.concerns import of_programme
from programmes.roles import DIGITS


def _of_leg(leg: str, command: Any, room: Room) -> Whose | None:
    found = room.load(f"secondment/{leg}")
    return None if found is None else Whose((found.noted.sending, found.noted.host))


def of_posting(posting: str, command: Any, room: Room) -> Whose | None:
    """A posting is its place's, the cadre's, and the unit's that sent the cadre on the day of the fact, as far as that
    was told; where no day is read yet, it may be any of its units'."""
    place, found = of_place(posting, command, room), room.load(f"appraisee/{posting}")
    if place is None or found is None:
        return place
    on = getattr(command.context, "occurred_on", None)
    units = (found.sender(on),) if on else tuple(unit for _, unit in found.senders)
    return Whose(place.areas, tuple(unit for unit in units if unit), found.opened.person)


def _of_reserve(reserve: str, command: Any, room: Room) -> Whose | None:
    found = room.load(f"reserve/{reserve}")
    return None if found is None else Whose((found.village,))


def _of_subject(subject: str, command: Any, room: Room) -> Whose | None:
    """A person is of both sides of the secondment, a place of those it was selected for, else its own; a place whose
    name is not known yet is its city's."""
    served, found = _of_leg(subject, command, room), room.load(f"commendation/{command.programme}")
    if served is None and (nominee := found.nominees.get(subject)):
        return Whose((nominee.chosen.sending, nominee.chosen.host))
    code = subject.rpartition(".")[2]
    return served or (Whose((code,)) if digits(code) and len(code) in DIGITS.values() else None)


def _of_unit(unit: str, command: Any, room: Room) -> Whose | None:
    """A unit that sends cadres is its own; whether it sends any is for the decision."""
    return Whose((), (unit,))


FINDS: Final[Finds] = {
    "subject": _of_subject,
    "subjects": _of_subject,
    "programme": of_programme,
    "posting": of_posting,
    "unit": _of_unit,
    "leg": _of_leg,
    "reserve": _of_reserve,
}
