"""Reactor: takes the events of other services into one service, each once, in order of their positions.

Invariants: an event is taken in after its predecessor of the same source, whatever the broker loses, repeats or
reorders (what is missing is fetched from the source's own log); a server that is away stops the reactor and loses
nothing; an event that fails by itself is parked with its reason and those behind it go on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from kernel import logs, metrics
from kernel.backoff import stop_on_signals
from kernel.bus.arrivals import Arrival, Inbox
from kernel.bus.catching_up import Follows, catch_up, read
from kernel.bus.intake import Intake, TakesIn, passing
from kernel.bus.rpc import Away, Client, Refill, refill_over
from kernel.codec import recorded
from kernel.config import Config
from kernel.errors import Corrupt
from kernel.health import Health, Pulse, Switch
from kernel.service import Received

_LOG = logs.get("reactor")


class _Stopped(Exception):
    """Told to stop in the middle of waiting."""


class Reactor:
    """One reactor process of the service ``name``.

    ``most`` events are taken in together; ``quiet`` seconds without a word from a source and its log is asked for what
    may have been lost; an event is parked after ``tries`` attempts of its own, or after ``lives`` deliveries that
    ended in the death of the process.
    """

    def __init__(
        self,
        name: str,
        sources: Sequence[str],
        handler: TakesIn,
        refill: Refill,
        amqp: str,
        stop: threading.Event,
        *,
        follows: Follows | None = None,
        health: Health | None = None,
        most: int = 500,
        quiet: float = 10.0,
        tries: int = 3,
        lives: int = 20,
    ) -> None:
        self.name = name
        self.sources = tuple(sources)
        self.refill = refill
        self.amqp = amqp
        self.stop = stop
        self.health = health or Health()
        self.most = most
        self.quiet = quiet
        self.lives = lives
        self.pulse = Pulse(120.0)
        self.able = Switch()
        self.health.live("loop", self.pulse.check)
        self.health.ready("servers", self.able.check)
        self.intake = Intake(name, handler, self._pause, self.able, self.pulse, tries)
        self._follows = follows
        self._late = Intake(name, follows, self._pause, self.able, self.pulse, tries) if follows else None
        self._inbox: Inbox | None = None
        self._heard: dict[str, float] = {}

    def run(self) -> None:
        """React until ``stop`` is set, over any loss of the broker or the database."""
        while not self.stop.is_set():
            try:
                self.intake.reload()
                if self._follows is not None and self._late is not None:
                    catch_up(self._follows, self.intake.taken, self.sources, self._late, self.refill)
                self._inbox = Inbox(self.amqp, self.name, self.sources)
                self._heard = dict.fromkeys(self.sources, time.monotonic() - self.quiet + 0.5)
                _LOG.info("consuming", service=self.name, taken=str(self.intake.taken))
                while not self.stop.is_set():
                    self._round(self._inbox)
            except _Stopped:
                break
            except Exception as error:
                if not passing(error):
                    raise
                self.intake.away(error)
                self.intake.backoff.wait(self.stop)
            finally:
                if self._inbox is not None:
                    self._inbox.close()
                    self._inbox = None

    def _round(self, inbox: Inbox) -> None:
        self.pulse.beat()
        arrivals = inbox.batch(self.most, 0.25)
        if arrivals:
            unreadable = self._arrived(arrivals)
            parked = {a.tag for a in arrivals if (a.source, a.position) in self.intake.parked}
            inbox.settle(arrivals, parked | unreadable)
            self.intake.parked.clear()
        self.able.back()
        self.intake.backoff.reset()
        # One look a round, the longest overdue: a source that is away must not keep the others' events waiting.
        now = time.monotonic()
        source = min(self.sources, key=self._heard.__getitem__, default=None)
        if source is not None and now - self._heard[source] >= self.quiet:
            self._look_at(source)
            self._heard[source] = time.monotonic()

    def _arrived(self, arrivals: Sequence[Arrival]) -> set[int]:
        """Take in what is due of ``arrivals``; gives the tags of messages that cannot be read."""
        unreadable: set[int] = set()
        batch: list[Received] = []
        due = dict(self.intake.taken)
        now = time.monotonic()
        for arrival in arrivals:
            source, position = arrival.source, arrival.position
            if position is None or source not in self.sources:
                self._reject(arrival, unreadable)
                continue
            self._heard[source] = now
            if position > due.get(source, 0) + 1:
                self.intake.take(batch)
                batch = []
                there = self._close_gap(source, position)
                due = dict(self.intake.taken)
                if not there:
                    self._reject(arrival, unreadable)
                    continue
            if position <= due.get(source, 0):
                metrics.REACTOR_DUPLICATES.labels(self.name, source).inc()
                continue
            try:
                received = Received(source, recorded(arrival.line))
            except Corrupt:
                # The true line is in the source's log, and the gap this leaves will fetch it.
                self._reject(arrival, unreadable)
                continue
            due[source] = position
            if arrival.attempts >= self.lives:
                self.intake.take(batch)
                batch = []
                self.intake.park(received, f"delivered {arrival.attempts} times without an outcome")
            else:
                batch.append(received)
        self.intake.take(batch)
        return unreadable

    def _reject(self, arrival: Arrival, unreadable: set[int]) -> None:
        """A message that is no event of a source's log goes to the parked queue, and nothing waits for it."""
        unreadable.add(arrival.tag)
        metrics.REACTOR_REJECTED.labels(self.name).inc()
        _LOG.error("unreadable message", service=self.name, source=arrival.source, position=arrival.position)

    def _close_gap(self, source: str, position: int) -> bool:
        """Fetch and take in what comes before ``position``, waiting for the source as long as it takes.

        False where the source's log ends before ``position``: what announces an event that is not there is no event,
        and must not hold up those that are.
        """
        self.intake.reload()  # another reactor may have taken it in while this one stood by
        if position <= self.intake.reached(source) + 1:
            return True
        metrics.REACTOR_GAPS.labels(self.name, source).inc()
        _LOG.warning("gap", service=self.name, source=source, taken=self.intake.reached(source), position=position)
        while self.intake.reached(source) < position - 1:
            try:
                lines, head = self.refill(source, self.intake.reached(source), self.most)
                if not lines and head < position:
                    return False
                if not lines:
                    raise Away(f"{source} gave nothing above {self.intake.reached(source)} of {head}")
            except Exception as error:
                if not passing(error):
                    raise
                self.intake.wait(error)
            else:
                self._take_lines(source, lines)
        return True

    def _look_at(self, source: str) -> None:
        """Ask a quiet source for what the broker may have lost. A source that is away now will be asked again."""
        self.intake.reload()
        while not self.stop.is_set():
            taken = self.intake.reached(source)
            try:
                lines, head = self.refill(source, taken, self.most)
            except Away as error:
                _LOG.info("source away", service=self.name, source=source, exc_info=error)
                return
            metrics.REACTOR_LAG.labels(self.name, source).set(max(0, head - taken - len(lines)))
            if not lines:
                return
            self._take_lines(source, lines)

    def _take_lines(self, source: str, lines: Sequence[bytes]) -> None:
        batch = read(source, lines, self.intake.reached(source))
        metrics.REACTOR_REFILLED.labels(self.name, source).inc(len(batch))
        self.intake.take(batch)

    def _pause(self, seconds: float) -> None:
        """Let time pass with the connection kept alive. Raises _Stopped."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self.stop.is_set():
                raise _Stopped
            if self._inbox is None:
                self.stop.wait(left)
            else:
                self._inbox.wait(min(left, 0.2))


def main(
    name: str,
    sources: Sequence[str],
    handler: TakesIn,
    config: Config,
    refill: Refill | None = None,
    follows: Follows | None = None,
) -> int:
    """Run the reactor of the service ``name`` until SIGTERM. Gives the exit status."""
    logs.configure(f"reactor {name}", config.log_level)
    stop = stop_on_signals()
    refill = refill or refill_over(Client(config.amqp, name=f"reactor-{name}"))
    reactor = Reactor(name, sources, handler, refill, config.amqp, stop, follows=follows)
    reactor.health.serve(config.health_port, config.bind)
    reactor.run()
    return 0
