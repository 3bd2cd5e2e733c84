"""A whole system for the tests of this directory: brought up once, with the quotas of 2018 and one nominee in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.office import token
from demo.offices import Offices
from demo.people import People
from demo.stages import quotas, rules
from demo.world import SMALL, World
from deploy.local.system import running
from kernel.auth import Issuer
from tests.kit.town import PROGRAMME, Town


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The system, ready for the roster, with one nominee in it."""
    data: Path = tmp_path_factory.mktemp("bad") / "system"
    with running(data) as system:
        issuer = Issuer(system.keys)
        gateway = Offices(system.gateway_url, lambda office: token(issuer, office))
        world = World(gateway, SMALL, lambda done: None, lambda more: None, People())
        try:
            rules.play(world, system, None)  # type: ignore[arg-type]  # the stage has no use for subscribers
            quotas.play(world, system, None)  # type: ignore[arg-type]
            made = Town(system, world)
            made.heads()
            made.person = made.row()
            unit = world.unit(next(p.unit for p in world.places if p.kind == "village"))
            accepted = made.command("NominateCadre", {"programme": PROGRAMME, "nominee": made.person}, unit)
            assert accepted.status_code == 200, accepted.text
            yield made
        finally:
            gateway.close()
