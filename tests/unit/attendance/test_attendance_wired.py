"""Attendance wired to a log in memory: what the log shows of late facts, and what a new profile leaves alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kernel.codec import plain
from kernel.handler import Handler
from kernel.log.memory import MemoryLog
from kernel.messages import Actor, Recorded
from kernel.service import Received
from programmes import loader
from services.attendance.wiring import SERVICE
from tests.unit.attendance.posts import COMMITTEE, ORGANISATION, POSTING, SECRETARY, TOWNSHIP, VILLAGE


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
        facts = (self.heard[source], "s", 1, kind, 1, date.fromisoformat(self.today), 1, {}, (), None, None, None, None)
        self.handler.react([Received(source, Recorded(*facts, "k", "", "c", data=data))])

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


@pytest.mark.req("X-053")
def test_attendance_entered_in_june_for_may_changes_may_and_the_log_shows_june() -> None:
    wired = Wired()
    wired.command(ORGANISATION, "RegisterDays", "2018-06-20", month="2018-05", days=["2018-05-30"])

    (line,) = wired.lines("AttendanceRegistered")
    recorded_at = datetime.fromtimestamp(line["recorded_at"] / 1_000_000, UTC).date()
    assert (line["occurred_on"], recorded_at) == ("2018-05-30", date(2018, 6, 20))
    wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month="2018-05")
    wired.command(ORGANISATION, "CompileMonth", "2018-07-02", month="2018-06")
    compiled = {line["data"]["month"]: line["data"]["days"] for line in wired.lines("AttendanceCompiled")}
    assert compiled == {"2018-05": 1, "2018-06": 0}


def test_a_new_profile_version_changes_later_months_only() -> None:
    wired = Wired()
    june = wired.seal("2018-06", 20, "2018-07-03")
    stricter = loader.load("JZ").published()
    rule = {**stricter["rules"]["attendance.days_per_month"], "value": 22}
    rules = {**stricter["rules"], "attendance.days_per_month": rule}
    wired.hear("allocation", "ProfilePublished", {**stricter, "version": 2, "rules": rules})
    july = wired.seal("2018-07", 21, "2018-08-03")

    assert (june["profile"], june["data"]["required"], june["data"]["met"]) == ("LN2018:1+JZ:1", 20, True)
    assert (july["profile"], july["data"]["required"], july["data"]["met"]) == ("LN2018:1+JZ:2", 22, False)
    assert wired.lines("MonthlyAttendanceAssessed")[0] == june
