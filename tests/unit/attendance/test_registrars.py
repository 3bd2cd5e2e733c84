"""Where the profile names the post in which a register is kept, the person recorded in it keeps it (AT-014, X-057)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kernel.errors import PaizhuError
from kernel.messages import Actor
from kernel.testing import actor
from tests.kit.attendance.posts import COMMITTEE, JUNE, NEIGHBOURS, ORGANISATION, POSTING, VILLAGE
from tests.kit.attendance.wired import Wired
from tests.kit.memory_desk import MemoryDesk

POST = {
    "attendance.registrar_post": {"village": "village_party_secretary"},
    "attendance.occasions": ["重要会议"],
}
OLD, NEW, STAND_IN = (actor("village", areas=(VILLAGE,), person=f"p-{name}") for name in ("old", "new", "stand-in"))
ROW = {"area": VILLAGE, "month": JUNE, "rows": [{"posting": POSTING, "4": "√"}]}
BATCH = {"postings": [POSTING], "days": ["2018-06-04"], "captured": ["2018-06-04T18:00:00+08:00"]}
DAY = {"posting": POSTING, "month": JUNE, "days": ["2018-06-04"]}
DUTY = {"posting": POSTING, "first": "2018-06-06", "last": "2018-06-06"}
ACTS: Mapping[str, Mapping[str, Any]] = {
    "RegisterDays": DAY,
    "RecordAbsence": {"posting": POSTING, "days": ["2018-06-05"]},
    "RecordOfficialDuty": {**DUTY, "ordered_by": "县委组织部", "order": "县委组织部便函"},
    "CancelOfficialDuty": DUTY,
    "RecordOccasion": {
        "posting": POSTING,
        "kind": "重要会议",
        "occasion": "村民大会",
        "day": "2018-06-04",
        "attended": True,
    },
    "CompileMonth": {"posting": POSTING, "month": JUNE},
    "CorrectMonth": {"posting": POSTING, "month": JUNE, "add": ["2018-06-07"], "reason": "漏登"},
    "RegisterMonth": ROW,
    "HandInDays": BATCH,
    "CompileMonths": {"month": JUNE, "postings": [POSTING]},
}
OTHERWISE = {"", "day_in_future", "month_not_over", "month_not_sealed", "duty_not_recorded"}
"""How an act of the one in the post ends: it is taken, or comes too early."""


def town() -> Wired:
    """A village whose party secretary was the old one until 15 June and is the new one since; a stand-in in July."""
    wired = Wired(POST)
    office = {"organ": VILLAGE, "post": "party_secretary"}
    for person, since in (("p-old", "2016-01-01"), ("p-new", "2018-06-15")):
        wired.hear("allocation", "OfficeHolderRecorded", {**office, "person": person, "since": since, "until": None})
    acting = {"person": "p-stand-in", "holder": "p-new", "since": "2018-07-01", "until": "2018-07-03"}
    wired.hear("allocation", "StandInRecorded", {**office, **acting})
    return wired


def tried(wired: Wired, by: Actor, name: str, on: str) -> str:
    """The code of the refusal; "" where it is taken."""
    before = wired.log.head()
    try:
        MemoryDesk.command(wired, by, name, on, **ACTS[name])
    except PaizhuError as refusal:
        assert wired.log.head() == before, "a refusal left an event"
        return refusal.code
    return ""


@pytest.mark.req("AT-014", "X-057")
@pytest.mark.parametrize("name", ACTS)
def test_only_who_holds_the_post_on_the_day_keeps_the_register_or_who_stands_in_until_the_last_day(name: str) -> None:
    for by, on, allowed in (
        (OLD, "2018-06-14", True),
        (OLD, "2018-06-15", False),
        (NEW, "2018-06-14", False),
        (NEW, "2018-06-15", True),
        (STAND_IN, "2018-06-30", False),
        (STAND_IN, "2018-07-01", True),
        (STAND_IN, "2018-07-03", True),
        (STAND_IN, "2018-07-04", False),
        (ORGANISATION, "2018-07-02", False),
    ):
        code = tried(town(), by, name, on)
        assert (code in OTHERWISE) is allowed, (by.person, on, code)
        assert allowed or code == "registrar_not_in_post"


@pytest.mark.req("AT-014")
def test_the_refusal_names_who_is_in_the_post_and_the_neighbour_is_none_whatever_the_post() -> None:
    wired = town()
    refused = wired.refused(OLD, "RegisterDays", "2018-07-02", **DAY)
    assert (refused.code, refused.kind, refused.field) == ("registrar_not_in_post", "forbidden", "posting")
    assert (refused.sentence, refused.accepted) == (
        f"2018-07-02 当日，考勤登记只能由{VILLAGE}的村党组织书记本人或者代理人办理。",
        "p-new、p-stand-in",
    )
    with pytest.raises(PaizhuError) as found:
        MemoryDesk.command(wired, OLD, "RegisterMonth", "2018-07-02", **ROW)
    row = found.value
    assert (row.code, row.field) == ("registrar_not_in_post", "rows[1].posting")
    assert wired.refused(NEIGHBOURS, "RegisterDays", "2018-07-02", **DAY).code == "out_of_reach"
    assert wired.command(NEW, "RegisterDays", "2018-07-02", **DAY) == {"AttendanceRegistered": 1}
    assert wired.lines("AttendanceRegistered")[0]["actor"]["person"] == "p-new"


def test_clerks_of_other_organs_enter_from_paper_as_before_and_where_no_post_is_named_the_organ_keeps() -> None:
    entered = {**ROW, "document": "六月纸质考勤登记簿"}
    assert MemoryDesk.command(town(), COMMITTEE, "RegisterMonth", "2018-07-02", **entered)["AttendanceRegistered"] == 1
    assert Wired().command(ORGANISATION, "RegisterDays", "2018-07-02", **DAY) == {"AttendanceRegistered": 1}
    of_townships = Wired({"attendance.registrar_post": {"township": "township_party_secretary"}})
    assert of_townships.command(ORGANISATION, "RegisterDays", "2018-07-02", **DAY) == {"AttendanceRegistered": 1}


def test_before_anybody_is_recorded_in_the_post_nobody_keeps_the_register() -> None:
    refused = Wired(POST).refused(NEW, "RegisterDays", "2018-07-02", **DAY)
    assert (refused.code, refused.accepted) == ("registrar_not_in_post", "先登记该职务的任职")
