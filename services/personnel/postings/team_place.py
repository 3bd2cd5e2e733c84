"""The one team a person is in, or the posting that keeps the person from any: one stream a person (PE-110, AL-047).

Invariant: a person is in at most one team. Whoever joins a team writes this stream, and so does what gives the person a
posting where the programme has teams; so of two at the same instant the second is decided anew and finds the first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kernel.errors import PaizhuError
from kernel.messages import Actor, Area, Event, Key, Order
from kernel.part import Part
from kernel.text import digits
from services.personnel.postings.refusals import WORK_TEAM_MEMBER_ENGAGED, WORK_TEAM_MEMBER_UNREGISTERED

TOWNSHIP = 9
"""Digits of the code of a place that a posting or a team is at; a leg is at none."""


class WorkTeamPlaceTaken(Event, title="驻村工作组一人一组占用"):
    """The person is in the team of ``target``."""

    areas = ("target",)

    programme: Key
    target: Area
    person: Key


class WorkTeamPlaceFreed(Event, title="驻村工作组一人一组解除"):
    """The person is in the team of ``target`` no more."""

    areas = ("target",)

    programme: Key
    target: Area
    person: Key


class WorkTeamPlaceBarred(Event, title="驻村工作组一人一岗占用"):
    """The person was given a posting, and joins no team while it lasts."""

    person: Key
    posting: Key


class BarTeamPlace(Order):
    """The person is given a posting."""

    person: str
    posting: str


class TakeTeamPlace(Order):
    """The person joins the team of ``target``."""

    programme: str
    target: str
    person: str


class FreeTeamPlace(Order):
    """The person leaves the team of ``target``."""

    programme: str
    target: str
    person: str


@dataclass(frozen=True, slots=True)
class Place:
    """The team the person is in, ``<programme>.<target>``, and the last posting given."""

    team: str | None = None
    posting: str | None = None


def take(place: Place, command: TakeTeamPlace) -> list[WorkTeamPlaceTaken]:
    """The place, where the person is in no other team. Raises Rejected: as ``engaged_elsewhere``."""
    if place.team == _team(command):
        return []
    if place.team is not None:
        raise engaged_elsewhere(command.context.actor, command.person, place.team)
    return [WorkTeamPlaceTaken.carrying(command)]


def engaged_elsewhere(actor: Actor, person: str, held: str) -> PaizhuError:
    """The refusal of who holds something: what it is is told to whom it lies with, others hear as of a stranger."""
    place = held.split(".")[1] if held.count(".") else ""
    if digits(place) and len(place) >= TOWNSHIP and actor.covers(place):
        return WORK_TEAM_MEMBER_ENGAGED(person=person, held=held)
    return WORK_TEAM_MEMBER_UNREGISTERED(person=person)


def free(place: Place, command: FreeTeamPlace) -> list[WorkTeamPlaceFreed]:
    """The end of it; nothing where the person is in that team by no event of this stream."""
    return [WorkTeamPlaceFreed.carrying(command)] if place.team == _team(command) else []


def bar(place: Place, command: BarTeamPlace) -> list[WorkTeamPlaceBarred]:
    """That a posting was given, once; whether it still lasts, the posting itself says."""
    return [WorkTeamPlaceBarred.carrying(command)] if place.posting != command.posting else []


def evolve(place: Place, event: Event) -> Place:
    """The place after ``event``."""
    match event:
        case WorkTeamPlaceTaken():
            return replace(place, team=_team(event))
        case WorkTeamPlaceFreed():
            return replace(place, team=None)
        case WorkTeamPlaceBarred():
            return replace(place, posting=event.posting)
    return place


def _team(said: TakeTeamPlace | FreeTeamPlace | WorkTeamPlaceTaken) -> str:
    return f"{said.programme}.{said.target}"


TEAM_PLACE: Part[Place] = Part("work-team-place/{person}", Place(), decides=(take, free, bar), evolve=evolve)
"""The place of one person."""
