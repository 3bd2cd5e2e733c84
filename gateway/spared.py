"""Services are spared what they die of: a request during which a service died is not given to it for ever.

Which of the requests in hand ended a process nobody can tell, so each may be sent once more; one during which it died
again, without an answer in between, is refused for a minute, and for twice as long after each further death, whatever
Idempotency-Key it comes under. Invariant: what is remembered is bounded, and costs nothing while no service died.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import orjson

from gateway.api import Services
from gateway.refusals import REQUEST_DIED_BEFORE
from kernel.door_refusals import REQUEST_INTERRUPTED
from kernel.errors import Busy

DEATHS: Final = 2
REFUSED: Final = 60.0
"""Seconds for which it is refused after so many deaths."""
REMEMBERED: Final = 3600.0
"""Seconds for which a death counts, and the longest for which a request is refused."""
_MOST: Final = 1_000
"""Requests remembered, the oldest forgotten first."""
_PASSING: Final = frozenset({"id", "key", "correlation", "after"})
"""What differs where the same is sent again."""


class _Deaths(NamedTuple):
    number: int
    refused: float
    known: float


class Spared:
    """``services`` that are not given again what they died of twice. Safe for threads."""

    def __init__(self, services: Services, clock: Callable[[], float] = time.monotonic, most: int = _MOST) -> None:
        self._services = services
        self._clock = clock
        self._most = most
        self._died: OrderedDict[bytes, _Deaths] = OrderedDict()
        self._noting = threading.Lock()

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer.

        Raises:
            Busy: as ``services``, and ``request_died_before``.
        """
        asked = _digest(service, method, request) if self._died else b""
        deaths = self._died.get(asked)
        if deaths is not None and (left := deaths.refused - self._clock()) > 0:
            raise REQUEST_DIED_BEFORE(service=service, deaths=deaths.number, minutes=int(-(-left // 60)))
        try:
            answer = self._services(service, method, request)
        except Busy as away:
            if away.code == REQUEST_INTERRUPTED.code:
                self._note(asked or _digest(service, method, request))
            raise
        self._died.pop(asked, None)
        return answer

    def _note(self, asked: bytes) -> None:
        now = self._clock()
        with self._noting:
            before = self._died.pop(asked, None)
            number = 1 + (before.number if before is not None and before.known > now else 0)
            seconds = min(REFUSED * 2.0 ** (number - DEATHS), REMEMBERED) if number >= DEATHS else 0.0
            self._died[asked] = _Deaths(number, now + seconds, now + REMEMBERED)
            while len(self._died) > self._most:
                self._died.popitem(last=False)


def _digest(service: str, method: str, request: Mapping[str, Any]) -> bytes:
    same = {name: value for name, value in request.items() if name not in _PASSING}
    return hashlib.sha256(orjson.dumps([service, method, same], option=orjson.OPT_SORT_KEYS)).digest()
