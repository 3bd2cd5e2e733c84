"""Opening a service: log, decision loop and door from its wiring and the process's configuration.

The one composition root of a service: its process, its reactor and the tests that run it for real come through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kernel.config import Config
from kernel.door import Door
from kernel.handler import Handler
from kernel.jobs.desk import JobDesk
from kernel.jobs.store import JobStore
from kernel.keyfiles import key
from kernel.log.postgres import PostgresLog
from kernel.proof.policyfile import PolicyFile
from kernel.proof.proofs import Proofs
from kernel.service import Service

SECRET = "command-digest.key"  # noqa: S105  # the name of a file


@dataclass(frozen=True, slots=True)
class Opened:
    """A service that is ready to decide."""

    service: Service
    log: PostgresLog
    handler: Handler
    door: Door


def open_service(service: Service, config: Config, host: Mapping[str, Any] | None = None) -> Opened:
    """Connect ``service`` to its database and make its missing read models; ``host`` are tools of the process."""
    log = PostgresLog(config.db, service.name, service.events, service.project)
    log.prepare(service.tables)
    secret = key(config.keys, SECRET)
    handler = Handler(service, log, secret=secret, find=log.rows, tools={**(host or {}), **service.tools(config)})
    tree = Proofs(service.name, log.rows, PolicyFile(config.keys))
    desk = JobDesk(service, handler, JobStore(config.db)) if service.jobs else None
    fits = service.standing(config.province)
    return Opened(service, log, handler, Door(service, log, handler, log.rows, tree, desk, fits))


def log_answers(door: Any) -> None:
    """The readiness check of a service: its log can be read. Raises whatever the log raises where it is away."""
    door.log.head()
