"""A service that answers everything at once with what it was asked: what the gateway is tested against."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kernel.config import Config
from kernel.nameko_host import Doorway, Hosted

HEAD = 41


class Answers:
    """A door that decides nothing."""

    def execute(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """A receipt with the request in its result; ``data.refuse`` and ``data.sleep`` do as they say.

        With ``data.until`` it waits for that file.
        """
        data = request.get("data") or {}
        if "refuse" in data:
            return {"problem": data["refuse"]}
        time.sleep(float(data.get("sleep", 0)))
        while "until" in data and not Path(data["until"]).exists():
            time.sleep(0.02)
        receipt = {"service": "allocation", "position": HEAD, "events": {}, "streams": {}, "repeated": False}
        return {"receipt": {**receipt, "result": dict(request)}}

    def query(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """One item: the request."""
        return {"items": [dict(request)], "next": None, "service": "allocation", "position": HEAD}

    def events_after(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """An empty page."""
        return {"lines": [], "head": HEAD, "taken_in": {"personnel": 7}}

    def describe(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """One query of no real service."""
        query = {"title": "回声", "roles": ["province_org"], "params": {"word": "词"}, "needs": []}
        return {"commands": {}, "queries": {"echo": query}}


def open_answers(config: Config) -> Answers:
    """Called when the container starts."""
    return Answers()


class Allocation(Hosted):
    """Answers under the name of a real service."""

    name = "allocation"
    door = Doorway(open_answers)
