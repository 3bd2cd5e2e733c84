"""What must stand before the load: the programme in force and the areas of two cities; or, for the long run, the
demo's year up to the day on which all cadres are on post, so that all four services have something to decide.
"""

from __future__ import annotations

from collections.abc import Callable

from cli.office import Office
from demo.offices import Offices
from demo.people import People
from demo.stages import placement, quotas, roster, rules
from demo.subscribers import Subscribers
from demo.world import SMALL, World
from deploy.local.system import System
from tests.faults.workload import Ground

YEAR = (rules.play, quotas.play, roster.play, placement.play)


def lay(
    system: System,
    subscribers: Subscribers,
    bearer: Callable[[Office], str],
    advance: Callable[[int], None],
    year: bool,
) -> Ground:
    """Lay it, through the gateway; with ``year`` the demo's year on its small scale."""
    gateway = Offices(system.gateway_url, bearer)
    try:
        world = World(gateway, SMALL, advance, lambda count: None, People())
        if not year:
            _programme(world)
            return Ground()
        for play in YEAR:
            play(world, system, subscribers)
        found = placement.postings(world)
        return Ground([(p["posting"], p["target"]) for p in found], sorted({p["person"] for p in found}))
    finally:
        gateway.close()


def _programme(world: World) -> None:
    """The programme alone: offices and villages need no register of areas."""
    rules.publish(world, world.province("文书"), "LN2018", "2018-04-16")
