"""The joint meeting on reserves and the departments heard before one is used: two lists."""

from __future__ import annotations

import pytest

from kernel.testing import actor, given
from services.personnel.reserves.joint_meeting import JOINT_MEETING, JointMeetingHeld, RecordJointMeeting
from tests.kit.personnel.cast import ctx, rules

COUNTY = actor("county_org", areas=("511425",))


def meeting(*present: str) -> RecordJointMeeting:
    context = ctx("2017-10-09", COUNTY, "QS2017")
    return RecordJointMeeting(context=context, programme="QS2017", county="511425", present=present)


@pytest.mark.req("X-004")
def test_the_list_of_the_meeting_and_that_of_the_opinions_stay_apart() -> None:
    book = rules("QS2017")
    members, heard = book.value("meeting.members"), book.value("reserve.opinions")
    assert members == ["纪检", "政法", "卫计", "信访", "农业"]
    assert heard[2:] == ["纪检", "政法", "民政", "卫计", "信访", "环保"]
    assert ("农业" in members, "农业" in heard) == (True, False)
    assert ("环保" in members, "环保" in heard) == (False, True)
    assert book.value("meeting.coordinated_with") == ["民政"]

    (event,) = given(JOINT_MEETING).when(meeting("农业", "纪检")).events or []
    assert isinstance(event, JointMeetingHeld)
    assert (event.number, event.present, event.absent) == (1, ("纪检", "农业"), ("政法", "卫计", "信访"))
    given(JOINT_MEETING).when(meeting("纪检", "环保")).rejected(
        "not_of_the_meeting", rule="meeting.members", field="present", accepted="纪检、政法、卫计、信访、农业"
    )
    given(JOINT_MEETING).when(meeting("民政")).rejected("not_of_the_meeting")
    given(JOINT_MEETING).when(meeting()).rejected("nobody_present")
    (again,) = given(JOINT_MEETING, event).when(meeting("信访")).events or []
    assert isinstance(again, JointMeetingHeld)
    assert again.number == 2
