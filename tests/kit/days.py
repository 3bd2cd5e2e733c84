"""Days that pass at desks: the process of the days, with services at hand in place of the broker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kernel.bus.rpc import Away
from kernel.days import Days, actor_in
from services import FOLLOWS, SERVICES
from tests.kit.desk import Desk
from tests.kit.following_desks import FollowingDesks


class Calls:
    """Calls desks as the broker would. The ``lost`` calls, by their number, are answered by nobody: every other one of
    them after it was done."""

    def __init__(self, desks: Mapping[str, Desk]) -> None:
        self._desks = desks
        self._following = FollowingDesks(*desks.values())
        self.lost: set[int] = set()
        self.count = 0

    def __call__(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        self.count += 1
        gone = self.count in self.lost
        if gone and self.count % 2:
            raise Away("before it was done")
        self._following.settle()
        # A desk is told what it follows alone, so positions of others mean nothing to it.
        door = self._desks[service].opened.door
        answer: dict[str, Any] = getattr(door, method)({**request, "after": {}})
        self._following.settle()
        if gone:
            raise Away("after it was done")
        return answer


def days(calls: Calls, today: Callable[[], date | None]) -> Days:
    """The process of the days on the desks behind ``calls``."""
    return Days(calls, FOLLOWS, SERVICES[0], actor_in("21"), today, threading.Event())


def given(desks: Mapping[str, Desk]) -> list[tuple[str, str]]:
    """Every command of the days that took effect: (service, id), those of each service in their order."""
    return [
        (name, row["id"])
        for name, desk in desks.items()
        for row in desk.log.rows("select id from log.commands where id like 'day/%%' order by record")
    ]
