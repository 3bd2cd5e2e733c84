"""Whose console is looked at: one office of every tier and of the sending side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cli.office import Office
from demo.world import World

OFFICES: Final[tuple[Callable[[World], Office], ...]] = (
    lambda world: world.province(),
    lambda world: world.city("2107"),
    lambda world: world.county("210727"),
    lambda world: world.township("210727101"),
    lambda world: world.village("210727101208"),
    lambda world: world.channel(str(world.channels[0]["channel"])),
    lambda world: world.unit(world.units[0]),
)
