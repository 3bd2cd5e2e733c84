"""Parked events of the feeds: what the feed process parked, given to its cities after all or discarded.

The feeds decide nothing and have no log of their own facts; what operators did with parked events stands in the log
of the gateway's database, under the name ``feeds``. Invariant: an event is numbered before it is noted as replayed, and
the numbering finds what stands there already; so a crash between the two leaves nothing double and nothing lost.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from gateway.feeds.store import FeedStore
from kernel import parked
from kernel.codec import EventTypes
from kernel.log import Append, Log, Receipt
from kernel.log.postgres import PostgresLog
from kernel.parked_desk import ParkedDesk
from kernel.service import Received

NAME = "feeds"


class Renumbering:
    """Gives parked events their numbers in ``store()`` and notes it in ``log``."""

    def __init__(self, store: Callable[[], FeedStore], log: Log) -> None:
        self._store = store
        self._log = log

    def replay(self, received: Received, note: Append) -> Receipt:
        """See ``kernel.parked_desk.Replays``."""
        with closing(self._store()) as store:
            store.replay(received)
        return self._log.append(note)


def open_parked_desk(url: str, province: str, cities: tuple[str, ...]) -> ParkedDesk:
    """The parked events in the gateway's database at ``url``."""
    log = PostgresLog(url, NAME, EventTypes(parked.EVENTS), lambda recorded: ())
    return ParkedDesk(NAME, log, Renumbering(lambda: FeedStore(url, province, cities), log))
