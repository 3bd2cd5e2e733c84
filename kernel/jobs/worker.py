"""The worker of one service's jobs: takes the next, works it, writes down how it ended, and clears old ones away.

Invariants: a job is worked by one worker at a time; a server that is away ends no job (it is taken up again), a refusal
ends it with the problem, and what fails by itself is failed, never begun for ever.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import orjson

from kernel import logs, metrics, sizes
from kernel.backoff import Backoff, stop_on_signals
from kernel.config import Config
from kernel.door_refusals import INTERNAL
from kernel.errors import Busy, PaizhuError
from kernel.handler import Handler
from kernel.health import Health, Pulse, Switch
from kernel.jobs.desk import context_of
from kernel.jobs.refusals import JOB_GAVE_OUT, JOB_RESULT_TOO_LARGE
from kernel.jobs.store import ATTEMPTS, JobStore, Taken
from kernel.log.postgres import PostgresLog
from kernel.schema import load
from kernel.service import Service
from kernel.work import Progress, Task

_LOG = logs.get("worker")
_LOOK: Final = 0.2
"""Seconds between two looks into an empty queue."""
_TELL: Final = 0.3
"""Seconds between two notes of progress."""
KEPT_DAYS: Final = 30
"""Days for which a job that ended can be looked up."""
_CLEAR_EVERY: Final = 3600.0
"""Seconds between two clearings."""
_THINGS: Final = 1_000_000
"""Things made in a job before cycles among them are looked for."""
_LONGEST: Final = 900.0
"""Seconds without a sign of progress after which the process is started anew."""


class Worker:
    """Works the jobs of ``service`` that stand in ``store`` until ``stop`` is set.

    A job reads the tables of ``log``; what it leads to is decided by ``handler``.
    """

    def __init__(
        self,
        service: Service,
        log: PostgresLog,
        handler: Handler,
        store: JobStore,
        stop: threading.Event,
        health: Health | None = None,
    ) -> None:
        self.log = log
        self.handler = handler
        self.store = store
        self.stop = stop
        self.health = health or Health()
        self.pulse = Pulse(_LONGEST)
        self.able = Switch()
        self.health.live("loop", self.pulse.check)
        self.health.ready("database", self.able.check)
        self._backoff = Backoff()
        self._clear_at = 0.0
        self._jobs = service.jobs
        self._service = service.name

    def run(self) -> None:
        """Work until told to stop, over any loss of the database."""
        while not self.stop.is_set():
            self.pulse.beat()
            try:
                self._clear()
                worked = self.work_one()
                metrics.JOBS_WAITING.labels(self._service).set(self.store.waiting())
                self.able.back()
                self._backoff.reset()
                if not worked:
                    self.stop.wait(_LOOK)
            except Busy as error:
                self.able.away(error.code)
                _LOG.warning("database away", service=self._service, exc_info=error)
                self._backoff.wait(self.stop)

    def work_one(self) -> bool:
        """Work the next open job; False where there is none. Raises Busy; the job is then still open."""
        with self.store.taken() as taken:
            if taken is None:
                return False
            started = time.monotonic()
            with _seldom_collected():
                state = self._worked(taken)
            seconds = time.monotonic() - started
            metrics.JOB_SECONDS.labels(self._service, taken.row["kind"], state).observe(seconds)
            _LOG.info("worked", service=self._service, job=taken.row["id"], kind=taken.row["kind"], state=state)
            return True

    def _clear(self) -> None:
        if (now := time.monotonic()) < self._clear_at:
            return
        cleared = self.store.clear(KEPT_DAYS)
        self._clear_at = now + _CLEAR_EVERY
        if cleared:
            _LOG.info("cleared", service=self._service, jobs=cleared)

    def _worked(self, taken: Taken) -> str:
        row = taken.row
        if row["attempts"] > ATTEMPTS:
            return self._ended(taken, "failed", problem=JOB_GAVE_OUT(attempts=ATTEMPTS).problem())
        try:
            job = self._jobs[row["kind"]]
            command = load(job.asks, row["asked"], context_of(row))
            task = Task(command, self.log.rows, self.handler, self.log.lines, self._progress(taken), self.handler.tools)
            return self._ended(taken, "done", result=_told(job.work(task)))
        except Busy:
            raise
        except PaizhuError as refusal:
            return self._ended(taken, "refused", problem=refusal.problem())
        except Exception:
            _LOG.exception("failed", service=self._service, job=row["id"], kind=row["kind"])
            return self._ended(taken, "failed", problem=INTERNAL(thing="任务", accepted="").problem())

    def _ended(self, taken: Taken, state: str, result: Any = None, problem: Any = None) -> str:
        job = self._jobs.get(taken.row["kind"])
        taken.end(state, result, problem, job.drops if job else ())
        return state

    def _progress(self, taken: Taken) -> Progress:
        at, known = 0.0, ""

        def progress(stage: str, done: int, of: int) -> None:
            nonlocal at, known
            self.pulse.beat()
            now = time.monotonic()
            if stage != known or now - at >= _TELL:
                at, known = now, stage
                taken.step(stage, done, of)

        return progress


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A job makes a million things that all live to its end: looking for cycles among them, again and again, is a fifth
    of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(_THINGS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _told(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result, where an answer can hold it. Raises BadInput: ``job_result_too_large``."""
    length = len(orjson.dumps(result, option=orjson.OPT_NON_STR_KEYS))
    if length > sizes.RESULT:
        raise JOB_RESULT_TOO_LARGE(mib=sizes.mib(length), most=sizes.mib(sizes.RESULT))
    return result


def main(service: Service, log: PostgresLog, handler: Handler, config: Config) -> int:
    """Work the jobs of ``service`` until SIGTERM. Gives the exit status."""
    logs.configure(f"planner {service.name}", config.log_level)
    worker = Worker(service, log, handler, JobStore(config.db), stop_on_signals())
    worker.health.serve(config.health_port, config.bind)
    worker.run()
    return 0
