"""Ballots counted again from the lines of a log, by the auditor's own arithmetic."""

from __future__ import annotations

import json
from typing import Any

from audit.recount import Recount, recounts
from audit.sources import Row
from kernel.codec import data_of, plain
from programmes import loader
from services.evaluation.wiring import SERVICE
from tests.kit.evaluation.ballots import cast, commitments, serials
from tests.kit.evaluation.schemes import CADRE, COUNTY, TOWNSHIP, VILLAGE, scheme
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel import candidates

ABOUT: dict[str, Any] = {"posting": CADRE, "year": 2016, "part": "评议"}
DAY = "2016-12-10"
SLIPS = serials(4)


def lines() -> list[dict[str, Any]]:
    """The log of a ballot that was held: four slips, three came back."""
    desk = MemoryDesk(SERVICE, "2015-06-24")
    desk.hear("allocation", "ProfilePublished", loader.load("SX2015").published())
    event = candidates.came(VILLAGE, "province", person="p-1")
    desk.today = event.occurred_on.isoformat()
    desk.hear("personnel", "CadreOnPost", plain(data_of(event)))
    desk.command(COUNTY, "SetScheme", "2016-01-15", **scheme())
    desk.command(TOWNSHIP, "OpenBallot", DAY, **ABOUT)
    desk.command(TOWNSHIP, "IssueSlips", DAY, **ABOUT, commitments=commitments(SLIPS))
    desk.command(TOWNSHIP, "CastBallots", DAY, **ABOUT, slips=cast(SLIPS[:3], "好", "一般", "差"))
    desk.command(TOWNSHIP, "CountBallot", "2016-12-11", **ABOUT)
    return [json.loads(line) for line in desk.log.lines(0, 1000)]


def again(log: list[dict[str, Any]]) -> Recount:
    rows = [
        Row(line["position"], line["stream"], line["version"], line["type"], json.dumps(line).encode(), None)
        for line in log
    ]
    (found,) = recounts(rows)
    return found


def changed(kind: str, change: Any) -> tuple[str, ...]:
    """What is found where the data of the first event of ``kind`` were changed."""
    log = lines()
    change(next(line["data"] for line in log if line["type"] == kind))
    return again(log).faults


def test_ballots_recount_to_the_stored_result() -> None:
    found = again(lines())
    assert (found.ballot, found.faults) == (f"{CADRE}.2016.评议", ())
    # (100 + 60 + 0) / 3, in hundredths and rounded down.
    assert (found.stored["score"], found.stored["issued"], found.stored["cast"]) == (5333, 4, 3)


def test_whatever_is_changed_is_found() -> None:
    def mark(data: dict[str, Any]) -> None:
        data["slips"][0]["mark"] = "差" if data["slips"][0]["mark"] == "好" else "好"

    named = {fault.partition(" ")[0] for fault in changed("BallotsCast", mark)}
    assert {"root", "counts"} <= named
    assert changed("BallotCounted", lambda data: data.update(score=9000))[0].startswith("score is 5333")
    assert changed("BallotCounted", lambda data: data.update(issued=5))[0] == "issued is 4, stored 5"
    foreign = changed("SlipsIssued", lambda data: data.update(commitments=commitments(SLIPS[1:])))
    assert any("never handed out" in fault for fault in foreign)
    twice = changed("BallotsCast", lambda data: data["slips"].append(dict(data["slips"][0])))
    assert any("cast twice" in fault for fault in twice)
