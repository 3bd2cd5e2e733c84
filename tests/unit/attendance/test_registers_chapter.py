"""The chapter on registers runs: its bodies, in order, cut a leave short, and enter and seal a month for many."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.kit.attendance.posts import CADRE, COMMITTEE, NEIGHBOUR, POSTING, SECRETARY
from tests.kit.attendance.wired import Wired
from tests.kit.memory_desk import MemoryDesk

CHAPTER = (Path(__file__).parents[3] / "docs" / "registers.md").read_text(encoding="utf-8")
BODIES = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", CHAPTER, re.DOTALL)]
BY = {"cadre": CADRE, "township": COMMITTEE, "secretary": SECRETARY}


def test_leave_and_month_run_as_the_chapter_has_them() -> None:
    wired = Wired()
    other = {"programme": "LN2018", "posting": f"LN2018.{NEIGHBOUR}.1", "person": "p-neighbour", "target": NEIGHBOUR}
    wired.hear("personnel", "CadreOnPost", {**other, "kind": "village", "role": "村党组织第一书记"})
    for body in BODIES:
        if "by" in body:  # the chapter's first body is one of allocation
            MemoryDesk.command(wired, BY[body["by"]], body["command"], body["on"], **body["data"])
    assert wired.lines("LeaveEndedEarly")[-1]["data"]["until"] == "2018-06-15"
    sealed = wired.lines("AttendanceSealed")
    assert [line["data"]["posting"] for line in sealed] == [POSTING, f"LN2018.{NEIGHBOUR}.1"]
    compiled = {line["data"]["posting"]: line["data"] for line in wired.lines("AttendanceCompiled")}
    assert (compiled[POSTING]["days"], compiled[POSTING]["leave_days"]) == (4, 2)
