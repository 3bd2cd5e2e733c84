"""The desk where jobs are asked for and looked up: plain requests in, plain answers out.

Invariants: what is put into the queue has passed its contract and is asked by who may ask it; whatever only the
work can find wrong is the job's own answer, never a silent end; an organ has no more jobs open than ``OPEN_MOST``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID, uuid5

from kernel.door_refusals import ACT_UNKNOWN, JOB_KIND_UNKNOWN
from kernel.handler import Handler, actor_of
from kernel.jobs.refusals import JOB_UNKNOWN
from kernel.jobs.store import JobStore
from kernel.messages import Actor, Context
from kernel.schema import load
from kernel.service import Service
from kernel.work import Job, asker_of

_IDS: Final = UUID("0b6f3c1e-7d0a-5f39-9f0e-4f6a1d2c9b77")
OPEN_MOST: Final = 8
"""How many jobs an organ may have queued or in hand at once."""
_SHOWN: Final = (
    "id",
    "kind",
    "state",
    "stage",
    "done",
    "of",
    "attempts",
    "result",
    "problem",
    "asked_at",
    "ended_at",
)


def job_id(asker: str, key: str) -> str:
    """The id of the job that ``asker`` asked for under the idempotency key ``key``; keys of two organs never meet."""
    return str(uuid5(_IDS, f"{asker}\n{key}"))


def context_of(row: Mapping[str, Any]) -> Context:
    """The context of what the job of ``row`` leads to: decided once, under the job's id, in the asker's name."""
    return Context(f"job/{row['id']}", actor_of(row["actor"]), row["occurred_on"], row["correlation"], "")


class JobDesk:
    """Answers {act: start | show, …} for ``service``, whose jobs stand in ``store``."""

    def __init__(self, service: Service, handler: Handler, store: JobStore) -> None:
        self._service = service
        self._handler = handler
        self._store = store

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"job": the job as it stands}. Raises BadInput, Forbidden, Unknown, Reused, TooMany, NotYet,
        Busy."""
        actor = actor_of(request["actor"])
        if request.get("act") == "start":
            return self._start(request, actor)
        if request.get("act") == "show":
            return self._show(str(request.get("id")), actor)
        raise ACT_UNKNOWN(thing="任务", act=request.get("act"), acts="start、show")

    def _start(self, request: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        kind = str(request.get("kind"))
        job = self._service.jobs.get(kind)
        if job is None:
            raise JOB_KIND_UNKNOWN(kind=kind[:80], kinds=sorted(self._service.jobs))
        self._service.admit(actor, f"办理“{job.title}”", job.roles)
        on = self._handler.day_of(request)
        asker = asker_of(actor)
        data: Any = request.get("data")
        ident = job_id(asker, str(request["key"]))
        # What is not the asker's to ask, or does not fit its contract, is refused here and now.
        if refused := self._handler.foreign_ahead(job.foreign, actor, data):
            raise refused
        asked = load(job.asks, data, Context(ident, actor, on))
        job.check(asked)
        self._handler.must_reach(job.foreign, asked)
        self._handler.await_positions(request.get("after") or {})
        digest = self._handler.keyed(f"job/{kind}", request["occurred_on"], data, asker)
        told = str(request.get("correlation") or ident)
        kept = job.keeps(data, self._handler.tools, ident)
        self._store.ask(ident, kind, kept, asdict(actor), digest, on, told, asker, OPEN_MOST)
        return self._show(ident, actor)

    def _show(self, ident: str, actor: Actor) -> dict[str, Any]:
        row = self._store.find(ident)
        job = self._service.jobs.get(row["kind"]) if row else None
        # Whether there is a job of somebody else's is not for everybody to know.
        if row is None or not _may_see(job, row, actor):
            raise JOB_UNKNOWN()
        return {"job": {**{name: row[name] for name in _SHOWN}, "occurred_on": row["occurred_on"].isoformat()}}


def _may_see(job: Job | None, row: Mapping[str, Any], actor: Actor) -> bool:
    return asker_of(actor) == asker_of(actor_of(row["actor"])) or (job is not None and actor.role in job.overseers)
