"""Which service owns which command: the table the gateway sends by, read from the services' contracts.

Invariant: a command name belongs to exactly one service.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kernel.messages import Command

SERVICES: Final = ("allocation", "personnel", "attendance", "evaluation")


@dataclass(frozen=True, slots=True)
class Route:
    """A command, the service that decides it and the dataclass that is its contract."""

    service: str
    command: type[Command]


@cache
def commands() -> Mapping[str, Route]:
    """Every command of the system by its name.

    Raises:
        ValueError: where two services claim one name.
    """
    table: dict[str, Route] = {}
    for service in SERVICES:
        for command in importlib.import_module(f"services.{service}.schemas").COMMANDS:
            if command.__name__ in table:
                raise ValueError(f"{command.__name__} is claimed by {table[command.__name__].service} and {service}")
            table[command.__name__] = Route(service, command)
    return table
