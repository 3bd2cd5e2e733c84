"""The counterpart: the eventsourcing library with its own PostgreSQL module, on the same server with the same data."""

from __future__ import annotations

import threading
import time
from typing import Any
from urllib.parse import unquote, urlsplit

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.sample import payload


class Posting(Aggregate):
    """An aggregate whose one event has the sample's fields."""

    months = 0

    @event("MonthRecorded")
    def record(
        self,
        posting: str,
        person: str,
        target: str,
        month: str,
        days: int,
        leave_days: int,
        required: int,
        met: bool,
        registrar: str,
        signer: str,
        organ: str,
        basis: str,
        remark: str,
    ) -> None:
        """Note a month."""
        self.months += 1


class Counterpart:
    """An application of the library on the database at ``url``."""

    def __init__(self, url: str, pool: int = 4) -> None:
        parts = urlsplit(url)
        self.app: Application[Any] = Application(
            env={
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": parts.path.lstrip("/"),
                "POSTGRES_HOST": str(parts.hostname),
                "POSTGRES_PORT": str(parts.port),
                "POSTGRES_USER": unquote(str(parts.username)),
                "POSTGRES_PASSWORD": unquote(str(parts.password)),
                "POSTGRES_POOL_SIZE": str(pool),
                "POSTGRES_MAX_OVERFLOW": str(pool),
                "POSTGRES_MAX_WAITING": "1000",
                "POSTGRES_SCHEMA": "public",
            }
        )

    def save(self, saves: int, producers: int = 1) -> float:
        """Save one event at a time on as many aggregates as there are producers; saves a second."""
        postings = [Posting() for _ in range(producers)]
        self.app.save(*postings)

        def produce(posting: Posting, number: int) -> None:
            for _ in range(saves // producers):
                posting.record(**payload(number))
                self.app.save(posting)

        start = time.perf_counter()
        if producers == 1:
            produce(postings[0], 0)
        else:
            threads = [threading.Thread(target=produce, args=(p, n)) for n, p in enumerate(postings)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return saves / (time.perf_counter() - start)

    def fill(self, events: int) -> None:
        """Store ``events`` events, many a save."""
        posting = Posting()
        for number in range(events - 1):
            posting.record(**payload(number))
            if len(posting.pending_events) == 500:
                self.app.save(posting)
        self.app.save(posting)

    def replay(self, first: int, events: int) -> float:
        """Read ``events`` notifications in pages of 1,000 and make domain events of them; events a second."""
        start, seen = time.perf_counter(), 0
        while seen < events:
            page = self.app.recorder.select_notifications(first + seen, 1_000)
            for notification in page:
                self.app.mapper.to_domain_event(notification)
            seen += len(page)
        return seen / (time.perf_counter() - start)

    def close(self) -> None:
        """End its sessions."""
        self.app.close()
