"""Read models of persons (sealed) and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from kernel.projection import Op, Table
from services.personnel.persons import person, photo, unit

PERSONS = Table(
    "persons",
    {"person": "text"},
    {
        **dict.fromkeys(("sealed", "id_digest", "known", "identity", "record_of"), "text"),
        "synthetic": "bool",
        **dict.fromkeys(("registered_on", "erased_on", "questioned_on", "settled_on"), "date"),
    },
    (("id_digest",), ("record_of",), ("known",)),
)
"""``known`` is another who holds the number, ``identity`` then "open", "same" or "other", since when and until when it
was open; records of one person have
one ``record_of``."""
UNITS = Table("units", {"unit": "text"}, {"name": "text", "channel": "text", "level": "text"}, (("name",),))
FREED_NUMBERS = Table("freed_numbers", {"id_digest": "text", "turn": "int"}, {"person": "text", "freed_on": "date"})
"""Id numbers that were corrected away from who held them for the ``turn``-th time."""
PHOTOS = Table("photos", {"person": "text", "sha256": "text"}, {"media": "text", "size": "int", "attached_on": "date"})
TABLES = (PERSONS, UNITS, FREED_NUMBERS, PHOTOS)


def _questioned(known: str, on: date) -> dict[str, Any]:
    """What a number says that another holds already: it is open who the person is, from that day on."""
    return {"identity": "open" if known else "", "questioned_on": on if known else None, "settled_on": None}


def _person(e: person.PersonRegistered) -> Iterable[Op]:
    yield PERSONS.of(e, registered_on=e.occurred_on, record_of=e.person, **_questioned(e.known, e.occurred_on))


def _again(e: person.PersonEnteredAgain) -> Iterable[Op]:
    yield PERSONS.of(e)


def _settled(e: person.IdentitySettled) -> Iterable[Op]:
    if e.same:
        yield PERSONS.put(e.person, identity="same", record_of=e.known, settled_on=e.occurred_on)
    else:
        yield PERSONS.put(e.person, identity="other", settled_on=e.occurred_on)


def _corrected(e: person.PersonCorrected) -> Iterable[Op]:
    if e.id_digest:
        asked = _questioned(e.known, e.occurred_on)
        yield PERSONS.put(e.person, sealed=e.sealed, id_digest=e.id_digest, known=e.known, **asked)
    else:
        yield PERSONS.put(e.person, sealed=e.sealed)
    if e.freed:
        yield FREED_NUMBERS.put(e.freed, e.freed_turn, person=e.person, freed_on=e.occurred_on)


def _passed(e: person.IdentityNumberPassed) -> Iterable[Op]:
    yield PERSONS.of(e, identity="same" if e.same else "open" if e.known else "")


def _photo(e: photo.PhotoAttached) -> Iterable[Op]:
    yield PHOTOS.of(e, attached_on=e.occurred_on)


def _unit(e: unit.UnitNoted) -> Iterable[Op]:
    yield UNITS.of(e)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    person.PersonRegistered: _person,
    person.PersonEnteredAgain: _again,
    person.IdentitySettled: _settled,
    photo.PhotoAttached: _photo,
    person.PersonCorrected: _corrected,
    person.IdentityNumberPassed: _passed,
    unit.UnitNoted: _unit,
}
