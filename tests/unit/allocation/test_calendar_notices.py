"""The annual notice on holidays, as the province enters it."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.testing import actor
from programmes.noted_calendar import CALENDAR as NOTED
from services.allocation.wiring import SERVICE
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.memory_desk import MemoryDesk

PROVINCE = actor("province_org", areas=("21",), person="p-province")
ON = "2026-11-10"
ASKED: dict[str, Any] = {
    "scope": "21",
    "year": 2027,
    "notice": "国办发明电〔2026〕1号",
    "holidays": ["2027-01-01", "2027-10-01"],
    "workdays": ["2026-12-26", "2027-10-09"],
}


def test_a_notice_is_entered_once_and_another_of_the_year_takes_its_place() -> None:
    desk = MemoryDesk(SERVICE, ON)
    assert desk.command(PROVINCE, "RegisterCalendarNotice", ON, **ASKED) == {"CalendarNoticeRegistered": 1}
    again = desk.refused(PROVINCE, "RegisterCalendarNotice", ON, **ASKED)
    assert (again.code, again.field) == ("calendar_notice_known", "notice")
    other = {**ASKED, "notice": "国办发明电〔2027〕2号", "workdays": []}
    assert desk.command(PROVINCE, "RegisterCalendarNotice", "2027-02-01", **other) == {"CalendarNoticeRegistered": 1}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"holidays": []}, "calendar_notice_empty", "holidays"),
        ({"holidays": ["2028-01-01"]}, "calendar_day_wrong", "holidays"),
        ({"holidays": ["2026-11-30"]}, "calendar_day_wrong", "holidays"),
        ({"workdays": ["2027-10-08"]}, "calendar_day_wrong", "workdays"),  # a Friday is worked anyway
        ({"workdays": ["2027-10-09", "2027-10-09"]}, "calendar_day_twice", "holidays"),
        ({"holidays": ["2027-10-09"]}, "calendar_day_twice", "holidays"),
    ],
)
def test_a_notice_names_each_day_once_and_only_days_it_can_move(changed: Any, code: str, field: str) -> None:
    desk = MemoryDesk(SERVICE, ON)
    refused = desk.refused(PROVINCE, "RegisterCalendarNotice", ON, **{**ASKED, **changed})
    assert (refused.code, refused.field) == (code, field)


def test_only_the_province_enters_it() -> None:
    desk = MemoryDesk(SERVICE, ON)
    city = actor("city_org", areas=("2107",), person="p-city")
    refused = desk.refused(city, "RegisterCalendarNotice", ON, **{**ASKED, "scope": "2107"})
    assert (refused.code, refused.kind) == ("role_not_allowed", "forbidden")


@pytest.mark.parametrize("service", [ATTENDANCE, PERSONNEL], ids=lambda service: service.name)
def test_who_counts_working_days_notes_it(service: Any) -> None:
    desk, follower = MemoryDesk(SERVICE, ON), MemoryDesk(service, ON)
    desk.command(PROVINCE, "RegisterCalendarNotice", ON, **ASKED)
    (line,) = desk.lines("CalendarNoticeRegistered")
    follower.hear("allocation", "CalendarNoticeRegistered", line["data"])
    (noted,) = follower.lines("CalendarNoticeNoted")
    assert noted["stream"] == NOTED.stream
    assert noted["data"] == {name: line["data"][name] for name in ("year", "notice", "holidays", "workdays")}
