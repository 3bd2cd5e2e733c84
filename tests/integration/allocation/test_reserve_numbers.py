"""Reserves of every village: progress while the years of building run, shortfalls after them, gaps that open again.

Personnel speaks in agreed golden events; areas and rules are those of the county.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.golden import data_of_agreed

QS2017, COUNTY = "QS2017", "511425"
AREAS = registered("51")
PROVINCE, OFFICE = organ("province_org", "51"), organ("county_org", COUNTY)
VILLAGES = [village.code for village in AREAS.within(COUNTY, "village")]
FIRST, SECOND = VILLAGES[:2]


@pytest.fixture(scope="module")
def desk(open_desk: Callable[..., Desk]) -> Desk:
    desk = open_desk(SERVICE, province="51")
    publish(desk, PROVINCE, QS2017, "2017-09-22")
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    units = [{"root": COUNTY, "divisions": divisions}]
    desk.receipt(PROVINCE, "RegisterAreas", "2017-09-22", edition="2023-06", units=units)
    return desk


def says(desk: Desk, kind: str, on: str, village: str, person: str) -> None:
    """Personnel says what its agreed event says, of this village and person, on this day."""
    desk.hear("personnel", kind, on, **data_of_agreed(f"personnel.{kind}", village=village, person=person))


def number(desk: Desk, village: str) -> tuple[int, int, int]:
    """Active reserves of the village, those missing, those short."""
    (row,) = desk.query(OFFICE, "reserve_numbers", programme=QS2017, village=village)
    return row["active"], row["missing"], row["short"]


def progress(desk: Desk) -> dict[str, Any]:
    (row,) = desk.query(OFFICE, "reserve_progress", programme=QS2017)
    return dict(row)


def checked(desk: Desk, on: str) -> dict[str, int]:
    return desk.command(OFFICE, "CheckReserves", on, programme=QS2017, as_of=on)


def test_two_reserves_a_village_progress_before_the_last_day_and_shortfalls_after_it(desk: Desk) -> None:
    villages = len(VILLAGES)
    says(desk, "ReserveActivated", "2017-12-04", FIRST, "p-1")
    says(desk, "ReserveActivated", "2017-12-04", FIRST, "p-1")
    # One active reserve: one is missing. While the three years run this is progress and no shortfall.
    assert number(desk, FIRST) == (1, 1, 0)
    says(desk, "ReserveActivated", "2018-01-08", SECOND, "p-2")
    says(desk, "ReserveActivated", "2018-01-08", SECOND, "p-3")
    says(desk, "ReserveActivated", "2018-01-08", SECOND, "p-4")
    says(desk, "ReserveAppointed", "2020-03-02", SECOND, "p-4")
    assert number(desk, SECOND) == (2, 0, 0)
    assert checked(desk, "2020-09-22") == {}
    found = progress(desk)
    assert (found["villages"], found["complete"], found["active"], found["short"]) == (villages, 1, 3, 0)
    assert found["missing"] == 2 * villages - 3

    # The day after the last one every village that is not complete is short, each told once.
    assert checked(desk, "2020-09-23") == {"ReserveShortfall": villages - 1}
    assert checked(desk, "2020-09-24") == {}
    assert (number(desk, FIRST), progress(desk)["short"]) == ((1, 1, 1), villages - 1)
    says(desk, "ReserveActivated", "2020-10-12", FIRST, "p-5")
    assert (number(desk, FIRST), progress(desk)["short"]) == ((2, 0, 0), villages - 2)

    # Removal opens the gap again, at once; of a person who was no reserve it changes nothing.
    before = desk.counts()["ReserveShortfall"]
    says(desk, "ReserveRemoved", "2020-11-02", FIRST, "p-1")
    says(desk, "ReserveRemoved", "2020-11-02", FIRST, "p-1")
    says(desk, "ReserveRemoved", "2020-11-02", FIRST, "p-99")
    assert (number(desk, FIRST), desk.counts()["ReserveShortfall"]) == ((1, 1, 1), before + 1)
    lines = [json.loads(line) for line in desk.log.lines(0, 10_000)]
    told = [line for line in lines if line["type"] == "ReserveShortfall"][-1]["data"]
    assert (told["village"], told["required"], told["active"], told["missing"]) == (FIRST, 2, 1, 1)
    assert told["due"] == "2020-09-22"
    assert desk.replays()


def test_whoever_asks_sees_own_villages_and_an_office_elsewhere_checks_none(desk: Desk) -> None:
    township = FIRST[:9]
    rows = desk.query(organ("township", township), "reserve_numbers", programme=QS2017)
    assert {row["village"][:9] for row in rows} == {township}
    refused = desk.refused(
        organ("county_org", "511402"), "CheckReserves", "2020-12-01", programme=QS2017, as_of="2020-12-01"
    )
    assert (refused["code"], refused["field"]) == ("role_misplaced", "actor")
    early = desk.refused(OFFICE, "CheckReserves", "2020-12-01", programme=QS2017, as_of="2021-01-01")
    assert (early["code"], early["field"], early["accepted"]) == ("as_of_in_future", "as_of", "不晚于 2020-12-01")
    assert early["clause"]
