"""One run from the start of the system to the verdict: every fault has this before and after it.

    with Stage(folder, seed, screen, faults={}) as stage:
        sender = stage.load(1000)
        ... do harm ...
        stage.answered(sender, within=300)
        return stage.verdict("wipe", {...})

Invariant: whatever happens inside, all that was started has ended when the block is left.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import psycopg2

from cli.office import Office, token
from demo.subscribers import Subscribers
from deploy.local import child
from deploy.local.supervisor import wipe
from kernel.auth import Issuer
from tests.faults import evidence, ground
from tests.faults.history import findings
from tests.faults.journal import Journal
from tests.faults.report import Screen, Verdict
from tests.faults.sender import Sender
from tests.faults.supervised import supervised
from tests.faults.workload import CITIES, Ground, Workload

WEEK: Final = 7 * 24 * 3600
"""Seconds for which the tokens of a run hold: a clock a day off must not make them expire."""
REST_WITHIN: Final = 240.0
"""Seconds after the load within which everything must have arrived everywhere."""


class Stage:
    """A fresh system in ``folder`` with its subscribers and its ground, and a journal. ``year``: see ground."""

    def __init__(
        self, folder: Path, seed: int, screen: Screen, faults: Mapping[str, Any] | None = None, *, year: bool = False
    ) -> None:
        self.folder, self.seed, self.screen = folder, seed, screen
        self._faults, self._year = dict(faults or {}), year
        self._stack = ExitStack()
        self._begun = time.monotonic()
        self._tokens: dict[Office, str] = {}

    def __enter__(self) -> Stage:
        with ExitStack() as stack:
            self.prepare()
            self.screen.say("start the system")
            self.system = stack.enter_context(supervised(self.folder, self._faults))
            self._issuer = Issuer(self.system.keys)
            self.subscribers = stack.enter_context(Subscribers(self.system, CITIES, WEEK))
            self.screen.say("lay the ground")
            self._ground: Ground = ground.lay(
                self.system, self.subscribers, self.bearer, lambda count: None, year=self._year
            )
            self._journal = Journal(self.folder / evidence.JOURNAL)
            stack.callback(self._journal.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def prepare(self) -> None:
        """Make the folder that of a fresh system."""
        wipe(self.folder)

    def bearer(self, office: Office) -> str:
        """A token for ``office``, the same for all its commands."""
        if office not in self._tokens:
            self._tokens[office] = token(self._issuer, office, WEEK)
        return self._tokens[office]

    def load(self, count: int, rate: float | None = None) -> Sender:
        """Start sending ``count`` commands; ended with the block at the latest."""
        plan = iter(Workload(self.seed, self._ground))
        sender = Sender(self.system.gateway_url, self.bearer, self._journal, plan, count, rate)
        self._stack.callback(sender.stop)
        sender.start()
        self._count = count
        return sender

    def look(self, sender: Sender, until: Callable[[], bool], within: float, what: str) -> bool:
        """Show the progress of ``sender`` until ``until``; False where that did not come within so many seconds."""
        deadline = time.monotonic() + within
        while not (come := until()) and time.monotonic() < deadline:
            self.screen.progress(what, sender.acknowledged, self._count, dict(sender.answers))
            time.sleep(0.1)
        self.screen.progress(what, sender.acknowledged, self._count, dict(sender.answers))
        return come

    def reach(self, sender: Sender, count: int, what: str) -> None:
        """Wait until so many commands are acknowledged, three minutes at the most."""
        self.look(sender, lambda: sender.acknowledged >= count, 180.0, what)

    def go_on(self, sender: Sender, seconds: float, what: str) -> int:
        """Let so many seconds pass, and give how many commands were acknowledged in them."""
        before, until = sender.acknowledged, time.monotonic() + seconds
        self.look(sender, lambda: time.monotonic() > until, seconds + 30, what)
        return sender.acknowledged - before

    def answered(self, sender: Sender, within: float, what: str = "commands") -> None:
        """Wait until every command is answered; those that are not within so many seconds will be findings."""
        if not self.look(sender, lambda: sender.done, within, what):
            self.screen.say("not everything is answered in time")
            sender.stop()

    def rest(self, within: float = REST_WITHIN) -> float:
        """Wait until everybody has everything, and give the seconds that took; what is missing will be findings."""
        self.screen.say("wait for everything to arrive")
        begun = time.monotonic()
        while time.monotonic() - begun < within and not self.complete(self.heads()):
            time.sleep(0.2)
        return time.monotonic() - begun

    def heads(self) -> dict[str, int]:
        """Where the logs end, as soon as they can be asked."""
        deadline = time.monotonic() + REST_WITHIN
        while True:
            try:
                return evidence.heads(self.system)
            except psycopg2.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def complete(self, upto: Mapping[str, int]) -> bool:
        """True where every follower has taken in every log up to ``upto``, and every subscriber its city's feed."""
        with suppress(psycopg2.OperationalError):
            taken = evidence.inboxes(self.system)
            if any(reached < upto[source] for inbox in taken.values() for source, reached in inbox.items()):
                return False
            return all(evidence.kept(self.system, city) >= evidence.owed(self.system, city) for city in CITIES)
        return False

    def ready(self, within: float = REST_WITHIN) -> None:
        """Wait until every process is well. Raises StartFailed."""
        self.system.wait_ready(within)

    def behind(self) -> dict[str, int]:
        """How many events each follower has still to take in, those with none left out."""
        heads, inboxes = self.heads(), evidence.inboxes(self.system)
        left = {
            name: sum(heads[source] - reached for source, reached in inbox.items()) for name, inbox in inboxes.items()
        }
        return {name: count for name, count in left.items() if count > 0}

    def come_back(self, name: str, before: int) -> bool:
        """True where a process of the system is ready and has been started anew since its count was ``before``."""
        process = self.system.process(name)
        return process.health == "ready" and process.restarts > before

    def pid(self, name: str) -> int | None:
        """The pid of a process of the system, None while it does not run."""
        return self.system.process(name).pid

    def supervisor(self) -> int:
        """The pid of the supervisor."""
        return int(child.read_note(self.folder, "supervisor")["pid"])

    def verdict(self, fault: str, sender: Sender, facts: Mapping[str, Any]) -> Verdict:
        """Gather the evidence, judge it, and write it down beside the system."""
        self.screen.say("check the history")
        found = evidence.gather(self.system, self.bearer, CITIES)
        public = sum(len(items) for items in found.items.values())
        verdict = Verdict(
            fault=fault,
            seed=self.seed,
            acknowledged=sender.acknowledged,
            answers=dict(sender.answers),
            events={service: len(log) for service, log in found.logs.items()},
            public=public,
            received={city: len(store.events) for city, store in found.stores.items()},
            findings=findings(found),
            facts=dict(facts),
            seconds=round(time.monotonic() - self._begun, 1),
        )
        verdict.save(self.folder / "verdict.json")
        return verdict
