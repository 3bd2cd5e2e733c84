"""nameko's room: the only module of the kernel that knows nameko and eventlet.

It carries requests to a ``Door`` and answers back, and runs a service class as a process:

    python -m kernel.nameko_host services.<name>.service:<Class>

Invariant: a process whose container is dying ends, so that the supervisor can start it again. nameko itself may hang
for ever in that state (a reply that cannot be sent while the broker is away is enough).
"""

from __future__ import annotations

import eventlet

if __name__ == "__main__":  # before any other import, or they keep the blocking sockets, locks and database driver
    eventlet.monkey_patch()

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

import kombu.serialization
import orjson
from eventlet import tpool
from nameko.extensions import DependencyProvider
from nameko.messaging import QueueConsumer
from nameko.rpc import Rpc, RpcConsumer
from nameko.runners import ServiceRunner

from kernel import breath, bus, logs, metrics
from kernel.config import BadSetting, Config
from kernel.door_refusals import REQUEST_INTERRUPTED
from kernel.health import Check, Health, Pulse, Switch
from kernel.sizes import answered

_LOG = logs.get("host")
_GRACE = 1.2  # seconds given to requests in hand; every one of them may be sent again under its command id

_THREADS = 2  # for what is worked out off the loop; more of them would only take its processor away

Answer = dict[str, Any]
Json = Any
"""An answer as it is sent: ``orjson.Fragment``."""


class Door(Protocol):
    """What a service offers (``kernel.door.Door``): plain requests in, plain answers out, never an exception."""

    def execute(self, request: Mapping[str, Any]) -> Answer:
        """Decide a command."""
        ...

    def query(self, request: Mapping[str, Any]) -> Answer:
        """Answer a question."""
        ...

    def events_after(self, request: Mapping[str, Any]) -> Answer:
        """Give a page of the log."""
        ...

    def describe(self, request: Mapping[str, Any]) -> Answer:
        """Say which commands and queries there are."""
        ...

    def parked(self, request: Mapping[str, Any]) -> Answer:
        """Deal with a parked event."""
        ...

    def proofs(self, request: Mapping[str, Any]) -> Answer:
        """Tell of the tree over the log."""
        ...

    def jobs(self, request: Mapping[str, Any]) -> Answer:
        """Take a job, or tell of one."""
        ...


class Doorway(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Opens the service's door once, when its container starts. ``checks`` are what readiness asks of it besides."""

    def __init__(
        self, open_door: Callable[[Config], Any], checks: Mapping[str, Callable[[Any], str | None]] | None = None
    ) -> None:
        self._open = open_door
        self.checks = dict(checks or {})
        self.door: Any = None

    def setup(self) -> None:
        """Called by nameko before the first request."""
        self.door = self._open(self.container.config["PAIZHU"])

    def get_dependency(self, worker_ctx: Any) -> Any:
        """Called by nameko for every request."""
        return self.door


class OnceConsumer(RpcConsumer):  # type: ignore[misc]  # nameko has no types
    """Gives a request to the service once.

    One that the broker delivers again was in hand when a process ended, and may be what ended it: it is answered
    without being looked at. Whoever asked may ask again, knowing that.
    """

    def handle_message(self, body: Any, message: Any) -> None:
        """Called by nameko for every request."""
        told = message.delivery_info
        if told.get("redelivered"):
            _LOG.warning("not done again", service=self.container.service_name, key=told["routing_key"])
            self.handle_result(message, {"problem": REQUEST_INTERRUPTED().problem()}, None)
            return
        super().handle_message(body, message)


class OnceRpc(Rpc):  # type: ignore[misc]
    """The entrypoint of a method that is reached over RPC; see ``OnceConsumer``."""

    rpc_consumer = OnceConsumer()


rpc = OnceRpc.decorator


class Hosted:
    """Base of the nameko class of a service. The subclass sets ``name`` and ``door = Doorway(…)``."""

    name: str
    door: Any

    @rpc  # type: ignore[untyped-decorator]
    def execute(self, request: Mapping[str, Any]) -> Json:
        """Decide a command; see ``kernel.door``."""
        return self._carry("execute", self.door.execute, request)

    @rpc  # type: ignore[untyped-decorator]
    def query(self, request: Mapping[str, Any]) -> Json:
        """Answer a question; see ``kernel.door``."""
        return self._carry("query", self.door.query, request)

    @rpc  # type: ignore[untyped-decorator]
    def events_after(self, request: Mapping[str, Any]) -> Json:
        """Give a page of the log; see ``kernel.door``."""
        return self._carry("events_after", self.door.events_after, request)

    @rpc  # type: ignore[untyped-decorator]
    def describe(self, request: Mapping[str, Any]) -> Json:
        """Say which commands and queries there are; see ``kernel.door``."""
        return self._carry("describe", self.door.describe, request)

    @rpc  # type: ignore[untyped-decorator]
    def parked(self, request: Mapping[str, Any]) -> Json:
        """Deal with a parked event; see ``kernel.parked_desk``."""
        return self._carry("parked", self.door.parked, request)

    @rpc  # type: ignore[untyped-decorator]
    def proofs(self, request: Mapping[str, Any]) -> Json:
        """Tell of the tree over the log; see ``kernel.proof.proofs``."""
        return self._carry("proofs", self.door.proofs, request)

    @rpc  # type: ignore[untyped-decorator]
    def jobs(self, request: Mapping[str, Any]) -> Json:
        """Take a job, or tell of one; see ``kernel.work``."""
        return self._carry("jobs", self.door.jobs, request)

    def _carry(self, method: str, answer: Callable[[Mapping[str, Any]], Answer], request: Mapping[str, Any]) -> Json:
        started = time.perf_counter()
        with logs.correlated(str(request.get("correlation") or "")):
            found = answer(request)
            body = answered(found)
        problem = found.get("problem")  # a job without one says so
        outcome = str(problem.get("kind", "error")) if problem else "ok"
        metrics.RPC_SECONDS.labels(self.name, method, outcome).observe(time.perf_counter() - started)
        return orjson.Fragment(body)  # it is JSON already, and is not made again


def offload(function: Callable[..., Any], *arguments: Any) -> Any:
    """The host's way of ``kernel.offload``: a thread of the system works it out, and others are answered meanwhile."""
    return tpool.execute(function, *arguments)


def settings(config: Config) -> dict[str, Any]:
    """nameko's configuration; ``PAIZHU`` carries ours to the dependencies."""
    return {
        "AMQP_URI": config.amqp,
        "HEARTBEAT": bus.HEARTBEAT,
        "serializer": "json",
        "max_workers": config.workers,
        "PAIZHU": config,
    }


def run(service: type, config: Config) -> int:
    """Host ``service`` until SIGTERM (then at most two seconds) or until its container dies. Gives the exit status.

    The process has to be patched; ``python -m kernel.nameko_host`` sees to it.
    """
    name = str(service.name)  # type: ignore[attr-defined]
    tpool.set_num_threads(_THREADS)
    breath.between(partial(eventlet.sleep, 0))
    logs.configure(f"service {name}", config.log_level)
    kombu.serialization.register(  # type: ignore[no-untyped-call]
        "json", lambda value: orjson.dumps(value).decode(), orjson.loads, "application/json", "utf-8"
    )
    runner = ServiceRunner(settings(config))
    runner.add_service(service)
    (container,) = runner.containers
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: told.append(got))
    health, pulse, broker = Health(), Pulse(15.0), Switch()
    health.live("loop", pulse.check)
    health.live("container", lambda: "dying" if container._being_killed or container._died.ready() else None)
    for extension in container.extensions:
        if isinstance(extension, QueueConsumer):
            health.ready("broker", broker.check)
            _watch(extension, broker)
        if isinstance(extension, Doorway):
            for label, check in extension.checks.items():
                health.ready(label, _asked(extension, check))
    health.serve(config.health_port, config.bind)
    guard = eventlet.spawn(_guard, runner, container, told, pulse)
    guard.link(lambda ended: os._exit(70))  # without its guard the process could hang
    runner.start()
    _LOG.info("serving", service=name)
    runner.wait()
    eventlet.sleep(_GRACE)  # a clean stop is the guard's to end
    return 0


def _guard(runner: Any, container: Any, told: list[int], pulse: Pulse) -> None:
    """End the process in time, well or badly.

    It comes round five times a second because the hub would otherwise sleep through a signal until the next event.
    """
    while True:
        eventlet.sleep(0.2)
        pulse.beat()
        if told:
            with eventlet.Timeout(_GRACE, False):
                runner.stop()
            _end(0)
        if container._being_killed or container._died.ready():
            _LOG.error("container died", service=container.service_name)
            eventlet.sleep(0.5)
            _end(1)


def _end(status: int) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # sys.exit would wait for what hangs


def _watch(consumer: Any, broker: Switch) -> None:
    """Keep ``broker`` in step with the consumer's connection, through the hooks kombu's ConsumerMixin calls."""
    ready, failed = consumer.on_consume_ready, consumer.on_connection_error

    def on_consume_ready(connection: Any, channel: Any, consumers: Any, **more: Any) -> None:
        broker.back()
        ready(connection, channel, consumers, **more)

    def on_connection_error(error: Exception, interval: float) -> None:
        broker.away(type(error).__name__)
        failed(error, interval)

    consumer.on_consume_ready, consumer.on_connection_error = on_consume_ready, on_connection_error


def _asked(doorway: Doorway, check: Callable[[Any], str | None]) -> Check:
    return lambda: "starting" if doorway.door is None else check(doorway.door)


def main(target: str) -> int:
    """Run ``package.module:Class`` with the configuration of the environment. Gives the exit status."""
    module, _, name = target.partition(":")
    try:
        config = Config.of(need=("PAIZHU_DB", "PAIZHU_AMQP", "PAIZHU_HEALTH_PORT"))
    except BadSetting as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    return run(getattr(importlib.import_module(module), name), config)


if __name__ == "__main__":
    # Under its own name, so that services import the same module and not a second copy of it.
    from kernel.nameko_host import main as hosted_main

    sys.exit(hosted_main(sys.argv[1]))
