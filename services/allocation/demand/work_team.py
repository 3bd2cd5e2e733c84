"""The work team beside a first secretary: a few cadres of city, county and township, of a size the notice names.

Invariant: the first secretary is not one of its members, and its size and levels come from the rules (AL-042).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key
from programmes.readers.demand import TEAM_LEVELS, WORK_TEAM_SIZE
from programmes.roles import CITIES, COUNTIES
from services.allocation.demand.demand_state import Demand
from services.allocation.demand.refusals import SECRETARY_IN_TEAM, TEAM_LEVEL, TEAM_SIZE


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member by id, and the level of the organ he or she comes from."""

    person: Key
    level: Key


class FormWorkTeam(Command, title="组成驻村工作组", roles=CITIES | COUNTIES, concerns=("target",)):
    """Form a village's work team; a later one takes its place."""

    programme: Key
    target: Area
    members: Few[TeamMember]


class WorkTeamFormed(Event, title="驻村工作组组成"):
    """The village has this work team."""

    rule = WORK_TEAM_SIZE.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    members: tuple[TeamMember, ...]


def form(state: Demand, command: FormWorkTeam) -> Sequence[WorkTeamFormed]:
    """Form the team (AL-042). Source: 晋组通字〔2015〕41号 六.2."""
    rules = rules_of(command)
    size, levels = rules.value(WORK_TEAM_SIZE), rules.value(TEAM_LEVELS)
    persons = {member.person for member in command.members}
    if len(persons) != len(command.members) or not size.min <= len(persons) <= size.max:
        raise TEAM_SIZE(members_count=len(command.members), persons_count=len(persons), min=size.min, max=size.max)
    for member in command.members:
        if member.level not in levels:
            raise TEAM_LEVEL(person=member.person, level=member.level, levels=levels)
    first = state.assigned.get(command.target)
    if first is not None and first.person in persons:
        raise SECRETARY_IN_TEAM(person=first.person)
    return [WorkTeamFormed.carrying(command)]
