"""The checkpointer of one log: signs a checkpoint at most so many seconds after the last event, and keeps watch.

Invariant: where anything contradicts what was signed it signs nothing more, says so by metric and log, and looks again
until the contradiction is gone. The patrol's findings below the signed size leave signing alone: what the cities hold
stays true, and a tree that grows over it proves what was changed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg2

from kernel import logs, metrics
from kernel.backoff import Backoff, stop_on_signals
from kernel.config import Config
from kernel.health import Health, Pulse, Switch
from kernel.log.sessions import Lost
from kernel.proof import notekeys, notes, succession
from kernel.proof.alarms import Alarms
from kernel.proof.announce import Announcer
from kernel.proof.notary import Notary, Restored
from kernel.proof.patrol import Patrol
from kernel.proof.policyfile import PolicyFile
from kernel.proof.signedstate import Damaged, SignedState
from kernel.proof.signing import Signing
from kernel.proof.succession import Unannounced
from kernel.proof.twopaths import Tampered
from kernel.proof.witnessed import Witnessed

_LOG = logs.get("checkpointer")
_AWAY = (Lost, psycopg2.Error, OSError)


@dataclass(frozen=True)
class Pace:
    """Seconds between looks at the log, and at most between an event and its checkpoint; events re-read a patrol."""

    poll: float = 0.5
    interval: float = 10.0
    patrol: int = 10_240


@dataclass
class Checkpointer:
    """One checkpointer process."""

    service: str
    db: str
    signer: notes.Signer
    state: SignedState
    policy: PolicyFile
    announcer: Announcer
    stop: threading.Event
    pace: Pace = field(default_factory=Pace)
    health: Health = field(default_factory=Health)
    keys: Path | None = None
    """Where the announcements of the log's keys are kept."""

    def __post_init__(self) -> None:
        self.pulse, self.able = Pulse(), Switch()
        self.alarms = Alarms(self.service)
        self.health.live("loop", self.pulse.check)
        self.health.ready("database", self.able.check)
        self._back = Backoff()
        self._again = Backoff(self.pace.interval / 2, self.pace.interval * 6)  # a look may take long
        self._witnessed = Witnessed()
        self._quiet_until = 0.0
        self._untold: list[tuple[int, str]] = []

    def run(self) -> None:
        """Sign until ``stop`` is set, over any loss of a server."""
        while not self.stop.is_set():
            signing: Signing | None = None
            try:
                signing = Signing(self.db)
                if self._wait_for(signing):
                    self._keep(signing)
            except (Tampered, Damaged, Unannounced) as wrong:
                self._alarmed(wrong)
                self._again.wait(self.stop)
            except _AWAY as error:
                self.able.away(type(error).__name__)
                _LOG.warning("interrupted", service=self.service, exc_info=error)
                self._back.wait(self.stop)
            finally:
                self.pulse.beat()
                if signing is not None:
                    signing.close()
        self.announcer.close()

    def _wait_for(self, signing: Signing) -> bool:
        """True when this process is the one to sign; False when it is told to stop."""
        while not signing.lock():
            self.able.back()  # a stand-by is in order
            self.pulse.beat()
            if self.stop.wait(self.pace.poll):
                return False
        return not self.stop.is_set()

    def _keep(self, signing: Signing) -> None:
        self.able.back()  # an alarm is no reason to start this process anew
        announced = succession.kept(self.keys, self.service) if self.keys else ()
        keys = succession.chained(self.signer.verifier, announced, self.policy.read())
        notary = Notary(signing, self.signer, self.state, keys=keys)
        notary.begin()
        if keys.past and notary.stored <= keys.past[-1].size:  # the cities hear of the new key before it signs
            self._untold = [(keys.past[-1].size, announced[-1])]
        if notary.forgotten:
            _LOG.error("memory outside the database is gone", service=self.service, signed=notary.stored)
        if notary.lost:
            self.alarms.found("checkpoints", notary.lost)
        else:
            self.alarms.cleared("checkpoints")
        patrol = Patrol(signing, self.pace.patrol)
        _LOG.info("following", service=self.service, signed=notary.stored)
        self._back.reset()
        signed = looked = -self.pace.interval
        while not self.stop.is_set():
            self.pulse.beat()
            more = notary.follow()
            self.alarms.cleared("log")
            self._again.reset()
            if time.monotonic() >= signed + self.pace.interval - 2 * self.pace.poll and notary.sign():
                signed = time.monotonic()
            self._announce(signing, notary)
            if time.monotonic() >= looked + self.pace.interval:
                looked = time.monotonic()
                self._look(signing, notary, patrol)
            self._measure(notary)
            if not more:
                self.stop.wait(self.pace.poll)

    def _announce(self, signing: Signing, notary: Notary) -> None:
        """Tell the bus what it has not been told. A broker that is away is asked again a moment later."""
        if time.monotonic() < self._quiet_until:
            return
        if self._untold and self.announcer.announce(self._untold, "succession"):
            self._untold = []
        waiting = notary.signed.announced < notary.stored
        done = self.announcer.announce(signing.notes_after(notary.signed.announced, 100)) if waiting else 0
        if done:
            notary.remember(replace(notary.signed, announced=done))
        elif waiting or not self.announcer.beat():
            self._quiet_until = time.monotonic() + min(5.0, self.pace.interval)

    def _look(self, signing: Signing, notary: Notary, patrol: Patrol) -> None:
        """One slice of the patrol, and how far the witnesses are."""
        if notary.signed.size == notary.stored:
            roots = bytes.fromhex(notary.signed.root), bytes.fromhex(notary.signed.sm3)
            positions, wrong = patrol.walk(notary.stored, roots)
            place = f"events {positions.start} to {positions.stop - 1}"
            for finding in wrong:
                self.alarms.found(place, str(finding), finding.position)
            if not wrong:
                self.alarms.cleared(place)
            metrics.CHECKPOINT_PATROLLED.labels(self.service).inc(len(positions))
        policy = self.policy.read()
        self._witnessed.look(signing.cosigned, policy)
        notary.remember(replace(notary.signed, witnesses={**notary.signed.witnesses, **self._witnessed.by}))

    def _measure(self, notary: Notary) -> None:
        age = max(0.0, time.time() - notary.signed_at / 1e6) if notary.signed_at else 0.0
        metrics.CHECKPOINT_AGE.labels(self.service).set(age)
        metrics.CHECKPOINT_SIZE.labels(self.service).set(notary.stored)
        metrics.CHECKPOINT_UNSIGNED.labels(self.service).set(notary.size - notary.stored)
        metrics.CHECKPOINT_WITNESSED.labels(self.service).set(self._witnessed.size)

    def _alarmed(self, wrong: Tampered | Damaged | Unannounced) -> None:
        position = wrong.position if isinstance(wrong, Tampered) else None
        said = str(wrong)
        if isinstance(wrong, Restored):
            known = self.state.load()
            ahead = {name: n for name, n in (known.witnesses if known else {}).items() if n > wrong.there}
            held = ", ".join(f"{name} ({n})" for name, n in sorted(ahead.items()))
            said += f"; more is held by {held or 'no witness'}"
        self.alarms.found("log", said, position)


def main(service: str, config: Config, cities: Sequence[str]) -> int:
    """Run the checkpointer of ``service`` until SIGTERM. Gives the exit status."""
    logs.configure(f"checkpointer {service}", config.log_level)
    process = Checkpointer(
        service,
        config.db,
        notekeys.of_log(config.signing, config.province, service),
        SignedState(config.checkpoints / f"{service}.json"),
        PolicyFile(config.keys),
        Announcer(config.amqp, service, cities),
        stop_on_signals(),
        Pace(interval=config.checkpoint_seconds, patrol=config.patrol_events),
        keys=config.keys,
    )
    process.health.serve(config.health_port, config.bind)
    process.run()
    return 0
