"""What the page is made of: figures, heads and last events, as far as the areas of who looks reach."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import orjson

from gateway.api import PAGE, Services
from gateway.console.shared import Shared
from gateway.heads import FeedHeads, Heads
from gateway.refusals import HEADS_AWAY
from kernel.errors import PaizhuError
from kernel.messages import Actor
from services import SERVICES

READERS: Final = frozenset({"province_org", "city_org", "county_org", "auditor"})
WHOLE: Final = frozenset({"province_org", "auditor"})
_KEPT_SECONDS: Final = 2.0
_EVENTS: Final = 8
_MOST_ROWS: Final = 5 * PAGE
_AT_ONCE: Final = 4
"""Readings for different viewers at a time."""
_BACK: Final = 200  # events looked at for the last ones of an area


@dataclass
class Facts:
    """What was found. A service that did not answer is named in ``away``, and what it would have said is missing."""

    profiles: list[dict[str, Any]] = field(default_factory=list)
    coverage: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    feeds: dict[str, Any] = field(default_factory=dict)
    away: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a service says to every viewer alike: how far it is, and its last events, the newest first."""

    head: dict[str, Any]
    events: list[dict[str, Any]]


class Reading:
    """Reads the facts of a role and its reach, at most once in two seconds however many of them look."""

    def __init__(self, services: Services, feeds: FeedHeads, clock: Callable[[], float] = time.monotonic) -> None:
        self._services = services
        self._feeds = feeds
        self._heads = Heads(services, _nobody, feeds)
        self._shared: Shared[Facts] = Shared(_KEPT_SECONDS, _AT_ONCE, clock)
        self._standings: Shared[dict[str, Standing]] = Shared(_KEPT_SECONDS, 1, clock)

    def facts(self, actor: Actor) -> Facts:
        """What ``actor`` may see, not older than two seconds."""
        return self._shared.get((actor.role, actor.areas, actor.units), lambda: self._read(actor))

    def _read(self, actor: Actor) -> Facts:
        facts = Facts()
        standings = self._standings.get("", self._read_standings)
        for service in SERVICES:
            try:
                standing = standings.get(service)
                if standing is None:
                    raise HEADS_AWAY(service=service)
                facts.heads[service] = standing.head
                facts.events[service] = [event for event in standing.events if _shown(event, actor)][:_EVENTS]
                if service == "allocation":
                    self._allocation(facts, actor)
                if service == "personnel":
                    self._personnel(facts, actor)
            except PaizhuError:
                facts.away.append(service)
        try:
            heads = self._feeds.heads()
            facts.feeds = {**heads, "cities": {c: n for c, n in heads["cities"].items() if actor.covers(c)}}
        except PaizhuError:
            facts.away.append("feeds")
        return facts

    def _read_standings(self) -> dict[str, Standing]:
        """Those of the services that answer; the gateway asks them, for all."""
        found: dict[str, Standing] = {}
        for service in SERVICES:
            with suppress(PaizhuError):
                head = self._heads.of(service, None)
                found[service] = Standing(head, self._last_events(service, head["position"]))
        return found

    def _allocation(self, facts: Facts, actor: Actor) -> None:
        facts.profiles = self._rows(actor, "allocation", "profiles")
        facts.coverage = self._rows(actor, "allocation", "coverage")
        for programme in (p["programme"] for p in facts.profiles if not p["base"]):
            facts.figures[programme] = self._rows(actor, "allocation", "figures", programme=programme)[0]

    def _personnel(self, facts: Facts, actor: Actor) -> None:
        for programme, figures in facts.figures.items():
            found = self._rows(actor, "personnel", "figures", programme=programme)[0]
            figures |= {name: value for name, value in found.items() if name not in figures}

    def _rows(self, actor: Actor, service: str, query: str, **params: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        cursor: str | None = None
        while len(rows) < _MOST_ROWS:
            request = {"query": query, "params": params, "actor": asdict(actor), "cursor": cursor, "limit": PAGE}
            page = self._asked(service, "query", request)
            rows += page["items"]
            cursor = page["next"]
            if cursor is None:
                break
        return rows

    def _last_events(self, service: str, head: int) -> list[dict[str, Any]]:
        page = self._asked(service, "events_after", {"after": max(0, head - _BACK), "limit": _BACK})
        return [orjson.loads(line) for line in reversed(page["lines"])]

    def _asked(self, service: str, method: str, request: dict[str, Any]) -> dict[str, Any]:
        answer = self._services(service, method, request)
        if "problem" in answer:
            raise PaizhuError(answer["problem"]["sentence"], code=answer["problem"]["code"])
        return answer


def _shown(event: dict[str, Any], actor: Actor) -> bool:
    """True where the event concerns an area of the actor's; one without an area is the province's business."""
    areas: Sequence[str] = event["areas"]
    if not areas:
        return actor.role in WHOLE
    return any(actor.covers(area) for area in areas)


def _nobody(header: str | None) -> Actor:
    raise LookupError("the page asks for itself how far the services are, with nobody's token")
