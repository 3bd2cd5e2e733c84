"""Read models of persons (sealed) and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.persons import person, unit

PERSONS = Table(
    "persons",
    {"person": "text"},
    {"sealed": "text", "id_digest": "text", "synthetic": "bool", "registered_on": "date", "erased_on": "date"},
    (("id_digest",),),
)
UNITS = Table("units", {"unit": "text"}, {"name": "text", "channel": "text", "level": "text"}, (("name",),))
TABLES = (PERSONS, UNITS)


def _person(e: person.PersonRegistered) -> Iterable[Op]:
    yield PERSONS.of(e, registered_on=e.occurred_on)


def _again(e: person.PersonEnteredAgain) -> Iterable[Op]:
    yield PERSONS.of(e)


def _unit(e: unit.UnitNoted) -> Iterable[Op]:
    yield UNITS.of(e)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    person.PersonRegistered: _person,
    person.PersonEnteredAgain: _again,
    unit.UnitNoted: _unit,
}
