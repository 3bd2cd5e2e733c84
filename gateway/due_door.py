"""What is due over all services: four answers side by side, laid into one order under one cursor (X-055).

Each service orders its rows by ``programmes.due.KEY``, and no two rows of the system have the same; so the cursor of a
page is the key of its last row, and every service goes on behind it.
Invariant: turning the pages gives every row once, in order, however many of a page a service withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any, Final

import orjson

from gateway import cursors, problems
from gateway.api import Path, Services, Verify, path
from gateway.exchange import Reply, Request
from kernel.calendar import day_of
from kernel.log.batch import clock
from programmes.due import KEY, MOST, PARAMS
from services import SERVICES

_PAGING: Final = ("cursor", "limit")


class DueDoor:
    """Answers ``GET /api/v1/due``."""

    def __init__(self, services: Services, verify: Verify, now: Callable[[], int] = clock) -> None:
        self._services = services
        self._verify = verify
        self._now = now

    def paths(self) -> tuple[Path, ...]:
        """The place in the API."""
        return (path("GET", "/api/v1/due", self.due, query=(*PARAMS, *_PAGING)),)

    def due(self, request: Request, correlation: str) -> Reply:
        """{"items", "next", "as_of", "positions": {service: position}}; the first problem where a service has one.

        A kind or a programme that one service alone knows is asked of that one; what none knows is refused.
        """
        actor = self._verify(request.headers.get("authorization"))
        params = {"as_of": day_of(self._now()).isoformat()} | {
            name: value for name, value in request.query.items() if name in PARAMS and value
        }
        limit = request.number("limit", 100, 1, MOST)
        asked = {
            "query": "due",
            "params": params,
            "actor": asdict(actor),
            "correlation": correlation,
            "cursor": cursors.opened(actor, request.path, request.query),
            "limit": limit,
        }
        after = request.after()

        def ask(service: str) -> dict[str, Any]:
            own = {service: after[service]} if service in after else {}
            return self._services(service, "query", {**asked, "after": own})

        with ThreadPoolExecutor(len(SERVICES)) as beside:
            answers = dict(zip(SERVICES, beside.map(ask, SERVICES), strict=True))
        known = {service: answer for service, answer in answers.items() if not _elsewhere(answer)}
        if not known:
            return problems.reply(_of_all([answer["problem"] for answer in answers.values()]), correlation)
        for answer in known.values():
            if "problem" in answer:
                return problems.reply(answer["problem"], correlation)
        answers = known
        items, following = laid(answers, limit)
        positions = {service: answer["position"] for service, answer in answers.items()}
        following = cursors.bound(following, actor, request.path, request.query)
        said = {"items": items, "next": following, "as_of": params["as_of"], "positions": positions}
        return Reply.json(said, headers={"Cache-Control": "private, no-cache"})


def _elsewhere(answer: Mapping[str, Any]) -> bool:
    """Whether a service does not know the kind or the programme that was asked for, and others may."""
    problem = answer.get("problem") or {}
    return problem.get("code") == "field_value" and problem["field"] in ("kind", "programme")


def _of_all(refused: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """One refusal of those of all services: what any of them would accept."""
    accepted = dict.fromkeys(one["accepted"] for one in refused if one["field"] == refused[0]["field"])
    return {**refused[0], "accepted": "、".join(accepted)}


def laid(answers: Mapping[str, Mapping[str, Any]], limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the pages of all: at most ``limit`` rows, each with its service, and the cursor behind them.

    A service that has more says up to where it has looked: nothing behind that is shown yet.
    """
    looked = [orjson.loads(answer["next"]) for answer in answers.values() if answer["next"]]
    rows = [{"service": service, **item} for service, answer in answers.items() for item in answer["items"]]
    known = sorted((row for row in rows if not looked or _key(row) <= min(looked)), key=_key)
    if len(known) > limit:
        return known[:limit], orjson.dumps(_key(known[limit - 1])).decode()
    return known, orjson.dumps(min(looked)).decode() if looked else None


def _key(row: Mapping[str, Any]) -> list[str]:
    return [str(row[name]) for name in KEY]
