"""A member of a work team of 2015, by the part of personnel."""

from __future__ import annotations

from typing import Any

from kernel.messages import Event
from services.personnel.care.team import TEAM, Join, LeaveWorkTeam, WorkTeamMemberJoined
from tests.kit.personnel.candidates import COUNTY_UNIT, HOST, SX2015, VILLAGE, at


def joined(person: str) -> WorkTeamMemberJoined:
    """WorkTeamMemberJoined: the first member of a team."""
    about: dict[str, Any] = {
        "programme": SX2015,
        "target": VILLAGE,
        "person": person,
        "unit": COUNTY_UNIT,
        "level": "county",
    }
    told: dict[str, Any] = {"registered": True, "engaged": None, "kind": None}
    (event,) = TEAM.decide(TEAM.initial, Join(context=at("2015-08-01", HOST), **about, **told))
    assert isinstance(event, WorkTeamMemberJoined)
    return event


def left(member: WorkTeamMemberJoined) -> Event:
    """WorkTeamMemberLeft of whoever joined."""
    leave = {"programme": SX2015, "target": VILLAGE, "person": member.person}
    command = LeaveWorkTeam(context=at("2015-09-01", HOST), **leave)
    (event,) = TEAM.decide(TEAM.fold(TEAM.initial, [member]), command)
    return event
