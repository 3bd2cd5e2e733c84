"""What operators did with parked events stands up to verification, and two of them at once have one effect."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from typing import Any

from kernel.codec import recorded
from kernel.config import Config
from kernel.opening import open_service
from kernel.service import Received
from services.attendance.wiring import SERVICE as ATTENDANCE
from tests.kit.audit.archive import Archive, archive
from tests.kit.waiting import BOUND

ADMIN = {"person": "p-admin", "post": "系统管理员", "organ": "system", "role": "system_admin", "areas": ["21"]}


def ask(door: Any, act: str, number: int, line: bytes = b"") -> dict[str, Any]:
    told = {"act": act, "actor": ADMIN, "source": "allocation", "number": number, "reason": "已修复"}
    answer: dict[str, Any] = door.parked({**told, "line": line.decode(), "occurred_on": "2018-05-03"})
    return answer


def parked(found: Archive, *which: str) -> list[tuple[int, bytes]]:
    """Allocation goes on; of what it says, the first event of each named type is parked and the rest taken in."""
    before = found.taker.log.taken_in()["allocation"]
    found.extend(12)
    item: dict[str, tuple[int, bytes]] = {}
    for position, line in enumerate(found.log.lines(before, 1000), before + 1):
        received = Received("allocation", recorded(line))
        if received.recorded.type in which and received.recorded.type not in item:
            item[received.recorded.type] = position, line
            found.taker.handler.park(received, "ValueError: synthetic")
        else:
            found.taker.handler.react([received])
    return [item[kind] for kind in which]


def test_replayed_and_discarded_events_are_no_finding(postgres_server: Any, tmp_path: Path) -> None:
    with archive(postgres_server.url, tmp_path) as found:
        found.grow(20)
        found.sign()
        (holder, line), (unit, without_effect) = parked(found, "OfficeHolderRecorded", "UnitRegistered")
        _, findings = found.verify()
        assert findings == []
        door, taken = found.taker.door, found.taker.log.taken_in()
        assert ask(door, "discard", holder)["state"] == "discarded"
        assert ask(door, "replay", holder, line)["state"] == "replayed"
        assert ask(door, "replay", unit, without_effect)["state"] == "replayed"
        assert ask(door, "replay", unit, without_effect)["repeated"] is True
        found.sign()
        verified, findings = found.verify()
        assert findings == []
        assert {one.service for one in verified} == {"allocation", "attendance"}
        assert found.taker.log.taken_in() == taken
        rests_on = Counter(one.causation for one in found.taker.log.read() if one.causation)
        assert rests_on[f"allocation:{holder}"] == 1
        assert rests_on[f"allocation:{unit}"] == 0


def test_two_operators_at_once_have_one_effect(postgres_server: Any, tmp_path: Path) -> None:
    with archive(postgres_server.url, tmp_path) as found:
        found.grow(5)
        ((number, line),) = parked(found, "OfficeHolderRecorded")
        others = [open_service(ATTENDANCE, Config(db=found.made["attendance"].url, keys=tmp_path)) for _ in range(4)]
        together = threading.Barrier(len(others))
        answers: list[dict[str, Any]] = []

        def operate(door: Any) -> None:
            together.wait(BOUND)
            answers.append(ask(door, "replay", number, line))

        threads = [threading.Thread(target=operate, args=(other.door,)) for other in others]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(BOUND)
        assert [answer["state"] for answer in answers] == ["replayed"] * len(others)
        assert [answer["repeated"] for answer in answers].count(False) == 1
        events = list(found.taker.log.read())
        assert [one.type for one in events if one.causation == f"allocation:{number}"] == ["OfficeHolderNoted"]
        assert [one.type for one in events if one.stream == "parked/allocation"] == ["ParkedReplayed"]
        for other in others:
            other.log.close()
