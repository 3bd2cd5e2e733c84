"""编制方案: asks for a plan of placement, or a trial of one that leaves no record, and leads to the page of its job.

Invariant: what is asked for goes the way of the API's jobs (``gateway.jobs_door``), under the key of its form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

import orjson

from gateway import problems
from gateway.api import Path, path
from gateway.console import session
from gateway.console.filters import Lookup
from gateway.console.pages import Pages, elsewhere
from gateway.envelope import day
from gateway.exchange import Reply, Request
from gateway.jobs_door import JobsDoor
from gateway.refusals import PARAMETER_INVALID
from kernel.calendar import day_of
from kernel.log.batch import clock
from kernel.messages import Actor
from kernel.text import digits

_KINDS: Final = (("placement_plan", "编制方案，留作记录"), ("what_if", "试算，不留记录"))
_TIERS: Final = (("province", "省级"), ("city", "市级"), ("county", "县级"))
_MOST_SEED: Final = 2**31 - 1


class SolvePage:
    """Answers ``/solve``."""

    def __init__(self, pages: Pages, jobs: JobsDoor, lookup: Lookup) -> None:
        self._pages = pages
        self._jobs = jobs
        self._lookup = lookup

    def paths(self) -> tuple[Path, ...]:
        """The places of the page."""
        return (
            path("GET", "/solve", self.form, query=("programme",), pages=self._pages),
            path("POST", "/solve", self.start, pages=self._pages),
        )

    def form(self, request: Request, correlation: str) -> Reply:
        """The form, begun with today and the programme the address names."""
        today = day_of(clock()).isoformat()
        begun = {"kind": "placement_plan", "tier": "province", "seed": "0", "occurred_on": today}
        return self._shown(request, {**begun, **request.query})

    def start(self, request: Request, correlation: str) -> Reply:
        """The page of the job; or the form again, with what is wrong."""
        typed = session.entries(request)
        session.own(request, typed)
        actor = self._pages.verify(request.headers.get("authorization"))
        reply = problems.tried(lambda: self._jobs.begin(self._asked(typed, actor), actor, correlation), correlation)
        said = orjson.loads(reply.body)
        if reply.status >= 400:
            return self._shown(request, typed, said, reply.status)
        return elsewhere(f"/jobs/allocation/{said['id']}")

    def _asked(self, typed: Mapping[str, str], actor: Actor) -> dict[str, Any]:
        """The job that the form asks for. Raises BadInput."""
        area = self._lookup.code("area", typed.get("area", "").strip(), actor)
        return {
            "kind": typed.get("kind", ""),
            "key": typed.get("_key", ""),
            "occurred_on": day(typed.get("occurred_on", ""), "occurred_on"),
            "data": {
                "programme": typed.get("programme", ""),
                "tier": typed.get("tier", ""),
                "seed": _seed(typed.get("seed", "")),
                "partial": typed.get("partial") == "1",
                **({"area": area} if area else {}),
            },
            "after": {},
        }

    def _shown(
        self, request: Request, typed: Mapping[str, str], problem: Mapping[str, Any] | None = None, status: int = 200
    ) -> Reply:
        actor = self._pages.verify(request.headers.get("authorization"))
        return self._pages.page(
            "solve.html",
            request,
            status=status,
            typed=typed,
            programmes=self._lookup.programmes(actor),
            kinds=_KINDS,
            tiers=_TIERS,
            key=typed.get("_key") or str(uuid4()),
            problem=problem,
        )


def _seed(typed: str) -> int:
    """The seed. Raises BadInput: ``parameter_invalid``."""
    if not (digits(typed) and len(typed) <= 10 and int(typed) <= _MOST_SEED):
        raise PARAMETER_INVALID(name="seed", given=typed[:40], accepted=f"0 至 {_MOST_SEED} 的整数")
    return int(typed)
