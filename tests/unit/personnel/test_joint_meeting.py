"""The joint meeting on reserves and the departments heard before one is used: two lists."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.testing import actor
from programmes import loader
from services.personnel.wiring import SERVICE
from tests.kit.memory_desk import MemoryDesk
from tests.kit.personnel.cast import rules

COUNTY = actor("county_org", areas=("511425",))


@pytest.mark.req("X-004")
def test_the_list_of_the_meeting_and_that_of_the_opinions_stay_apart() -> None:
    book = rules("QS2017")
    members, heard = book.entries["meeting.members"].value, book.entries["reserve.opinions"].value
    assert members == ["纪检", "政法", "卫计", "信访", "农业"]
    assert heard[2:] == ["纪检", "政法", "民政", "卫计", "信访", "环保"]
    assert ("农业" in members, "农业" in heard) == (True, False)
    assert ("环保" in members, "环保" in heard) == (False, True)
    assert book.entries["meeting.coordinated_with"].value == ["民政"]

    desk = MemoryDesk(SERVICE, "2017-10-09")
    desk.hear("allocation", "ProfilePublished", loader.load("QS2017").published())

    def held(*present: str) -> dict[str, Any]:
        asked = {"programme": "QS2017", "county": "511425", "present": list(present)}
        assert desk.command(COUNTY, "RecordJointMeeting", "2017-10-09", **asked) == {"JointMeetingHeld": 1}
        found: dict[str, Any] = desk.lines("JointMeetingHeld")[-1]["data"]
        return found

    first = held("环保", "农业", "纪检")
    assert (first["number"], first["present"], first["further"]) == (1, ["纪检", "农业"], ["环保"])
    assert first["absent"] == ["政法", "卫计", "信访"]
    # Five sat there, one of them from outside the list: it stands for none of the five.
    second = held("纪检", "政法", "卫计", "信访", "环保", "环保")
    assert (second["number"], second["absent"], second["further"]) == (2, ["农业"], ["环保"])
    # 民政 is printed, as a department to be spoken with: no member, and not from outside the notice either.
    third = held("民政", "农业", "环保")
    assert (third["present"], third["coordinated"], third["further"]) == (["农业"], ["民政"], ["环保"])
    assert held(*members)["absent"] == held(*members)["further"] == []
    for strangers in (["环保"], ["民政"], []):
        asked = {"programme": "QS2017", "county": "511425", "present": strangers}
        nobody = desk.refused(COUNTY, "RecordJointMeeting", "2017-10-09", **asked)
        assert (nobody.code, nobody.rule, nobody.accepted) == (
            "nobody_present", "meeting.members", "纪检、政法、卫计、信访、农业"
        )  # fmt: skip
