"""Read models of persons (sealed) and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.persons import person, unit

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
TABLES = (PERSONS, UNITS)


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


def _unit(e: unit.UnitNoted) -> Iterable[Op]:
    yield UNITS.of(e)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    person.PersonRegistered: _person,
    person.PersonEnteredAgain: _again,
    person.IdentitySettled: _settled,
    unit.UnitNoted: _unit,
}
