"""Read models of persons (sealed), units, schemes and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.nomination import channel, roster
from services.personnel.persons import person, unit
from services.personnel.privacy import privacy

PERSONS = Table(
    "persons",
    {"person": "text"},
    {"sealed": "text", "id_digest": "text", "synthetic": "bool", "registered_on": "date", "erased_on": "date"},
    (("id_digest",),),
)
UNITS = Table("units", {"unit": "text"}, {"name": "text", "channel": "text", "level": "text"}, (("name",),))
SCHEMES = Table("schemes", {"programme": "text", "channel": "text"}, {"title": "text", "filed_on": "date"})
QUOTAS = Table(
    "quotas", {"programme": "text", "unit": "text"}, {"channel": "text", "townships": "int", "villages": "int"}
)

TABLES = (
    PERSONS,
    UNITS,
    SCHEMES,
    QUOTAS,
)


def _person(e: person.PersonRegistered) -> Iterable[Op]:
    yield PERSONS.put(
        e.person, sealed=e.sealed, id_digest=e.id_digest, synthetic=e.synthetic, registered_on=e.occurred_on
    )


def _again(e: person.PersonEnteredAgain) -> Iterable[Op]:
    yield PERSONS.put(e.person, sealed=e.sealed)


def _erased(e: privacy.PersonErased) -> Iterable[Op]:
    yield PERSONS.put(e.person, erased_on=e.occurred_on)


def _unit(e: unit.UnitNoted) -> Iterable[Op]:
    yield UNITS.put(e.unit, name=e.name, channel=e.channel, level=e.level)


def _scheme(e: channel.ChannelSchemeFiled) -> Iterable[Op]:
    yield SCHEMES.put(e.programme, e.channel, title=e.title, filed_on=e.occurred_on)


def _quota(e: roster.UnitQuotaNoted) -> Iterable[Op]:
    yield QUOTAS.put(e.programme, e.unit, channel=e.channel, townships=e.townships, villages=e.villages)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    person.PersonRegistered: _person,
    person.PersonEnteredAgain: _again,
    privacy.PersonErased: _erased,
    unit.UnitNoted: _unit,
    channel.ChannelSchemeFiled: _scheme,
    roster.UnitQuotaNoted: _quota,
}
