"""Whom a commendation is about: a place of the printed pairs, or a person whose secondment is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kernel.grounds import in_force
from kernel.service import Room, Step
from kernel.text import digits
from programmes.areas import is_a
from programmes.refusals import NOT_A_CITY
from programmes.roles import DIGITS
from services.evaluation.assessment.secondment import Secondment, next_leg, not_replaced
from services.evaluation.honours.commendation import KINDS, Kind, Round
from services.evaluation.honours.granting import Grant, GrantCommendation
from services.evaluation.honours.nominating import (
    AllotCommendations,
    ChooseAdvancedCity,
    Select,
    SelectForCommendation,
)
from services.evaluation.honours.refusals import NOT_COMMENDABLE
from services.evaluation.summaries.summary import places


def allot(command: AllotCommendations, room: Room) -> Iterable[Step]:
    """The places of a city. Raises Rejected: ``not_a_city``, where there is no such city."""
    if not is_a("city", command.city):
        raise NOT_A_CITY(city=command.city)
    yield Step(f"commendation/{command.programme}", command)


def select(command: SelectForCommendation, room: Room) -> Iterable[Step]:
    """The selection of a place or a person."""
    if command.kind == "person":
        yield from _person(command, room)
    else:
        yield from _place(command, command.kind, "select", room)


def choose(command: ChooseAdvancedCity, room: Room) -> Iterable[Step]:
    """The choice of an advanced city."""
    yield from _place(command, "city", "choose", room)


def grant(command: GrantCommendation, room: Room) -> Iterable[Step]:
    """The commendation, told whether a person's assessment is complete."""
    held: Round = room.load(f"commendation/{command.programme}")
    found = held.nominees.get(command.subject)
    reviewed = None
    if found is not None and found.chosen.kind == "person":
        served: Secondment | None = room.load(f"secondment/{command.subject}")
        reviewed = served is not None and served.reviewed
    order = Grant(
        context=command.context,
        programme=command.programme,
        subject=command.subject,
        reason=command.reason,
        reviewed=reviewed,
    )
    yield Step(f"commendation/{command.programme}", order)


def _place(command: SelectForCommendation | ChooseAdvancedCity, kind: Kind, act: str, room: Room) -> Iterable[Step]:
    rules = in_force(room.rules(command.programme), command.programme)
    of_kind = [place for place in places(rules) if len(place.subject) == DIGITS[kind] and digits(place.subject)]
    found = next((place for place in of_kind if place.subject == command.subject), None)
    if found is None:
        accepted = [place.subject for place in of_kind]
        raise NOT_COMMENDABLE(subject=command.subject, kind=KINDS[kind], accepted=accepted)
    yield _step(command, kind, act, found.area, found.host, None, None)


def _person(command: SelectForCommendation, room: Room) -> Iterable[Step]:
    served: Secondment | None = room.load(f"secondment/{command.subject}")
    if served is None or served.noted.programme != command.programme:
        raise NOT_COMMENDABLE(subject=command.subject, kind=KINDS["person"], accepted="已到岗的挂职编号")
    not_replaced(room.load(f"secondment/{next_leg(command.subject)}"))
    noted = served.noted
    yield _step(command, "person", "select", noted.sending, noted.host, noted.person, served.assessed_on)


def _step(
    command: SelectForCommendation | ChooseAdvancedCity,
    kind: Kind,
    act: str,
    sending: str,
    host: str,
    person: str | None,
    assessed_on: date | None,
) -> Step:
    order = Select(
        context=command.context,
        programme=command.programme,
        kind=kind,
        subject=command.subject,
        criteria=command.criteria,
        act=act,
        person=person,
        sending=sending,
        host=host,
        assessed_on=assessed_on,
    )
    return Step(f"commendation/{command.programme}", order)
