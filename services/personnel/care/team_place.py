"""The one team a person is in: one stream a person, written by whoever joins or leaves a team (PE-110, AL-047).

Invariant: a person is in at most one team. Two teams that a person joins at the same instant both write this stream, so
the second is decided anew and finds the first; whatever gives a person a posting reads it.
"""

from __future__ import annotations

from kernel.messages import Area, Event, Key, Order
from kernel.part import Part
from services.personnel.care.team import engaged_elsewhere


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


def take(team: str | None, command: TakeTeamPlace) -> list[WorkTeamPlaceTaken]:
    """The place, where the person is in no other team. Raises Rejected: as ``engaged_elsewhere``."""
    if team == _team(command):
        return []
    if team is not None:
        raise engaged_elsewhere(command.context.actor, command.person, team)
    return [WorkTeamPlaceTaken.carrying(command)]


def free(team: str | None, command: FreeTeamPlace) -> list[WorkTeamPlaceFreed]:
    """The end of it; nothing where the person is in that team by no event of this stream."""
    return [WorkTeamPlaceFreed.carrying(command)] if team == _team(command) else []


def evolve(team: str | None, event: Event) -> str | None:
    """The team after ``event``."""
    match event:
        case WorkTeamPlaceTaken():
            return _team(event)
        case WorkTeamPlaceFreed():
            return None
    return team


def _team(said: TakeTeamPlace | FreeTeamPlace | WorkTeamPlaceTaken) -> str:
    return f"{said.programme}.{said.target}"


TEAM_PLACE: Part[str | None] = Part("work-team-place/{person}", None, decides=(take, free), evolve=evolve)
"""The team of one person, ``<programme>.<target>``."""
