"""One service on a real log, reached as the gateway and the reactor reach it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from audit.replay import replay
from kernel.ciphers import INTERNATIONAL, Cipher
from kernel.codec import data_of, plain
from kernel.config import Config
from kernel.log.readmodel import changes
from kernel.messages import Actor, Event, Recorded
from kernel.opening import open_service
from kernel.projection import Op
from kernel.service import Received, Service
from programmes import loader
from tests.kit.databases import Database, run
from tests.kit.foreign import foreign

BATCH = 100


class Desk:
    """Commands, questions and foreign events for one service whose log lies in a database."""

    def __init__(
        self, service: Service, database: Database, keys: Path, cipher: Cipher = INTERNATIONAL, province: str = "21"
    ) -> None:
        self.database = database
        self.opened = open_service(service, Config(db=database.url, keys=keys, cipher=cipher, province=province))
        self.log = self.opened.log
        self.heard: dict[str, int] = {}
        self.count = 0

    def close(self) -> None:
        """Give the connections back."""
        self.log.close()

    def receipt(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, Any]:
        """The receipt of a command. Raises AssertionError where it was refused."""
        answer = self._execute(by, name, on, data)
        assert "receipt" in answer, f"{name}: {answer}"
        return dict(answer["receipt"])

    def command(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, int]:
        """The events decided, by type and number. Raises AssertionError where the command was refused."""
        return dict(self.receipt(by, name, on, **data)["events"])

    def refused(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, Any]:
        """The problem. Raises AssertionError where the command was taken, or left an event all the same."""
        before = self.log.head()
        answer = self._execute(by, name, on, data)
        assert "problem" in answer, f"{name}: {answer}"
        assert self.log.head() == before, "a refusal left an event"
        return dict(answer["problem"])

    def query(self, by: Actor, name: str, /, limit: int = 1000, **params: str) -> list[dict[str, Any]]:
        """All items of a question, page by page. Raises AssertionError where it was refused."""
        items: list[dict[str, Any]] = []
        cursor = None
        while True:
            answer = self._ask(by, name, params, limit, cursor)
            assert "items" in answer, f"{name}: {answer}"
            items += answer["items"]
            cursor = answer["next"]
            if cursor is None:
                return items

    def asked(self, by: Actor, name: str, /, cursor: str | None = None, **params: str) -> dict[str, Any]:
        """The problem of a question that must be refused."""
        return dict(self._ask(by, name, params, 1000, cursor)["problem"])

    def hear(self, source: str, kind: str, on: str, /, profile: str | None = None, **data: Any) -> None:
        """An event of another service arrives; ``profile`` is the version it was decided under."""
        self.opened.handler.react([self.received(source, kind, on, data, profile)])

    def hear_of(self, source: str, *events: Event) -> None:
        """What a part of another service came to arrives."""
        for event in events:
            self.hear(source, type(event).__name__, event.occurred_on.isoformat(), **plain(data_of(event)))

    def hear_profiles(self, *programmes: str, on: str = "2018-04-16") -> None:
        """The rules of ``programmes`` arrive, as published."""
        for name in programmes:
            self.hear("allocation", "ProfilePublished", on, **loader.load(name).published())

    def hear_all(self, source: str, kind: str, on: str, events: Iterable[Mapping[str, Any]]) -> None:
        """Events of another service arrive in batches."""
        batch = [self.received(source, kind, on, data) for data in events]
        for start in range(0, len(batch), BATCH):
            self.opened.handler.react(batch[start : start + BATCH])

    def received(
        self, source: str, kind: str, on: str, data: Mapping[str, Any], profile: str | None = None
    ) -> Received:
        """The next event of ``source``, not yet taken in."""
        position = self.heard[source] = self.heard.get(source, 0) + 1
        return foreign(source, kind, on, data, position=position, profile=profile)

    def write(self, events: Iterable[Event], on: str) -> None:
        """Bring the read models to where these events of the day ``on`` lead, without the log."""
        basis = {"programme": None, "profile": None, "notice": None, "clause": None}
        said = {"correlation": "", "causation": "", "command": "", **basis}
        facts: dict[str, Any] = {"position": 1, "stream": "s", "version": 1, "type": "", "schema": 1, **said}
        day = date.fromisoformat(on)
        ops: list[Op] = []
        for event in events:
            recorded = Recorded(**facts, occurred_on=day, recorded_at=0, actor={}, areas=(), data={}, event=event)
            ops += self.opened.service.project(recorded)
        run(self.database.url, ";".join(changes(ops)))

    def counts(self) -> dict[str, int]:
        """How many events of each type the log holds."""
        rows = self.log.rows("select type, count(*) as n from log.events group by type order by type")
        return {row["type"]: row["n"] for row in rows}

    def stored(self, kind: str) -> list[dict[str, Any]]:
        """The data of the stored events of one type, the oldest first."""
        rows = self.log.rows("select line from log.events where type = %s order by position", kind)
        return [dict(orjson.loads(row["line"])["data"]) for row in rows]

    def replays(self) -> bool:
        """Whether the read models equal those that the log gives again from its first event."""
        return replay(self.opened.service, self.database.auditor_url, lambda done, of: None).equal

    def _execute(self, by: Actor, name: str, on: str, data: Mapping[str, Any]) -> dict[str, Any]:
        self.count += 1
        request = {"command": name, "id": f"c-{self.count}", "occurred_on": on, "data": data, "actor": asdict(by)}
        return self.opened.door.execute(request)

    def _ask(self, by: Actor, name: str, params: Mapping[str, str], limit: int, cursor: str | None) -> dict[str, Any]:
        request = {"query": name, "params": params, "actor": asdict(by), "limit": limit, "cursor": cursor}
        return self.opened.door.query(request)


def organ(role: str, *areas: str, units: Iterable[str] = ()) -> Actor:
    """An organ that acts by a person of its own."""
    own = tuple(units)
    name = f"{role}-{'-'.join(areas or own)}"
    return Actor(f"p-{name}", "clerk", name, role, areas, own)
