"""A county's demand: kinds of its villages, whom it assigned, postings and what is left to it, in one stream."""

from __future__ import annotations

from dataclasses import replace

from kernel.messages import Event
from kernel.part import Part
from services.allocation.demand import county_fallback, succession, village_assignment, village_kinds, work_team
from services.allocation.demand.demand_state import Assignment, Demand, Post
from services.allocation.words import programme_and_area


def evolve(state: Demand, event: Event) -> Demand:
    """The demand after one more event."""
    match event:
        case village_kinds.VillageKindsRecorded():
            return replace(state, villages={**state.villages, **{v.target: v for v in event.villages}})
        case county_fallback.VillageSourced():
            return replace(state, posts={**state.posts, event.target: Post(event.posting, event.source)})
        case county_fallback.VillageLeft():
            owed = {event.target: event.successor_of} if event.successor_of else {}
            gone = replace(county_fallback.without(state, event.target), owed={**state.owed, **owed})
            return _assigned_next(gone, event.target)
        case succession.VillageFollowed():
            about = {name: getattr(event, name) for name in ("person", "unit", "source", "channel")}
            follower = Assignment(posting=event.successor, **about)
            number = int(event.successor.rsplit(".", 1)[1])
            return replace(
                state,
                next={**state.next, event.target: follower},
                numbers={**state.numbers, event.target: number},
            )
        case succession.VillageHandedOver():
            over = _assigned_next(county_fallback.without(state, event.target), event.target)
            post = Post(event.successor, over.assigned[event.target].source)
            return replace(over, posts={**over.posts, event.target: post})
        case succession.VillageFollowerLost():
            return replace(state, next={code: one for code, one in state.next.items() if code != event.target})
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


def _assigned_next(state: Demand, target: str) -> Demand:
    """The village is that of whoever was to follow, where somebody was."""
    follower = state.next.get(target)
    if follower is None:
        return state
    left = {code: one for code, one in state.next.items() if code != target}
    return replace(state, next=left, assigned={**state.assigned, target: follower})


DEMAND: Part[Demand] = Part(
    "demand/{programme}.{county}",
    Demand(),
    decides=(
        village_kinds.record_kinds,
        county_fallback.sent,
        county_fallback.left,
        village_assignment.consult,
        village_assignment.assign,
        succession.follow,
        succession.lose,
        work_team.form,
    ),
    evolve=evolve,
    scope=programme_and_area,
)
