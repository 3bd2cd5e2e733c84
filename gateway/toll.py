"""The toll: what a request costs whoever asks, taken before anything is done for it.

A good token costs its holder, whatever address it comes from; a request without one costs its address. Invariant: who
has a right is not kept out by those without one, though they come from the same address; nothing but failures and what
is open to all is charged to an address.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from gateway.exchange import Request
from gateway.refusals import RATE_EXCEEDED
from kernel.config import Network
from kernel.errors import Unauthenticated
from kernel.messages import Actor
from kernel.rates import BUDGETS, Buckets, Kind, Rate

_WHAT: Final = {
    Kind.COMMANDS: "该令牌持有人的命令",
    Kind.READS: "该令牌持有人的查询",
    Kind.DISCLOSURES: "该令牌持有人对个人信息的查阅",
    Kind.FAILURES: "来自该地址、未能确认身份的请求",
    Kind.OPEN: "来自该地址、不带令牌的请求",
}
_SITE: Final = 64
"""Bits of an IPv6 address that are one subscriber's (RFC 6177): the rest is free to choose for whoever attacks."""


class Toll:
    """Takes what a request costs from the bucket of its asker. Safe for threads."""

    def __init__(
        self,
        verify: Callable[[str | None], Actor],
        rates: Mapping[Kind, Rate] = BUDGETS,
        proxies: Sequence[Network] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._verify = verify
        self._buckets = {kind: Buckets(rate) for kind, rate in rates.items()}
        self._proxies = proxies
        self._clock = clock
        self._lock = threading.Lock()

    def charge(self, kind: Kind, request: Request) -> None:
        """Take the cost of a request for something of ``kind``.

        Raises:
            TooOften: ``rate_exceeded``, with the seconds after which one more is admitted.
            Unauthenticated: where what is asked for needs a token and there is no good one.
        """
        if kind is Kind.OPEN:
            self._take(kind, self.address(request))
            return
        try:
            actor = self._verify(request.headers.get("authorization"))
        except Unauthenticated:
            self._take(Kind.FAILURES, self.address(request))
            raise
        self._take(kind, actor.person)

    def address(self, request: Request) -> str:
        """Whose address a request comes from."""
        return address_of(request.address, request.headers.get("x-forwarded-for", ""), self._proxies)

    def _take(self, kind: Kind, asker: str) -> None:
        with self._lock:
            seconds = self._buckets[kind].take(asker, self._clock())
        if seconds:
            raise RATE_EXCEEDED(what=_WHAT[kind], seconds=seconds).again_in(seconds)


def address_of(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """Who came: the peer of the connection or, where that is one of our ``proxies``, whom it says it came from.

    Of the addresses in X-Forwarded-For the last that is no proxy of ours counts: what stands before it anybody may have
    written. Of IPv6 the network counts.
    """
    found = peer
    for hop in (peer, *reversed([hop.strip() for hop in forwarded.split(",")])):
        try:
            address = ip_address(hop)
        except ValueError:
            break  # what is no address says nothing, nor does what stands before it
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        wide = isinstance(address, IPv6Address)
        found = str(ip_network((address, _SITE), strict=False) if wide else address)
        if not any(address in network for network in proxies):
            break
    return found
