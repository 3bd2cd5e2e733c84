"""A county's demand: kinds of its villages, whom it assigned, postings and what is left to it, in one stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kernel.decider import Decider
from kernel.messages import Event
from services.allocation.demand import county_fallback, village_assignment, village_kinds, work_team
from services.allocation.demand.county_fallback import CountyShortfallChanged, VillageLeft, VillageSourced
from services.allocation.demand.demand_state import Assignment, Demand, Post
from services.allocation.demand.village_assignment import HostConsulted, VillageAssigned
from services.allocation.demand.village_kinds import VillageKindsRecorded
from services.allocation.demand.work_team import WorkTeamFormed
from services.allocation.words import programme_and_area


def decide(
    state: Demand, command: Any
) -> Sequence[
    VillageKindsRecorded
    | CountyShortfallChanged
    | VillageAssigned
    | VillageLeft
    | WorkTeamFormed
    | VillageSourced
    | HostConsulted
]:
    """Hand each command to its function."""
    match command:
        case village_kinds.RecordVillageKinds():
            return village_kinds.record_kinds(state, command)
        case county_fallback.NoteSent():
            return county_fallback.sent(state, command)
        case county_fallback.NoteLeft():
            return county_fallback.left(state, command)
        case village_assignment.NoteConsultation():
            return village_assignment.consult(state, command)
        case village_assignment.AssignTo():
            return village_assignment.assign(state, command)
        case work_team.FormWorkTeam():
            return work_team.form(state, command)
    raise TypeError(f"a county's demand does not take {type(command).__name__}")


def evolve(state: Demand, event: Event) -> Demand:
    """The demand after one more event."""
    match event:
        case village_kinds.VillageKindsRecorded():
            return replace(state, villages={**state.villages, **{v.target: v for v in event.villages}})
        case county_fallback.VillageSourced():
            return replace(state, posts={**state.posts, event.target: Post(event.posting, event.source)})
        case county_fallback.VillageLeft():
            owed = {event.target: event.successor_of} if event.successor_of else {}
            return replace(county_fallback.without(state, event.target), owed={**state.owed, **owed})
        case village_assignment.HostConsulted():
            return replace(state, consulted=state.consulted | {event.unit})
        case village_assignment.VillageAssigned():
            assigned = Assignment(event.posting, event.person, event.unit, event.tier)
            return replace(
                state,
                assigned={**state.assigned, event.target: assigned},
                numbers={**state.numbers, event.target: state.numbers.get(event.target, 0) + 1},
                owed={code: unit for code, unit in state.owed.items() if code != event.target},
            )
    return state


DEMAND: Decider[Demand] = Decider(Demand(), decide, evolve, programme_and_area)
