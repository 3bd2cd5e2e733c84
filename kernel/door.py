"""The door of a service: plain requests in, plain answers out, and never an exception.

Whatever carries the requests (RPC today) knows only this. It knows no sockets, and the decision loop does not know it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from kernel import logs, metrics, sizes, text
from kernel.door_refusals import INTERNAL, JOB_KIND_UNKNOWN, PROOF_UNKNOWN, QUERY_UNKNOWN, ROLE_MISPLACED
from kernel.errors import PaizhuError, Rejected
from kernel.handler import Handler, actor_of
from kernel.jobs.desk import JobDesk
from kernel.log import Log
from kernel.parked_desk import ParkedDesk
from kernel.proof.proofs import Proofs
from kernel.reach import Fits, anybody
from kernel.recording import record
from kernel.refusals import FIELD_MISSING, FIELD_TYPE, FIELD_UNKNOWN
from kernel.service import Ask, Query, Service, unrecorded
from kernel.within import Within

PAGE = 1000
T = TypeVar("T")


class Door:
    """Answers ``execute``, ``query``, ``events_after``, ``describe``, ``parked``, ``proofs`` and ``jobs``."""

    def __init__(
        self,
        service: Service,
        log: Log,
        handler: Handler,
        rows: Callable[..., list[dict[str, Any]]],
        tree: Proofs | None = None,
        desk: JobDesk | None = None,
        fits: Fits = anybody,
    ) -> None:
        self.service = service
        self.log = log
        self.handler = handler
        self.rows = rows
        self.tree = tree
        self.desk = desk
        self.fits = fits
        self.within = Within(service, handler.states)
        self.parked_desk = ParkedDesk(service.name, log, handler)
        self._known: Mapping[str, int] = {}
        self.said = logs.get("door").bind(service=service.name)

    def execute(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"receipt": …} or {"problem": …} for a command (see ``Handler.execute``)."""
        name = str(request.get("command"))

        def decide() -> dict[str, Any]:
            receipt = self._resting(lambda: self.handler.execute(request))
            return {
                "receipt": {
                    "service": self.service.name,
                    "position": receipt.position,
                    "events": dict(receipt.events),
                    "streams": dict(list(receipt.streams.items())[:50]),
                    "repeated": receipt.repeated,
                    **({"result": dict(receipt.result)} if receipt.result else {}),
                }
            }

        return self._answer(name if name in self.service.commands else "unknown", request, decide)

    def query(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"items", "next", "service", "position"} or {"problem": …} for a question.

        Args:
            request: {query, params, actor, after?, cursor?, limit?}.
        """

        def ask() -> dict[str, Any]:
            query = self.service.queries.get(request["query"])
            if query is None:
                raise QUERY_UNKNOWN(query=request["query"], queries=sorted(self.service.queries))
            actor = actor_of(request["actor"])
            self.service.admit(actor, f"查询“{query.title}”", query.roles)
            params = {name: _given(query, name, value) for name, value in (request.get("params") or {}).items()}
            for name in query.needs:
                if not params.get(name):
                    accepted = f"?{name}=…（{query.params[name]}）"
                    raise FIELD_MISSING(field=name, accepted=accepted)
            self.handler.await_positions(request.get("after") or {})
            self.within.must_hold(actor, params)
            limit = min(int(request.get("limit") or 100), query.most)
            # The position is read first: the answer may then hold newer facts, never older ones than it says.
            position, _ = self.log.head()
            said = str(request.get("correlation") or "")
            recorded = partial(record, self.log, self.service.name, actor, correlation=said)
            asked = Ask(actor, params, request.get("cursor"), limit, recorded if query.discloses else unrecorded)
            page = self._resting(lambda: query.answer(self.rows, asked, self.handler.tools))
            items = {"items": self.within.own(actor, page["items"])} if "items" in page else {}
            return {"service": self.service.name, "position": position, **page, **items}

        name = str(request.get("query"))
        return self._answer(f"query:{name}" if name in self.service.queries else "unknown", request, ask)

    def events_after(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"lines", "head", "taken_in"}: at most ``limit`` stored lines above ``after``, and how far things are.

        Long lines make a shorter page (``kernel.sizes``); where there is a next line, there is one in it.
        ``taken_in`` holds for each service followed the position up to which its events were taken in.
        """

        def read() -> dict[str, Any]:
            lines = self.log.lines(int(request["after"]), min(int(request.get("limit") or PAGE), PAGE), sizes.PAGE)
            # In this order: what follows from all that is taken in stands below the head that is told.
            taken_in = self._taken_in()
            return {"lines": [line.decode() for line in lines], "head": self.log.head()[0], "taken_in": taken_in}

        return self._answer("events_after", request, read)

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What the service takes and answers, for whoever writes documents of it: nothing of what it knows.

        {"commands": {name: {"title", "roles"}}, "queries": {name: {"title", "roles", "params", "needs"}},
        "jobs": {name: {"title", "roles"}}}
        """
        return {
            "commands": {
                name: {"title": handles.title, "roles": sorted(handles.roles)}
                for name, handles in self.service.commands.items()
            },
            "queries": {
                name: {
                    "title": query.title,
                    "roles": sorted(query.roles),
                    "params": dict(query.params),
                    "needs": list(query.needs),
                }
                for name, query in self.service.queries.items()
            },
            "jobs": {name: {"title": job.title, "roles": sorted(job.roles)} for name, job in self.service.jobs.items()},
        }

    def parked(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What ``ParkedDesk`` answers to an operator, or {"problem": …}."""
        return self._answer("parked", request, lambda: self.parked_desk.answer(request))

    def proofs(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What ``Proofs`` answers of the tree over the log, or {"problem": …}."""
        tree, ask = self.tree, str(request.get("ask"))
        if tree is None or ask not in tree.asks:
            return {"problem": PROOF_UNKNOWN(asks=tree.asks if tree else "").problem()}
        return self._answer(f"proofs:{ask}", request, lambda: tree.answer(request))

    def jobs(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """{"job": …} as ``JobDesk`` answers of a job, or {"problem": …}."""
        desk = self.desk
        if desk is None:
            return {"problem": JOB_KIND_UNKNOWN(kind=str(request.get("kind"))[:80], kinds="无").problem()}
        return self._answer("jobs", request, lambda: self._resting(lambda: desk.answer(request)))

    def _resting(self, answer: Callable[[], T]) -> T:
        """What ``answer`` gives. What it refuses says what had been taken in before it was asked.

        Where more came in since that was last looked at, it is asked again: then the refusal may be gone.
        """
        before = self._known
        try:
            return answer()
        except Rejected as refusal:
            self._known = now = self._taken_in()
            if now == before:
                refusal.taken_in = before
                raise
        try:
            return answer()
        except Rejected as refusal:
            refusal.taken_in = now
            raise

    def _taken_in(self) -> Mapping[str, int]:
        return {**dict.fromkeys(self.service.sources, 0), **self.log.taken_in()}

    def _answer(self, name: str, request: Mapping[str, Any], answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        started = time.perf_counter()
        outcome = "done"
        try:
            self._must_fit(request.get("actor"))
            return answer()
        except PaizhuError as error:
            outcome = error.kind
            return {"problem": error.problem()}
        except Exception:
            outcome = "error"
            self.said.exception("unexpected", request=name, correlation=request.get("correlation"))
            return {"problem": INTERNAL(thing="请求", accepted="以同一命令编号重试").problem()}
        finally:
            metrics.COMMAND_SECONDS.labels(self.service.name, name, outcome).observe(time.perf_counter() - started)

    def _must_fit(self, actor: Mapping[str, Any] | None) -> None:
        """Check that role and place of whoever asks agree, whoever passed it on. Raises Forbidden."""
        if actor is not None and (why := self.fits(actor_of(actor))):
            raise ROLE_MISPLACED(why=why)


def _given(query: Query, name: str, value: Any) -> str:
    """A parameter in the form in which the texts it is compared with were stored."""
    if name not in query.params:
        raise FIELD_UNKNOWN(field=name, accepted="、".join(query.params) or "不带参数")
    if not isinstance(value, str) or text.unseen(value):
        raise FIELD_TYPE(field=name, wanted="文本", accepted="不含空字符和其他看不见的字符的文本")
    return text.normal(value)
