"""What the page is made of: figures, ledger, heads and last events, asked of the services once for all who look."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import orjson

from gateway.api import PAGE, Services
from gateway.heads import FeedHeads, Heads
from gateway.routes import SERVICES
from kernel.errors import PaizhuError
from kernel.messages import Actor

_KEPT_SECONDS: Final = 2.0
_EVENTS: Final = 8
_MOST_ROWS: Final = 5 * PAGE


@dataclass
class Facts:
    """What was found. A service that did not answer is named in ``away``, and what it would have said is missing."""

    profiles: list[dict[str, Any]] = field(default_factory=list)
    coverage: list[dict[str, Any]] = field(default_factory=list)
    ledger: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    feeds: dict[str, Any] = field(default_factory=dict)
    away: list[str] = field(default_factory=list)


class Reading:
    """Reads the facts of one province, at most once in two seconds however many look."""

    def __init__(
        self, services: Services, feeds: FeedHeads, province: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._services = services
        self._feeds = feeds
        self._actor = asdict(Actor("console", "看板", "网关", "auditor", (province,)))
        self._clock = clock
        self._heads = Heads(services, lambda header: Actor("console", "看板", "网关", "auditor"), feeds)
        self._lock = threading.Lock()
        self._kept: tuple[float, Facts] | None = None

    def facts(self) -> Facts:
        """The facts, not older than two seconds."""
        with self._lock:
            if self._kept is None or self._clock() - self._kept[0] > _KEPT_SECONDS:
                found = self._read()
                self._kept = (self._clock(), found)
            return self._kept[1]

    def _read(self) -> Facts:
        facts = Facts()
        for service in SERVICES:
            try:
                facts.heads[service] = self._heads.of(service)
                facts.events[service] = self._last_events(service, facts.heads[service]["position"])
                if service == "allocation":
                    self._allocation(facts)
                if service == "personnel":
                    self._personnel(facts)
            except PaizhuError:
                facts.away.append(service)
        try:
            facts.feeds = self._feeds.heads()
        except PaizhuError:
            facts.away.append("feeds")
        return facts

    def _allocation(self, facts: Facts) -> None:
        facts.profiles = self._rows("allocation", "profiles")
        facts.coverage = self._rows("allocation", "coverage")
        facts.ledger = self._rows("allocation", "ledger")
        facts.units = self._rows("allocation", "units")
        for programme in (p["programme"] for p in facts.profiles if not p["base"]):
            facts.figures[programme] = self._rows("allocation", "figures", programme=programme)[0]

    def _personnel(self, facts: Facts) -> None:
        for programme, figures in facts.figures.items():
            found = self._rows("personnel", "figures", programme=programme)[0]
            figures |= {name: value for name, value in found.items() if name not in figures}

    def _rows(self, service: str, query: str, **params: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        cursor: str | None = None
        while len(rows) < _MOST_ROWS:
            request = {"query": query, "params": params, "actor": self._actor, "cursor": cursor, "limit": PAGE}
            page = self._asked(service, "query", request)
            rows += page["items"]
            cursor = page["next"]
            if cursor is None:
                break
        return rows

    def _last_events(self, service: str, head: int) -> list[dict[str, Any]]:
        page = self._asked(service, "events_after", {"after": max(0, head - _EVENTS), "limit": _EVENTS})
        return [orjson.loads(line) for line in reversed(page["lines"])]

    def _asked(self, service: str, method: str, request: dict[str, Any]) -> dict[str, Any]:
        answer = self._services(service, method, request)
        if "problem" in answer:
            raise PaizhuError(answer["problem"]["sentence"], code=answer["problem"]["code"])
        return answer
