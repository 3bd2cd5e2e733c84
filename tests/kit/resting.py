"""A running system at rest: every service has taken in what the others decided."""

from __future__ import annotations

from demo.world import World
from tests.kit.waiting import eventually


def positions(world: World) -> dict[str, int]:
    """The position of every log, once nothing moves any more."""

    def resting() -> dict[str, int]:
        found = world.gateway.read(world.province(), "heads")["services"]
        now = {name: entry["position"] for name, entry in found.items()}
        level = all(p >= now[source] for entry in found.values() for source, p in entry["taken_in"].items())
        return now if level else {}

    return dict(eventually(resting))
