"""Several services at desks of their own, each told what the others really recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from tests.kit.desk import Desk


class FollowingDesks:
    """Carries events between ``desks`` in the order of their logs, as relays and reactors would."""

    def __init__(self, *desks: Desk) -> None:
        self._desks = desks
        self._read = dict.fromkeys(desks, 0)

    def settle(self) -> None:
        """Carry until nobody has anything new to say."""
        while any(self._carry(source) for source in self._desks):
            pass

    def _carry(self, source: Desk) -> int:
        rows = source.log.rows(
            "select position, line from log.events where position > %s order by position", self._read[source]
        )
        lines = [(row["position"], orjson.loads(row["line"])) for row in rows]
        for desk in self._desks:
            if desk is not source:
                self._tell(desk, source.opened.service.name, (line for _, line in lines))
        if lines:
            self._read[source] = lines[-1][0]
        return len(lines)

    def _tell(self, desk: Desk, source: str, lines: Iterable[dict[str, Any]]) -> None:
        for line in lines:
            if f"{source}.{line['type']}" in desk.opened.service.reactions:
                desk.hear(source, line["type"], line["occurred_on"], profile=line["profile"], **line["data"])
