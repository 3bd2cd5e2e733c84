"""Who is managed as a dispatched cadre without being one: in the scope of attendance and evaluation alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from tests.kit.desk import Desk
from tests.kit.personnel import cast

REASON = "高校统筹安排，纳入选派干部管理"


def figures(office: Desk) -> Any:
    return office.query(cast.PROVINCE, "figures", programme="LN2018")


def listed(desk: Desk, by: Any = cast.PROVINCE) -> list[tuple[str, str]]:
    rows = desk.query(by, "managed_as_dispatched", programme="LN2018")
    return [(row["person"], row["since"]) for row in rows]


@pytest.mark.req("PE-013")
def test_the_flag_changes_the_scope_of_attendance_and_evaluation_only(
    office: Desk, open_desk: Callable[..., Desk]
) -> None:
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    office.receipt(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    office.receipt(cast.UNIT_OFFICE, "NominateCadre", "2018-04-18", programme="LN2018", nominee=cast.row(1))
    (one,) = office.query(cast.PROVINCE, "nominations", programme="LN2018")
    before = figures(office)
    about = {"programme": "LN2018", "person": one["person"], "managed": True, "reason": REASON}
    stranger = office.refused(cast.ENTERPRISE_OFFICE, "ManageAsDispatched", "2018-05-10", **about)
    assert (stranger["code"], stranger["kind"]) == ("person_unknown", "unknown")
    assert office.command(cast.CHANNEL_OFFICE, "ManageAsDispatched", "2018-05-10", **about) == {
        "ManagedAsDispatched": 1
    }
    again = office.refused(cast.CHANNEL_OFFICE, "ManageAsDispatched", "2018-05-11", **about)
    assert (again["code"], again["field"]) == ("flag_stands", "managed")
    assert figures(office) == before
    followers = [open_desk(service) for service in (ATTENDANCE, EVALUATION)]
    (event,) = office.stored("ManagedAsDispatched")
    for desk in followers:
        desk.hear("personnel", "ManagedAsDispatched", "2018-05-10", **event)
        assert listed(desk) == [(one["person"], "2018-05-10")] == listed(desk, cast.CHANNEL_OFFICE)
        assert listed(desk, cast.ENTERPRISE_OFFICE) == []
        # Of everything else that is kept there is nothing: no register, no clock.
        assert desk.counts() == {"ManagedNoted": 1}
    assert "personnel.ManagedAsDispatched" not in ALLOCATION.reactions
    office.receipt(cast.PROVINCE, "ManageAsDispatched", "2018-06-01", **{**about, "managed": False})
    for desk in followers:
        desk.hear("personnel", "ManagedAsDispatched", "2018-06-01", **office.stored("ManagedAsDispatched")[-1])
        assert listed(desk) == []
        assert desk.replays()
