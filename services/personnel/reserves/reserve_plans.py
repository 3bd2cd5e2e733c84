"""What the sourcing of reserves needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.personnel.reserves.reserve import Recommend, RecommendReserve


def recommend_reserve(command: RecommendReserve, room: Room) -> Iterable[Step]:
    """The village's sourcing, told whether the person is registered."""
    registered = room.load(f"person/{command.person}") is not None
    order = Recommend(context=command.context, asked=command, registered=registered)
    return (Step(f"reserves/{command.programme}.{command.village}", order),)
