"""The members of a village's work team: registered persons who come and go one by one (PE-110).

Source: 晋组通字〔2015〕41号 六.2.
Invariant: nobody joins who is known to hold a posting, a leg or a place in another team, so that the first secretary is
no member; a team never grows beyond the size of the notice, and one that lost members is listed until it has enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kernel.grounds import must_cover, not_before, rules_of
from kernel.messages import Actor, Area, Command, Event, Key, Order
from kernel.part import Part
from programmes.readers.care import TEAM_REGISTER
from programmes.readers.demand import TEAM_APART, TEAM_LEVELS, WORK_TEAM_SIZE
from programmes.roles import CITIES, COUNTIES, SYSTEM
from programmes.teams import kept_apart, size_of
from services.personnel.care.refusals import (
    NOT_IN_WORK_TEAM,
    WORK_TEAM_FULL,
    WORK_TEAM_LEVEL,
)
from services.personnel.postings.refusals import WORK_TEAM_MEMBER_UNREGISTERED
from services.personnel.postings.team_place import engaged_elsewhere
from services.personnel.scopes import programme_and_target

ROLE = "驻村工作组成员"


class WorkTeamMemberJoined(Event, title="驻村工作组成员到组"):
    """A registered person joined the team as ``member``; it has ``size`` now, and should have ``least`` to ``most``.

    ``register``: whether the profile has the member's attendance kept.
    """

    rule = WORK_TEAM_SIZE.path
    areas = ("target",)

    programme: Key
    target: Area
    member: Key
    person: Key
    unit: str
    level: Key
    role: str
    size: int
    least: int
    most: int
    register: bool


class WorkTeamMemberLeft(Event, title="驻村工作组成员离组"):
    """A member left the team, which has ``size`` now."""

    rule = WORK_TEAM_SIZE.path
    areas = ("target",)

    programme: Key
    target: Area
    member: Key
    person: Key
    size: int


class JoinWorkTeam(Command, title="驻村工作组成员到组", roles=CITIES | COUNTIES, concerns=("target",)):
    """Add a registered person of ``unit``, at ``level``, to a village's team."""

    programme: Key
    target: Area
    person: Key
    unit: Key
    level: Key


class LeaveWorkTeam(Command, title="驻村工作组成员离组", roles=CITIES | COUNTIES, concerns=("target",)):
    """Record that a member left the team."""

    programme: Key
    target: Area
    person: Key


class Join(Order):
    """The same, told of what kind the village is, whether the person is registered and what else the person holds."""

    programme: Key
    target: Area
    person: Key
    unit: str
    level: Key
    registered: bool
    engaged: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member by key, since a day, and of which unit."""

    member: str
    since: date
    unit: str


@dataclass(frozen=True, slots=True)
class Team:
    """The members of a team by person, and how many ever joined."""

    members: Mapping[str, Member] = field(default_factory=dict)
    ever: int = 0


def join(team: Team, command: Join) -> Sequence[WorkTeamMemberJoined]:
    """One more member (PE-110); nothing where the person is one.

    Raises:
        Rejected: ``foreign_area``, ``work_team_member_unregistered``, ``work_team_member_engaged``,
            ``work_team_level``, ``work_team_full``, ``village_kind_unknown``, ``team_unit_twice``,
            ``team_unit_missing``, ``rule_unknown``.
    """
    rules = rules_of(command)
    levels, register = rules.value(TEAM_LEVELS), rules.find(TEAM_REGISTER)
    size = size_of(rules, command.target, command.kind)
    _reaches(command.context.actor, command.target)
    if command.person in team.members:
        return []
    if not command.registered:
        raise WORK_TEAM_MEMBER_UNREGISTERED(person=command.person)
    if command.engaged is not None:
        raise engaged_elsewhere(command.context.actor, command.person, command.engaged)
    if command.level not in levels:
        raise WORK_TEAM_LEVEL(level=command.level, levels=levels)
    if len(team.members) >= size.max:
        raise WORK_TEAM_FULL(most=size.max)
    if rules.find(TEAM_APART) is not None:
        others = [(person, member.unit) for person, member in team.members.items()]
        kept_apart(command.person, command.unit, others, "unit")
    return [
        WorkTeamMemberJoined.carrying(
            command,
            member=f"{command.programme}.{command.target}.w{team.ever + 1}",
            role=ROLE,
            size=len(team.members) + 1,
            least=size.min,
            most=size.max,
            register=register is not None and register.value,
        )
    ]


def leave(team: Team, command: LeaveWorkTeam) -> Sequence[WorkTeamMemberLeft]:
    """A member less (PE-110). Raises Rejected: ``foreign_area``, ``not_in_work_team``, ``date_before_ground``."""
    _reaches(command.context.actor, command.target)
    member = team.members.get(command.person)
    if member is None:
        raise NOT_IN_WORK_TEAM(person=command.person)
    not_before(command, member.since, "到组", WORK_TEAM_SIZE.path)
    return [WorkTeamMemberLeft.carrying(command, member=member.member, size=len(team.members) - 1)]


def _reaches(actor: Actor, target: str) -> None:
    if actor.role not in SYSTEM:  # what allocation decided comes by a reaction
        must_cover(actor, target, field="target", rule=WORK_TEAM_SIZE.path)


def evolve(team: Team, event: Event) -> Team:
    """The team after ``event``."""
    match event:
        case WorkTeamMemberJoined():
            members = {**team.members, event.person: Member(event.member, event.occurred_on, event.unit)}
            return Team(members, team.ever + 1)
        case WorkTeamMemberLeft():
            return replace(team, members={p: m for p, m in team.members.items() if p != event.person})
    return team


TEAM: Part[Team] = Part(
    "work-team/{programme}.{target}", Team(), decides=(join, leave), evolve=evolve, scope=programme_and_target
)
"""The work team of one village."""
