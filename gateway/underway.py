"""Facts under way: no client is refused over a fact that was committed before it asked and is still on the bus.

A service decides on what it has taken in of the others. A refusal says what was in by then (``kernel.door``). It is
held against the logs: where everybody whose facts could reach that service, directly or as the consequence of a
consequence, had taken in all there was, the refusal stands; else what is missing is waited for, and the request made
again. Where a refusal would not show in the answer, everything is waited for first.

Invariant: a refusal that leaves rests on everything that was committed when the request came. Reactions commit together
with the position they took in, so positions are all that has to be compared. Under steady load something is always on
its way; then ``ROUNDS`` times all that was there has come in, and no chain of consequences is longer than that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from gateway.api import Services
from gateway.refusals import FACTS_UNDER_WAY
from kernel.errors import Busy

PATIENCE: Final = 5.0
"""Seconds a refusal may be held back; then the client is told what is awaited, and may ask again."""
ROUNDS: Final = 4
_LOOK_EVERY: Final = 0.05
_BEYOND: Final = 2**62


class Standing(NamedTuple):
    """How far a service is: the head of its log, and what it has taken in of each service it follows."""

    head: int
    taken_in: Mapping[str, int]


class Underway:
    """``services`` of the gateway whose refusals are not false; ``heads`` are the same with little patience."""

    def __init__(
        self,
        services: Services,
        heads: Services,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Any] = time.sleep,
    ) -> None:
        self._services = services
        self._heads = heads
        self._clock = clock
        self._sleep = sleep

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer.

        Raises:
            Busy: the service does not answer.
            NotYet: ``facts_under_way``, also where another does not answer whose facts could matter.
        """
        until = self._clock() + PATIENCE
        if _in_part(request):
            self._settle(service, until)
        for _ in range(ROUNDS):
            answer = self._services(service, method, request)
            certain = answer.get("problem", {}).get("taken_in")
            if certain is None or not self._came(service, certain, until):
                return answer
        return self._services(service, method, request)

    def _settle(self, service: str, until: float) -> None:
        for _ in range(ROUNDS):
            if not self._came(service, None, until):
                return

    def _came(self, service: str, certain: Mapping[str, int] | None, until: float) -> bool:
        """Whether something was under way, and has come by now. Raises NotYet where it has not by ``until``."""
        found = self._standings(service, certain)
        awaited = [
            (follower, source, found[source].head)
            for follower, standing in found.items()
            for source, reached in standing.taken_in.items()
            if reached < found[source].head
        ]
        for follower, source, position in awaited:
            self._await(follower, source, position, until)
        return bool(awaited)

    def _standings(self, service: str, certain: Mapping[str, int] | None) -> dict[str, Standing]:
        """How far everybody is whose facts can reach ``service``; it had taken in what is ``certain``."""
        own = self._standing(service)
        found = {service: own if certain is None else Standing(own.head, certain)}
        open_still = list(own.taken_in)
        while open_still:
            if (source := open_still.pop()) not in found:
                found[source] = self._standing(source)
                open_still += found[source].taken_in
        return found

    def _standing(self, service: str) -> Standing:
        # The service reads what it has taken in before it reads its head: what follows of the one is in the other.
        try:
            answer = self._heads(service, "events_after", {"after": _BEYOND, "limit": 1})
        except Busy as away:
            raise FACTS_UNDER_WAY(service=service, awaited="恢复应答") from away
        if "problem" in answer:
            raise FACTS_UNDER_WAY(service=service, awaited="恢复其日志")
        return Standing(answer["head"], answer["taken_in"])

    def _await(self, follower: str, source: str, position: int, until: float) -> None:
        while self._standing(follower).taken_in.get(source, 0) < position:
            if self._clock() >= until:
                raise FACTS_UNDER_WAY(service=follower, awaited=f"{source} 的第 {position} 号事件")
            self._sleep(_LOOK_EVERY)


def _in_part(request: Mapping[str, Any]) -> bool:
    """Whether what is refused of the request will not show in its answer: long work, or a list taken in part."""
    data = request.get("data")
    return request.get("act") == "start" or (isinstance(data, Mapping) and data.get("accept") == "good")
