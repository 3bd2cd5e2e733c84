"""Leave that waits: who has to grant it, until the day it begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ

TARGET = paid.ELSEWHERE
POSTING = paid.posting(TARGET)
TOWNSHIP, NEIGHBOUR = organ("township", TARGET[:9]), organ("township", "211321105")
ASKED = {"posting": POSTING, "kind": "事", "first": "2018-06-18", "last": "2018-06-20"}


def due(desk: Desk, by: Actor, on: str, state: str = "open") -> list[tuple[Any, ...]]:
    names = ("subject", "area", "due_on", "met_on", "overdue", "delay")
    rows = desk.query(by, "due", 1000, as_of=on, kind="leave_decided", state=state)
    return [tuple(row[name] for name in names) for row in rows]


def test_leave_that_waits_is_owed_by_who_grants_it_until_the_day_it_begins(open_desk: Callable[..., Desk]) -> None:
    desk = paid.open_office(open_desk)
    paid.arrive(desk, TARGET, "2018-06-01")
    desk.command(actor("cadre", person=f"p-{TARGET}"), "RequestLeave", "2018-06-15", **ASKED)
    (asked,) = desk.query(TOWNSHIP, "leaves", posting=POSTING)
    waiting = (POSTING, TARGET[:9], "2018-06-18", None)
    assert due(desk, TOWNSHIP, "2018-06-14") == []
    assert due(desk, TOWNSHIP, "2018-06-18") == [(*waiting, 0, 0)]
    assert due(desk, TOWNSHIP, "2018-06-19") == [(*waiting, 1, 0)]
    assert due(desk, NEIGHBOUR, "2018-06-19") == []
    desk.command(TOWNSHIP, "ApproveLeave", "2018-06-19", posting=POSTING, leave=asked["leave"])
    assert due(desk, TOWNSHIP, "2018-06-19") == []
    assert due(desk, TOWNSHIP, "2018-06-18") == [(*waiting, 0, 0)]
    assert due(desk, TOWNSHIP, "2018-06-19", "met") == [(*waiting[:3], "2018-06-19", None, 1)]
