"""Catching up: what a service newly follows is fetched from its sources' logs before it goes on with what comes.

Invariant: of one source, all that passed the service by is taken in, in order of position, before any later event of
that source. A service that follows nothing new asks its own log alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from kernel import logs
from kernel.bus.intake import Intake, TakesIn, passing
from kernel.bus.rpc import Away, Refill
from kernel.codec import recorded
from kernel.errors import Corrupt
from kernel.service import Received

_LOG = logs.get("catching up")


class Follows(TakesIn, Protocol):
    """The deciding part, as it takes in what passed it by (``kernel.following.Following``)."""

    def unheard(self, source: str, upto: int) -> frozenset[str]:
        """The types of ``source`` that passed it by up to the position ``upto``."""
        ...

    def heard(self, source: str, upto: int) -> None:
        """Remember that nothing of ``source`` passed it by."""
        ...


def catch_up(follows: Follows, taken: Mapping[str, int], sources: Sequence[str], late: Intake, refill: Refill) -> None:
    """Take in through ``late`` what passed the service by; ``taken`` are the positions reached, read before.

    Waits for a source that is away. Raises what the service's own log raises where that is away.
    """
    for source in sources:
        upto = taken.get(source, 0)
        if types := follows.unheard(source, upto):
            _LOG.info("catching up", source=source, upto=upto, types=", ".join(sorted(types)))
            for page in _pages(source, upto, late, refill):
                late.take([received for received in page if received.recorded.type in types])
        follows.heard(source, upto)


def _pages(source: str, upto: int, late: Intake, refill: Refill) -> Iterator[list[Received]]:
    after = 0
    while after < upto:
        try:
            lines, head = refill(source, after, min(500, upto - after))
            if not lines:
                raise Away(f"{source} gave nothing above {after} of {head}")
        except Exception as error:
            if not passing(error):
                raise
            late.wait(error)
        else:
            page = read(source, lines, after)
            yield page
            after += len(page)


def read(source: str, lines: Sequence[bytes], after: int) -> list[Received]:
    """The events of ``lines``, which come after position ``after`` without a gap. Raises Corrupt where they do not."""
    page = [Received(source, recorded(line)) for line in lines]
    for expected, received in enumerate(page, after + 1):
        if received.recorded.position != expected:
            raise Corrupt(f"{source} gave position {received.recorded.position} for {expected}")
    return page
