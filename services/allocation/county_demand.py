"""A county's demand: kinds of its villages, postings on them and what is left to the county, in one stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kernel.decider import Decider
from kernel.messages import Event
from services.allocation import county_fallback, village_kinds
from services.allocation.demand_state import Demand, Post
from services.allocation.words import programme_and_area


def decide(state: Demand, command: Any) -> Sequence[Event]:
    """Hand each command to its function."""
    match command:
        case village_kinds.RecordVillageKinds():
            return village_kinds.record_kinds(state, command)
        case county_fallback.NoteSent():
            return county_fallback.sent(state, command)
        case county_fallback.NoteLeft():
            return county_fallback.left(state, command)
    raise TypeError(f"a county's demand does not take {type(command).__name__}")


def evolve(state: Demand, event: Event) -> Demand:
    """The demand after one more event."""
    match event:
        case village_kinds.VillageKindsRecorded():
            return replace(state, villages={**state.villages, **{v.target: v for v in event.villages}})
        case county_fallback.VillageSourced():
            return replace(state, posts={**state.posts, event.target: Post(event.posting, event.source)})
        case county_fallback.VillageLeft():
            return county_fallback.without(state, event.target)
    return state


DEMAND: Decider[Demand] = Decider(Demand(), decide, evolve, programme_and_area)
