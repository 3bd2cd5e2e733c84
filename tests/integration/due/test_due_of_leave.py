"""Leave that waits: who has to grant it, until the day it begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from kernel.testing import actor
from programmes import loader
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ

TARGET = paid.ELSEWHERE
POSTING = paid.posting(TARGET)
COUNTY = TARGET[:6]
FILER = organ("county_org", COUNTY)
TOWNSHIP, NEIGHBOUR = organ("township", TARGET[:9]), organ("township", "211321105")
ASKED = {"posting": POSTING, "kind": "事", "first": "2018-06-18", "last": "2018-06-20"}


def due(desk: Desk, by: Actor, on: str, state: str = "open", kind: str = "leave_decided") -> list[tuple[Any, ...]]:
    names = ("subject", "area", "due_on", "met_on", "overdue", "delay")
    rows = desk.query(by, "due", 1000, as_of=on, kind=kind, state=state)
    return [tuple(row[name] for name in names) for row in rows]


def test_leave_that_waits_is_owed_by_who_grants_it_until_the_day_it_begins(open_desk: Callable[..., Desk]) -> None:
    desk = paid.open_office(open_desk)
    paid.arrive(desk, TARGET, "2018-06-01")
    desk.command(actor("cadre", person=f"p-{TARGET}"), "RequestLeave", "2018-06-15", **ASKED)
    (asked,) = desk.query(TOWNSHIP, "leaves", posting=POSTING)
    waiting = (POSTING, TARGET[:9], "2018-06-18", None)
    assert due(desk, TOWNSHIP, "2018-06-14") == []
    assert due(desk, TOWNSHIP, "2018-06-18") == [(*waiting, 0, None)]
    assert due(desk, TOWNSHIP, "2018-06-19") == [(*waiting, 1, None)]
    assert due(desk, NEIGHBOUR, "2018-06-19") == []
    desk.command(TOWNSHIP, "ApproveLeave", "2018-06-19", posting=POSTING, leave=asked["leave"])
    assert due(desk, TOWNSHIP, "2018-06-19") == []
    assert due(desk, TOWNSHIP, "2018-06-18") == [(*waiting, 0, None)]
    assert due(desk, TOWNSHIP, "2018-06-19", "met") == [(*waiting[:3], "2018-06-19", None, 1)]


def filed_with_the_county() -> dict[str, Any]:
    """The rules of 2018 with every leave granted by the township and filed with the county."""
    own = loader.load("LN2018").published()
    bands = [{"organ": "township_committee", "filed": "county_org"}]
    approver = {**own["rules"]["leave.approver"], "value": bands}
    return {**own, "version": 2, "rules": {**own["rules"], "leave.approver": approver}}


@pytest.mark.parametrize("ended", ["early", "on_its_day", "cancelled"])
def test_the_filing_of_a_leave_is_owed_though_it_ended_early(open_desk: Callable[..., Desk], ended: str) -> None:
    desk = paid.open_office(open_desk)
    desk.hear("allocation", "ProfilePublished", "2018-05-20", **filed_with_the_county())
    paid.arrive(desk, TARGET, "2018-06-01")
    desk.command(actor("cadre", person=f"p-{TARGET}"), "RequestLeave", "2018-06-15", **ASKED)
    leave = {"posting": POSTING, "leave": desk.query(TOWNSHIP, "leaves", posting=POSTING)[0]["leave"]}
    granted = desk.command(TOWNSHIP, "ApproveLeave", "2018-06-16", **leave)
    assert granted == {"LeaveApproved": 1, "LeaveFilingDue": 1}
    if ended == "early":
        desk.command(TOWNSHIP, "EndLeaveEarly", "2018-06-19", **leave, last="2018-06-18")
    if ended == "cancelled":
        desk.command(TOWNSHIP, "CancelLeave", "2018-06-18", **leave)
    owed = [(POSTING, COUNTY, None, None, 0, None)]
    assert due(desk, FILER, "2018-06-17", kind="leave_filed") == owed
    assert due(desk, FILER, "2018-06-20", kind="leave_filed") == ([] if ended == "cancelled" else owed)
    assert due(desk, TOWNSHIP, "2018-06-20", "met") == (
        [] if ended == "cancelled" else [(POSTING, TARGET[:9], "2018-06-18", "2018-06-16", None, 0)]
    )
    if ended != "cancelled":
        desk.command(FILER, "FileLeave", "2018-06-21", **leave)
    assert due(desk, FILER, "2018-06-21", kind="leave_filed") == []
