"""Read models of persons (sealed) and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.persons import person, photo, unit

PERSONS = Table(
    "persons",
    {"person": "text"},
    {
        **dict.fromkeys(("sealed", "id_digest", "known", "identity", "record_of"), "text"),
        "synthetic": "bool",
        **dict.fromkeys(("registered_on", "erased_on"), "date"),
    },
    (("id_digest",), ("record_of",), ("known",)),
)
"""``known`` is another who holds the number, ``identity`` then "open", "same" or "other"; records of one person have
one ``record_of``."""
UNITS = Table("units", {"unit": "text"}, {"name": "text", "channel": "text", "level": "text"}, (("name",),))
FREED_NUMBERS = Table("freed_numbers", {"id_digest": "text", "turn": "int"}, {"person": "text", "freed_on": "date"})
"""Id numbers that were corrected away from who held them for the ``turn``-th time."""
PHOTOS = Table("photos", {"person": "text", "sha256": "text"}, {"media": "text", "size": "int", "attached_on": "date"})
TABLES = (PERSONS, UNITS, FREED_NUMBERS, PHOTOS)


def _person(e: person.PersonRegistered) -> Iterable[Op]:
    identity = "open" if e.known else ""
    yield PERSONS.of(e, registered_on=e.occurred_on, identity=identity, record_of=e.person)


def _again(e: person.PersonEnteredAgain) -> Iterable[Op]:
    yield PERSONS.of(e)


def _settled(e: person.IdentitySettled) -> Iterable[Op]:
    if e.same:
        yield PERSONS.put(e.person, identity="same", record_of=e.known)
    else:
        yield PERSONS.put(e.person, identity="other")


def _corrected(e: person.PersonCorrected) -> Iterable[Op]:
    if e.id_digest:
        identity = "open" if e.known else ""
        yield PERSONS.put(e.person, sealed=e.sealed, id_digest=e.id_digest, known=e.known, identity=identity)
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
