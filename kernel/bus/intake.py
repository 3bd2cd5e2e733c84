"""Intake: puts a batch of foreign events through the deciding part, whatever goes wrong.

Invariants: an event is noted as taken in only after it is committed, taken in or parked; an error that may pass is
waited out for as long as it lasts; an event that fails by itself is parked with its reason and those behind go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

import psycopg2

from kernel import bus, logs, metrics
from kernel.backoff import Backoff
from kernel.bus.rpc import Away
from kernel.errors import Busy, Conflict, Corrupt, NotYet
from kernel.health import Pulse, Switch
from kernel.service import Received

_LOG = logs.get("intake")


class TakesIn(Protocol):
    """The deciding part (``kernel.handler.Handler``)."""

    def react(self, batch: Sequence[Received]) -> None:
        """Take in the batch in one transaction, every position recorded, also those without a reaction."""
        ...

    def park(self, received: Received, reason: str) -> None:
        """Record that one event is parked."""
        ...

    def taken_in(self) -> dict[str, int]:
        """For each source the position up to which its events were taken in."""
        ...


def passing(error: Exception) -> bool:
    """True where trying again may help: a server is away, overloaded or not yet set up, or somebody was quicker.

    Of the database's errors only those about the data themselves are the event's fault.
    """
    if isinstance(error, psycopg2.Error):
        return not isinstance(error, psycopg2.DataError | psycopg2.IntegrityError)
    return isinstance(error, (*bus.GONE, Away, Busy, Conflict, Corrupt, NotYet))


class Intake:
    """Takes events into the service ``name``.

    ``taken`` holds for each source the position up to which its events are in; ``parked`` those that were parked.
    ``pause(seconds)`` lets time pass and may raise to end the wait. An event has ``tries`` attempts of its own.
    """

    def __init__(
        self, name: str, handler: TakesIn, pause: Callable[[float], None], able: Switch, pulse: Pulse, tries: int
    ) -> None:
        self._name = name
        self._handler = handler
        self._pause = pause
        self._able = able
        self._pulse = pulse
        self._tries = tries
        self.backoff = Backoff()
        self.taken: dict[str, int] = {}
        self.parked: set[tuple[str, int]] = set()

    def reached(self, source: str) -> int:
        """The position up to which events of ``source`` are in."""
        return self.taken.get(source, 0)

    def take(self, batch: list[Received]) -> None:
        """Take in ``batch`` whole, or where it fails one by one; waits for servers that are away."""
        while batch:
            self._pulse.beat()
            started = time.perf_counter()
            try:
                self._handler.react(batch)
            except Exception as error:
                if (rest := self._rest(batch)) != batch:
                    batch = rest
                elif passing(error):
                    self.wait(error)
                    batch = self._rest(batch)
                elif len(batch) > 1:
                    _LOG.warning("batch failed", service=self._name, events=len(batch), exc_info=error)
                    for received in batch:
                        self.take([received])
                    return
                else:
                    self._alone(batch[0], error)
                    return
            else:
                metrics.REACTOR_SECONDS.labels(self._name).observe(time.perf_counter() - started)
                metrics.REACTOR_BATCH.labels(self._name).observe(len(batch))
                self._note(batch)
                return

    def _alone(self, received: Received, error: Exception) -> None:
        """Give an event that failed alone its other attempts, then park it."""
        attempt = 1
        while attempt < self._tries:
            self._pause(0.05 * 2**attempt)
            try:
                self._handler.react([received])
            except Exception as again:
                if not self._rest([received]):
                    return
                if passing(again):
                    self.wait(again)
                else:
                    error, attempt = again, attempt + 1
            else:
                self._note([received])
                return
        self.park(received, f"{type(error).__name__}: {logs.masked(str(error))[:500]}")

    def park(self, received: Received, reason: str) -> None:
        """Park ``received`` for ``reason``."""
        while True:
            try:
                self._handler.park(received, reason)
            except Exception as error:  # an event that can be neither taken in nor parked must hold up the rest
                if not self._rest([received]):
                    return
                self.wait(error)
            else:
                break
        metrics.REACTOR_PARKED.labels(self._name, received.source).inc()
        _LOG.error("parked", service=self._name, cause=received.id, type=received.recorded.type, reason=reason)
        self.parked.add((received.source, received.recorded.position))
        self._note([received])

    def _rest(self, batch: list[Received]) -> list[Received]:
        """What of ``batch`` is not taken in, after all: the commit may have succeeded, or somebody else was quicker."""
        try:
            self.reload()
        except Exception as error:
            if not passing(error):
                raise
            return batch
        return [r for r in batch if r.recorded.position > self.taken.get(r.source, 0)]

    def _note(self, batch: Sequence[Received]) -> None:
        for received in batch:
            self.taken[received.source] = received.recorded.position
            metrics.REACTOR_TAKEN_IN.labels(self._name, received.source).inc()
        for source in {received.source for received in batch}:
            metrics.REACTOR_POSITION.labels(self._name, source).set(self.taken[source])
        self.backoff.reset()

    def reload(self) -> None:
        """Read again what is in: another process may have taken it in."""
        self.taken = dict(self._handler.taken_in())

    def away(self, error: Exception) -> None:
        """Say that ``error`` keeps the work waiting."""
        self._able.away(type(error).__name__)
        metrics.REACTOR_RETRIES.labels(self._name).inc()
        _LOG.warning("waiting", service=self._name, exc_info=error)
        self._pulse.beat()

    def wait(self, error: Exception) -> None:
        """Wait one pause of the back-off because of ``error``."""
        self.away(error)
        self._pause(self.backoff.pause())
