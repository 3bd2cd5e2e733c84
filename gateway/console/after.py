"""After a success the next page waits until what was recorded has arrived wherever it looks: nobody is shown a state
from before the own last step, nor refused by one.

The browser keeps the positions for a minute, in a cookie of its own; what takes longer the gateway waits for anyway
where it would refuse (``gateway.underway``).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from gateway.console.session import cookies
from gateway.exchange import Request
from kernel.errors import PaizhuError
from services import SERVICES

COOKIE: Final = "paizhu-after"
KEPT: Final = 60
"""Seconds."""
PATIENCE: Final = 5.0
_EVERY: Final = 0.05
_POSITION: Final = re.compile("([a-z]{1,20})=([0-9]{1,18})")


def carried(request: Request) -> dict[str, int]:
    """Service → the position that the browser's last steps reached there."""
    found = _POSITION.findall(cookies(request).get(COOKIE, ""))
    return {service: int(position) for service, position in found if service in SERVICES}


def written(after: Mapping[str, int], receipt: Mapping[str, Any]) -> str:
    """The value of the cookie once ``receipt`` was given too."""
    service, position = str(receipt["service"]), int(receipt["position"])
    reached = {**after, service: max(position, after.get(service, 0))}
    return ".".join(f"{name}={at}" for name, at in sorted(reached.items()))


class Arrival:
    """Waits until services have taken in what the browser carries; ``heads`` tells how far one is."""

    def __init__(
        self,
        heads: Callable[[str], Mapping[str, Any]],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Any] = time.sleep,
    ) -> None:
        self._heads = heads
        self._clock = clock
        self._sleep = sleep

    def wait(self, request: Request, services: Iterable[str] = SERVICES) -> bool:
        """Whether all has arrived; False after five seconds, and where a service does not answer."""
        after = carried(request)
        until = self._clock() + PATIENCE
        try:
            # A cookie may say anything: what no log has yet, nobody waits for.
            after = {source: min(position, self._heads(source)["position"]) for source, position in after.items()}
        except PaizhuError:
            return False
        return not after or all(self._reached(service, after, until) for service in services)

    def _reached(self, service: str, after: Mapping[str, int], until: float) -> bool:
        while True:
            try:
                taken_in = self._heads(service)["taken_in"]
            except PaizhuError:
                return False
            if all(taken_in.get(source, position) >= position for source, position in after.items()):
                return True
            if self._clock() >= until:
                return False
            self._sleep(_EVERY)
