"""One service on a log in memory: commands and foreign events without a server, on a clock that the test sets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from kernel.codec import data_of, plain
from kernel.errors import PaizhuError
from kernel.handler import Handler
from kernel.log.memory import MemoryLog
from kernel.messages import Actor, Event
from kernel.service import Service
from tests.kit.foreign import foreign


class MemoryDesk:
    """As ``desk.Desk``, but no question finds a row. ``today`` (ISO 8601) is what its clock says."""

    def __init__(self, service: Service, today: str) -> None:
        self.today = today
        self.log = MemoryLog(service.name, service.events, service.project, self.now)
        self.handler = Handler(service, self.log, secret=b"synthetic", find=lambda sql, *params: [], now=self.now)
        self.heard: dict[str, int] = {}
        self.count = 0

    def now(self) -> int:
        """Noon of today in Shanghai, as microseconds since 1970 UTC."""
        return int(datetime.fromisoformat(f"{self.today}T12:00:00+08:00").astimezone(UTC).timestamp()) * 1_000_000

    def hear(self, source: str, kind: str, data: Mapping[str, Any]) -> None:
        """An event of another service arrives today."""
        position = self.heard[source] = self.heard.get(source, 0) + 1
        self.handler.react([foreign(source, kind, self.today, data, position=position)])

    def hear_of(self, source: str, *events: Event) -> None:
        """What a part of another service came to arrives today."""
        for event in events:
            self.hear(source, type(event).__name__, plain(data_of(event)))

    def command(self, by: Actor, name: str, on: str, /, **data: Any) -> Mapping[str, int]:
        """The events decided, by type and number; ``on`` becomes today. Raises PaizhuError where it is refused."""
        self.count += 1
        self.today = on
        request = {"command": name, "id": f"c-{self.count}", "occurred_on": on, "actor": plain(by), "data": data}
        return self.handler.execute(request).events

    def refused(self, by: Actor, name: str, on: str, /, **data: Any) -> PaizhuError:
        """The refusal of a command, which left nothing."""
        before = self.log.head()
        with pytest.raises(PaizhuError) as refused:
            self.command(by, name, on, **data)
        assert self.log.head() == before, "a refusal left an event"
        return refused.value

    def lines(self, kind: str) -> list[dict[str, Any]]:
        """The stored lines of an event type."""
        return [line for line in map(json.loads, self.log.lines(0, 1000)) if line["type"] == kind]
