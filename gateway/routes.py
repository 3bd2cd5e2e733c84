"""Which service owns which command: the table the gateway sends by, read from the services' contracts.

Invariant: a command name belongs to exactly one service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import services.allocation.schemas as allocation
import services.attendance.schemas as attendance
import services.evaluation.schemas as evaluation
import services.personnel.schemas as personnel
from kernel.messages import Actor, Command
from kernel.service import role_refused
from programmes.roles import ROLE_NAMES
from services import SERVICES

CONTRACTS: Final = dict(zip(SERVICES, (allocation, personnel, attendance, evaluation), strict=True))
"""Service → the module of its contracts: commands, events."""


@dataclass(frozen=True, slots=True)
class Route:
    """A command, the service that decides it and the dataclass that is its contract."""

    service: str
    command: type[Command]

    def admit(self, actor: Actor) -> None:
        """Check the role of who sends the command, as its service will: of whom it does not admit no body is read.

        Raises:
            Forbidden: ``role_not_allowed``.
        """
        entry = self.command.entry
        if entry is not None and actor.role not in entry.roles:
            raise role_refused(f"办理“{entry.title}”", actor.role, entry.roles, ROLE_NAMES)


@cache
def commands() -> Mapping[str, Route]:
    """Every command of the system by its name.

    Raises:
        ValueError: where two services claim one name.
    """
    table: dict[str, Route] = {}
    for service, contracts in CONTRACTS.items():
        for command in contracts.COMMANDS:
            if command.__name__ in table:
                raise ValueError(f"{command.__name__} is claimed by {table[command.__name__].service} and {service}")
            table[command.__name__] = Route(service, command)
    return table
