"""Work groups as PostgreSQL shows them: one a township, with what its first deputy secretaries took and owe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kernel.service import Service
from services.allocation.targets.weak_village import VillageDelistingNoted, WeakVillageTaken
from services.allocation.targets.work_group import WorkGroupJoined, WorkGroupLeft
from services.allocation.wiring import SERVICE
from tests.kit.desk import Desk, organ

PROVINCE = organ("province_org", "21")
DAY = date(2018, 5, 2)
TOWNSHIP, OTHER = "210727101", "210727102"
DEPUTY = f"LN2018.{TOWNSHIP}.1"


def joined(target: str, person: str, required: int = 0) -> WorkGroupJoined:
    return WorkGroupJoined(
        occurred_on=DAY, programme="LN2018", township=target[:9], posting=f"LN2018.{target}.1", person=person,
        target=target, role="合成职务", required=required,
    )  # fmt: skip


def taken(village: str) -> WeakVillageTaken:
    return WeakVillageTaken(
        occurred_on=DAY, programme="LN2018", posting=DEPUTY, person="p-1", village=village, missing=0
    )


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    desk.write(
        [joined(TOWNSHIP, "p-1", 1), joined(f"{TOWNSHIP}201", "p-2"), joined(f"{OTHER}201", "p-3")], DAY.isoformat()
    )
    return desk


def test_a_group_counts_its_members_and_what_they_owe(desk: Desk) -> None:
    groups = desk.query(PROVINCE, "work_groups", programme="LN2018")
    assert [(g["township"], g["members"], g["deputies"], g["villages"], g["missing"]) for g in groups] == [
        (TOWNSHIP, 2, 1, 0, 1),
        (OTHER, 1, 0, 0, 0),
    ]
    assert [m["posting"] for m in desk.query(PROVINCE, "work_group_members", owing="yes")] == [DEPUTY]
    desk.write([taken(f"{TOWNSHIP}202")], DAY.isoformat())
    (member,) = desk.query(PROVINCE, "work_group_members", posting=DEPUTY)
    assert (member["villages"], member["missing"]) == ([f"{TOWNSHIP}202"], 0)
    assert desk.query(PROVINCE, "work_group_members", owing="yes") == []
    desk.write([VillageDelistingNoted(occurred_on=DAY, programme="LN2018", target=f"{TOWNSHIP}202")], DAY.isoformat())
    (owing,) = desk.query(PROVINCE, "work_group_members", owing="yes")
    assert (owing["villages"], owing["missing"]) == ([], 1)


def test_whoever_left_is_in_no_group_and_a_county_sees_its_own(desk: Desk) -> None:
    gone = WorkGroupLeft(
        occurred_on=DAY, programme="LN2018", township=OTHER, posting=f"LN2018.{OTHER}201.1", person="p-3",
        target=f"{OTHER}201", cause="CadreRecalled", moved_to="",
    )  # fmt: skip
    desk.write([gone], DAY.isoformat())
    assert desk.query(PROVINCE, "work_groups", township=OTHER) == []
    assert desk.query(organ("county_org", "210726"), "work_group_members") == []
    assert len(desk.query(organ("township", TOWNSHIP), "work_group_members")) == 2
