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
IDENTITIES = Table(
    "identity_marks", {"person": "text", "since": "date", "known": "text", "state": "text"}, {}, (("person",),)
)
"""What was said of a person and ``known`` from a day on: "open", then "same" or "other". With "moved" the person's
number is another one, which ``known`` holds or nobody: what was open about anybody else is so no more."""
UNITS = Table("units", {"unit": "text"}, {"name": "text", "channel": "text", "level": "text"}, (("name",),))
FREED_NUMBERS = Table("freed_numbers", {"id_digest": "text", "turn": "int"}, {"person": "text", "freed_on": "date"})
"""Id numbers that were corrected away from who held them for the ``turn``-th time."""
PHOTOS = Table("photos", {"person": "text", "sha256": "text"}, {"media": "text", "size": "int", "attached_on": "date"})
TABLES = (PERSONS, IDENTITIES, UNITS, FREED_NUMBERS, PHOTOS)


def _moved(e: person.PersonCorrected | person.IdentityNumberPassed, same: bool = False) -> Iterable[Op]:
    """The number of the person is another one from that day on; where somebody holds that, it is open who it is."""
    yield IDENTITIES.put(e.person, e.occurred_on, e.known, "moved")
    if e.known:
        yield IDENTITIES.put(e.person, e.occurred_on, e.known, "same" if same else "open")


def _person(e: person.PersonRegistered) -> Iterable[Op]:
    yield PERSONS.of(e, registered_on=e.occurred_on, record_of=e.person, identity="open" if e.known else "")
    if e.known:
        yield IDENTITIES.put(e.person, e.occurred_on, e.known, "open")


def _again(e: person.PersonEnteredAgain) -> Iterable[Op]:
    yield PERSONS.of(e)


def _settled(e: person.IdentitySettled) -> Iterable[Op]:
    if e.same:
        yield PERSONS.put(e.person, identity="same", record_of=e.known)
    else:
        yield PERSONS.put(e.person, identity="other")
    yield IDENTITIES.put(e.person, e.occurred_on, e.known, "same" if e.same else "other")


def _corrected(e: person.PersonCorrected) -> Iterable[Op]:
    if e.id_digest:
        identity = "open" if e.known else ""
        yield PERSONS.put(e.person, sealed=e.sealed, id_digest=e.id_digest, known=e.known, identity=identity)
        yield from _moved(e)
    else:
        yield PERSONS.put(e.person, sealed=e.sealed)
    if e.freed:
        yield FREED_NUMBERS.put(e.freed, e.freed_turn, person=e.person, freed_on=e.occurred_on)


def _passed(e: person.IdentityNumberPassed) -> Iterable[Op]:
    yield PERSONS.of(e, identity="same" if e.same else "open" if e.known else "")
    yield from _moved(e, e.same)


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
