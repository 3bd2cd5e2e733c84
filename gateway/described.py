"""What the services say of themselves: commands and queries with titles and roles. Asked for once, then kept.

Invariant: whoever asks waits for a service that is away at most once in a while, and what a service said last stands
until it says otherwise.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from gateway.api import Services
from kernel.errors import PaizhuError
from services import SERVICES

Description = Mapping[str, Any]
"""{"commands": {name: {"title", "roles"}}, "queries": {name: {"title", "roles", "params", "needs"}}}."""

_KEPT: Final = 60.0
"""Seconds for which a description is not asked for again: it changes with a new version of a service only."""
_LET_BE: Final = 5.0
"""Seconds for which a service that did not answer is not asked again."""


class Described:
    """The descriptions of all services that ever answered."""

    def __init__(self, services: Services, clock: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self._clock = clock
        self._found: dict[str, Description] = {}
        self._ask_at: dict[str, float] = {}
        self._asking = threading.Lock()

    def all(self) -> dict[str, Description]:
        """Service → its description; one that never answered is missing."""
        with self._asking:
            for service in SERVICES:
                if self._clock() >= self._ask_at.get(service, 0.0):
                    self._ask(service)
            return dict(self._found)

    def _ask(self, service: str) -> None:
        try:
            self._found[service] = self._services(service, "describe", {})
        except PaizhuError:
            self._ask_at[service] = self._clock() + _LET_BE
        else:
            self._ask_at[service] = self._clock() + _KEPT
