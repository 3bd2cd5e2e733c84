"""One service on a real log, reached as the gateway and the reactor reach it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kernel.config import Config
from kernel.messages import Actor, Recorded
from kernel.opening import open_service
from kernel.service import Received, Service


class Desk:
    """Commands, questions and foreign events for one service whose log lies in a database."""

    def __init__(self, service: Service, url: str, keys: Path) -> None:
        self.opened = open_service(service, Config(db=url, keys=keys))
        self.heard: dict[str, int] = {}
        self.count = 0

    def close(self) -> None:
        """Give the connections back."""
        self.opened.log.close()

    def command(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, int]:
        """The events decided, by type and number. Raises AssertionError where the command was refused."""
        answer = self._execute(by, name, on, data)
        assert "receipt" in answer, answer
        return dict(answer["receipt"]["events"])

    def refused(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, Any]:
        """The problem. Raises AssertionError where the command was taken."""
        before = self.opened.log.head()
        answer = self._execute(by, name, on, data)
        assert "problem" in answer, answer
        assert self.opened.log.head() == before, "a refusal left an event"
        return dict(answer["problem"])

    def query(self, by: Actor, name: str, /, limit: int = 1000, **params: str) -> list[dict[str, Any]]:
        """All items of a question, page by page. Raises AssertionError where it was refused."""
        items: list[dict[str, Any]] = []
        cursor = None
        while True:
            request = {"query": name, "params": params, "actor": plain(by), "limit": limit, "cursor": cursor}
            answer = self.opened.door.query(request)
            assert "items" in answer, answer
            items += answer["items"]
            cursor = answer["next"]
            if cursor is None:
                return items

    def asked(self, by: Actor, name: str, /, **params: str) -> dict[str, Any]:
        """The problem of a question that must be refused."""
        return dict(self.opened.door.query({"query": name, "params": params, "actor": plain(by)})["problem"])

    def hear(self, source: str, kind: str, on: str, /, profile: str | None = None, **data: Any) -> None:
        """An event of another service arrives; ``profile`` is the version it was decided under."""
        self.opened.handler.react([self.received(source, kind, on, data, profile)])

    def received(
        self, source: str, kind: str, on: str, data: Mapping[str, Any], profile: str | None = None
    ) -> Received:
        """The next event of ``source``, not yet taken in."""
        position = self.heard[source] = self.heard.get(source, 0) + 1
        facts = (position, "s", 1, kind, 1, date.fromisoformat(on), 1, {}, (), None, profile, None, None, "k", "", "c")
        return Received(source, Recorded(*facts, data=data))

    def count_of(self, kind: str) -> int:
        """How many events of a type the log holds."""
        return sum(recorded.type == kind for recorded in self.opened.log.read())

    def _execute(self, by: Actor, name: str, on: str, data: Mapping[str, Any]) -> dict[str, Any]:
        self.count += 1
        request = {"command": name, "id": f"c-{self.count}", "occurred_on": on, "data": data, "actor": plain(by)}
        return self.opened.door.execute(request)


def plain(by: Actor) -> dict[str, Any]:
    """The actor as a token gives it."""
    return {
        "person": by.person,
        "post": by.post,
        "organ": by.organ,
        "role": by.role,
        "areas": list(by.areas),
        "units": list(by.units),
    }
