"""Waiting for services: threads that ask, let through as ``gateway.turns`` says.

Invariant: whoever is not let through has asked no service: nothing was sent, nothing recorded.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

from gateway.api import Services
from gateway.refusals import GATEWAY_FULL, SHARE_FULL
from gateway.turns import Shares, Turns

WAITING: Final = 384
"""Requests that may wait for services at a time."""
SHARE: Final = 96
"""Of these, those of one subject where nobody else waits (``gateway.turns.Shares``)."""
PATIENCE: Final = 15.0
"""Seconds a request waits for its turn."""
LARGE: Final = 100
"""Items of a list from which a command takes a service as long as a question does, or longer."""


def subject_of(request: Mapping[str, Any]) -> str:
    """Who asks a service; "" is the gateway itself."""
    return str(request.get("actor", {}).get("person", ""))


class Limited:
    """``services`` for so many requests at a time and so many of a subject; whoever comes beyond is refused at once."""

    def __init__(self, services: Services, most: int = WAITING, own: int = SHARE) -> None:
        self._services = services
        self._shares = Shares(most, own)
        self._lock = threading.Lock()

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer. Raises Busy: ``gateway_full``; TooMany: ``share_full``."""
        subject = subject_of(request)
        with self._lock:
            if self._shares.used_up(subject):
                raise SHARE_FULL(most=self._shares.held(subject))
            if self._shares.full():
                raise GATEWAY_FULL()
            self._shares.take(subject)
        try:
            return self._services(service, method, request)
        finally:
            with self._lock:
                self._shares.give(subject)


class InTurn:
    """``services``, each asked by its subjects in turns. ``workers`` are the requests a service works on at once.

    Small commands commit together, the more the better. A question or a large command is worked out on the service's
    one processor, so a subject has two: one that is worked out while the other waits for the database.
    """

    def __init__(self, services: Services, workers: int, patience: float = PATIENCE) -> None:
        self._services = services
        self._patience = patience
        self._small = max(2, workers // 2), max(2, workers // 4)
        self._others = max(2, workers // 4), 2
        self._turns: dict[tuple[str, bool], Turns[threading.Event]] = {}
        self._lock = threading.Lock()

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer. Raises Busy: ``gateway_full`` where no turn comes in time."""
        subject, ticket = subject_of(request), threading.Event()
        small = method == "execute" and not _large(request)
        with self._lock:
            turns = self._turns.setdefault((service, small), Turns(*(self._small if small else self._others)))
            turns.ask(subject, ticket)
            _begin(turns)
        try:
            if not ticket.wait(self._patience):
                raise GATEWAY_FULL()
            return self._services(service, method, request)
        finally:
            with self._lock:
                if not turns.leave(subject, ticket):
                    turns.end(subject)
                _begin(turns)


def _begin(turns: Turns[threading.Event]) -> None:
    for ticket in turns.next():
        ticket.set()


def _large(request: Mapping[str, Any]) -> bool:
    data = request.get("data")
    return isinstance(data, Mapping) and any(isinstance(one, list) and len(one) > LARGE for one in data.values())
