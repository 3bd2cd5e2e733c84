"""The work team beside a first secretary: a few cadres of city, county and township, of a size the notice names.

Invariant: the first secretary is not one of its members, and its size and levels come from the rules (AL-042).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from kernel.messages import Area, Command, Event, Key, Rejected
from programmes.roles import CITIES, COUNTIES
from services.allocation.demand.demand_state import Demand
from services.allocation.grounds import must_cover, rules_of

SIZE = "team.size"
LEVELS = "team.levels"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member by id, and the level of the organ he or she comes from."""

    person: Key
    level: Key


class FormWorkTeam(Command, title="组成驻村工作组", roles=CITIES | COUNTIES, areas=("target",)):
    """Form a village's work team; a later one takes its place."""

    programme: Key
    target: Area
    members: tuple[TeamMember, ...]


class WorkTeamFormed(Event, title="驻村工作组组成"):
    """The village has this work team."""

    rule = SIZE
    areas: ClassVar[tuple[str, ...]] = ("target",)

    programme: str
    target: Area
    members: tuple[TeamMember, ...]


def form(state: Demand, command: FormWorkTeam) -> Sequence[WorkTeamFormed]:
    """Form the team. Source: 晋组通字〔2015〕41号 六.2."""
    rules = rules_of(command)
    must_cover(command.context.actor, command.target, SIZE, field="target")
    size, levels = rules.value(SIZE), rules.value(LEVELS)
    persons = {member.person for member in command.members}
    if len(persons) != len(command.members) or not size["min"] <= len(persons) <= size["max"]:
        raise Rejected(
            "team_size",
            f"驻村工作组现列 {len(command.members)} 人，其中不同的 {len(persons)} 人。",
            rule=SIZE,
            field="members",
            accepted=f"{size['min']} 至 {size['max']} 人，每人一次",
        )
    for member in command.members:
        if member.level not in levels:
            raise Rejected(
                "team_level",
                f"{member.person} 来自 {member.level}，不在可抽调的层级内。",
                rule=LEVELS,
                field="members.level",
                accepted="、".join(levels),
            )
    first = state.assigned.get(command.target)
    if first is not None and first.person in persons:
        raise Rejected(
            "secretary_in_team",
            f"{first.person} 是该村第一书记，不计入驻村工作组。",
            rule=SIZE,
            field="members.person",
            accepted="第一书记以外的干部",
        )
    return [
        WorkTeamFormed(
            occurred_on=command.context.occurred_on,
            programme=command.programme,
            target=command.target,
            members=command.members,
        )
    ]
