"""An archive whose public events were taken into the feeds of the cities, and what a superuser can do to those."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from audit.feeds import Feeds
from audit.findings import Finding, Findings
from audit.live import Live
from audit.verify import Verification
from gateway.feeds.process import cities
from gateway.feeds.store import FeedStore
from kernel.codec import recorded
from kernel.log import Append, Draft
from kernel.service import Received
from services.allocation.registers.notice import NoticeIssued
from tests.kit.audit.archive import ACTOR, DAY, SERVICES, Archive, archive
from tests.kit.audit.rewriting import aside
from tests.kit.databases import Database, fresh, rows_of, run

TABLES = ("items", "cities", "head")


class Fed:
    """``archive`` with the feeds of the province's cities in ``database``, filled by ``feed``."""

    def __init__(self, found: Archive, database: Database, server: str) -> None:
        self.archive = found
        self.database = database
        self.superuser = server.rpartition("/")[0] + "/" + database.url.rpartition("/")[2]
        self.store = FeedStore(database.url, "21", cities("21"))
        self.letters = 0

    def issue(self) -> None:
        """A notice of the province, which concerns every city."""
        self.letters += 1
        notice = NoticeIssued(
            occurred_on=DAY,
            notice=f"合成通知{self.letters}",
            title="合成通知",
            issuers=("省委组织部",),
            issued_on=date(2018, 5, 1),
            scope="21",
        )
        draft, name = Draft(f"notice/{notice.notice}", notice), f"n-{self.letters}"
        self.archive.log.append(Append(name, b"d" * 32, (draft,), {}, ACTOR, name))

    def feed(self, *parked: tuple[str, int]) -> None:
        """Take in all there is; the events ``parked`` as ones that could not be numbered."""
        for service in SERVICES:
            taken = self.store.taken_in().get(service, 0)
            for position, line in enumerate(self.archive.lines(service)[taken:], taken + 1):
                received = Received(service, recorded(line))
                if (service, position) in parked:
                    self.store.park(received, "ValueError: synthetic")
                else:
                    self.store.react([received])

    def replay(self, service: str, position: int) -> None:
        """Number a parked event after all."""
        self.store.replay(Received(service, recorded(self.archive.lines(service)[position - 1])))

    def force(self, sql: str) -> None:
        """Run ``sql`` as a superuser with the protection of items and parked rows lifted, and put it back."""
        off, on = (
            ";".join(f"alter table {table} {act} trigger append_only" for table in ("feed.items", "log.parked"))
            for act in ("disable", "enable always")
        )
        run(self.superuser, f"begin; {off}; {sql}; {on}; commit")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of ``sql`` in the gateway's database."""
        return rows_of(self.superuser, sql)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Whatever is done to the feeds in the block is undone after it."""
        places = [f"feed.{table}" for table in TABLES] + ["log.parked", "log.inbox", "log.relay"]
        names = {place: f"kept_{place.replace('.', '_')}" for place in places}
        self.force(";".join(aside(name, place, self.database.app) for place, name in names.items()))
        try:
            yield
        finally:
            for place, name in names.items():
                self.force(
                    f"delete from {place}; insert into {place} select * from read.{name}; drop table read.{name}"
                )

    def live(self) -> Live:
        """The logs and the feeds as an auditor reads them."""
        return Live({**self.archive.addresses(), "gateway": self.database.auditor_url}, self.archive.folder)

    def verify(self) -> list[Finding]:
        """What verification finds."""
        with closing(self.live()) as source:
            run = Verification(source, self.archive.policy, {})
            run.run(SERVICES, lambda service: lambda done, of: None)
            return list(run.findings)

    def compared(self) -> list[Finding]:
        """What comparing feeds and logs alone finds: the part of verification that looks at them."""
        findings = Findings()
        with closing(self.live()) as source, closing(Feeds(source, findings)) as feeds:
            for service in SERVICES:
                items, end = feeds.of(service), 0
                for page in source.pages(service):
                    items.rows(page)
                    end += len(page)
                items.finish(end)
            feeds.finish()
        return list(findings)

    def close(self) -> None:
        """Give the connections back."""
        self.store.close()


@contextmanager
def fed(server: str, folder: Path) -> Iterator[Fed]:
    """An archive with empty feeds, on databases of its own."""
    with (
        archive(server, folder) as found,
        fresh(server, "gateway") as made,
        closing(Fed(found, made["gateway"], server)) as feeds,
    ):
        yield feeds
