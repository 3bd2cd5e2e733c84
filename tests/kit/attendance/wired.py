"""Attendance wired to a log in memory, on a clock that the test sets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kernel.codec import plain
from kernel.handler import Handler
from kernel.log.memory import MemoryLog
from kernel.messages import Actor
from programmes import loader
from services.attendance.wiring import SERVICE
from tests.kit.attendance.posts import COMMITTEE, ORGANISATION, POSTING, SECRETARY, TOWNSHIP, VILLAGE
from tests.kit.foreign import foreign


class Wired:
    """The service on a log whose clock the test sets."""

    def __init__(self) -> None:
        self.today = "2018-05-02"
        self.log = MemoryLog("attendance", SERVICE.events, SERVICE.project, self.now)
        self.handler = Handler(SERVICE, self.log, secret=b"synthetic")
        self.heard = {"allocation": 0, "personnel": 0}
        self.count = 0
        for name in ("LN2018", "JZ"):
            self.hear("allocation", "ProfilePublished", loader.load(name).published())
        office = {"organ": TOWNSHIP, "post": "party_secretary", "since": "2016-01-01", "until": None}
        self.hear("allocation", "OfficeHolderRecorded", {**office, "person": SECRETARY.person})
        cadre = {"programme": "LN2018", "posting": POSTING, "person": "p-cadre", "target": VILLAGE}
        self.hear("personnel", "CadreOnPost", {**cadre, "kind": "village", "role": "村党组织第一书记"})

    def now(self) -> int:
        return int(datetime.fromisoformat(f"{self.today}T12:00:00+08:00").astimezone(UTC).timestamp()) * 1_000_000

    def hear(self, source: str, kind: str, data: Mapping[str, Any]) -> None:
        self.heard[source] += 1
        self.handler.react([foreign(source, kind, self.today, data, position=self.heard[source])])

    def command(self, by: Actor, name: str, on: str, **data: Any) -> Mapping[str, int]:
        self.count += 1
        request = {"command": name, "id": f"c-{self.count}", "occurred_on": on, "actor": plain(by)}
        self.today = on
        return self.handler.execute({**request, "data": {"posting": POSTING, **data}}).events

    def seal(self, month: str, days: int, on: str) -> dict[str, Any]:
        """Register, compile, sign and seal a month; gives the assessment as stored."""
        chosen = [f"{month}-{n:02}" for n in range(1, days + 1)]
        self.command(ORGANISATION, "RegisterDays", on, month=month, days=chosen)
        self.command(ORGANISATION, "CompileMonth", on, month=month)
        self.command(SECRETARY, "SignMonth", on, month=month)
        self.command(COMMITTEE, "SealMonth", on, month=month)
        return self.lines("MonthlyAttendanceAssessed")[-1]

    def lines(self, kind: str) -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.log.lines(0, 1000)) if line["type"] == kind]
