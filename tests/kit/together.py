"""Services on real logs that hear of each other: what one decided the others take in, line by line as it was stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kernel.codec import recorded
from kernel.messages import Actor
from kernel.service import Received, Service
from tests.kit.desk import BATCH, Desk


class Together:
    """A desk for each service; after every command each has heard what the others decided, and what followed of it."""

    def __init__(self, open_desk: Callable[..., Desk], services: Iterable[Service], province: str) -> None:
        self.desks = {service.name: open_desk(service, province=province) for service in services}
        self.owners = {name: desk for desk in self.desks.values() for name in desk.opened.service.commands}
        self.told: dict[tuple[str, str], int] = {}

    def command(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, int]:
        """The events decided, by type and number; then everybody hears of them."""
        made = self.owners[name].command(by, name, on, **data)
        self.settle()
        return made

    def refused(self, by: Actor, name: str, on: str, /, **data: Any) -> dict[str, Any]:
        """The problem; nothing was stored."""
        return self.owners[name].refused(by, name, on, **data)

    def settle(self) -> None:
        """Tell everybody what is new, until nothing is."""
        while any(self.tell(source, follower) for source in self.desks for follower in self.desks):
            pass

    def tell(self, source: str, follower: str) -> bool:
        """Tell one what is new with the other; whether anything was."""
        if source == follower:
            return False
        after = self.told.get((source, follower), 0)
        lines = self.desks[source].log.lines(after, 10_000)
        desk = self.desks[follower]
        # Each in its turn, also those nobody follows: a log takes in a source position by position.
        for start in range(0, len(lines), BATCH):
            desk.opened.handler.react([Received(source, recorded(line)) for line in lines[start : start + BATCH]])
        self.told[source, follower] = after + len(lines)
        return bool(lines)

    def counts(self, service: str) -> dict[str, int]:
        """How many events of each type the log of a service holds."""
        return self.desks[service].counts()

    def query(self, service: str, by: Actor, name: str, /, **params: Any) -> list[dict[str, Any]]:
        """All items of a question to a service."""
        return self.desks[service].query(by, name, **params)

    def replay(self) -> bool:
        """Whether the read models of all equal those that their logs give again."""
        return all(desk.replays() for desk in self.desks.values())
