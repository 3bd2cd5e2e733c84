"""The work team beside a first secretary: a few cadres of city, county and township, of a size the notice names.

Invariant: the first secretary is not one of its members, and its size and levels come from the rules (AL-042).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Event, Few, Key
from programmes.readers.demand import TEAM_APART, TEAM_LEVELS, TEAM_VILLAGES, WORK_TEAM_SIZE
from programmes.roles import CITIES, COUNTIES
from programmes.teams import kept_apart, size_of
from services.allocation.demand.demand_state import Demand
from services.allocation.demand.refusals import SECRETARY_IN_TEAM, TEAM_LEVEL, TEAM_SIZE, TEAM_VILLAGE


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member by id, the level of the organ he or she comes from, and its unit where that counts."""

    person: Key
    level: Key
    unit: Key | None = None


class FormWorkTeam(Command, title="组成驻村工作组", roles=CITIES | COUNTIES, concerns=("target",)):
    """Form a village's work team; a later one takes its place. ``finding`` is as what the village was found, where the
    profile gives work teams to some villages alone."""

    programme: Key
    target: Area
    members: Few[TeamMember]
    finding: str = ""


class WorkTeamFormed(Event, title="驻村工作组组成"):
    """The village has this work team; ``finding`` says which village of those that may have one it was found to be."""

    schema: ClassVar[int] = 3
    rule = WORK_TEAM_SIZE.path
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    members: tuple[TeamMember, ...]
    finding: str


def form(state: Demand, command: FormWorkTeam) -> Sequence[WorkTeamFormed]:
    """Form the team (AL-042). Source: 晋组通字〔2015〕41号 六.2.

    Raises:
        Rejected: ``team_village``, ``team_size``, ``team_level``, ``secretary_in_team``, ``village_kind_unknown``,
            ``team_unit_twice``, ``team_unit_missing``, ``rule_unknown``.
    """
    rules = rules_of(command)
    may_have = rules.find(TEAM_VILLAGES)
    if may_have is not None and command.finding not in may_have.value:
        raise TEAM_VILLAGE(village=command.target, villages=may_have.value)
    village = state.villages.get(command.target)
    size = size_of(rules, command.target, village.kind if village is not None else None)
    levels = rules.value(TEAM_LEVELS)
    persons = {member.person for member in command.members}
    if len(persons) != len(command.members) or not size.min <= len(persons) <= size.max:
        raise TEAM_SIZE(members_count=len(command.members), persons_count=len(persons), min=size.min, max=size.max)
    for member in command.members:
        if member.level not in levels:
            raise TEAM_LEVEL(person=member.person, level=member.level, levels=levels)
    units = [(member.person, member.unit or "") for member in command.members]
    if rules.find(TEAM_APART) is not None:
        for person, unit in units:
            kept_apart(person, unit, units, "members.unit")
    first = state.assigned.get(command.target)
    if first is not None and first.person in persons:
        raise SECRETARY_IN_TEAM(person=first.person)
    return [WorkTeamFormed.carrying(command)]
