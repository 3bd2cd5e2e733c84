"""Reserves of every village: progress while the years of building run, shortfalls after them, gaps that open again.

Personnel decides what allocation hears; areas and rules are those of the county.
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
from tests.kit.personnel.pool import Pool, card

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


class Told:
    """Personnel, from whose log allocation hears."""

    def __init__(self, pool: Pool, desk: Desk) -> None:
        self.pool, self.desk = pool, desk

    def again(self, kind: str) -> None:
        """The last event of a kind arrives."""
        lines = [line for line in map(json.loads, self.pool.desk.log.lines(0, 10_000)) if line["type"] == kind]
        self.desk.hear("personnel", kind, lines[-1]["occurred_on"], **lines[-1]["data"])

    def active(self, n: int, village: str) -> str:
        reserve = self.pool.active(n, village, card=card(n, identity_pool="居民代表"))
        self.again("ReserveActivated")
        return reserve

    def removed(self, reserve: str, village: str, on: str) -> None:
        committee = organ("township", village[:9])
        ground = {"ground": "现实表现不好", "facts": "评议为差"}
        self.pool.take(organ("village", village), "ProposeReserveRemoval", on, reserve, **ground)
        self.pool.take(committee, "ApproveReserveRemoval", on, reserve, meeting="党委会")
        self.pool.take(OFFICE, "FileReserveRemoval", on, reserve, number="备案")
        self.pool.take(committee, "RemoveReserve", on, reserve)
        self.again("ReserveRemoved")

    def appointed(self, reserve: str, village: str) -> None:
        committee, place = organ("township", village[:9]), {"stage": "use_public", "place": village}
        asked = {"target": village, "post": "社区党组织委员"}
        self.pool.take(organ("village", village), "ProposeReserveUse", "2020-02-03", reserve, **asked)
        self.pool.take(committee, "ApproveReserveUse", "2020-02-04", reserve, meeting="党委会")
        self.pool.take(OFFICE, "FileReserveUse", "2020-02-05", reserve, number="备案")
        self.pool.take(committee, "OpenPublicity", "2020-02-21", reserve, **place)
        self.pool.take(committee, "ClosePublicity", "2020-02-29", reserve, **place)
        self.pool.take(committee, "AppointReserve", "2020-03-02", reserve)
        self.again("ReserveAppointed")


@pytest.fixture(scope="module")
def told(desk: Desk, open_desk: Callable[..., Desk]) -> Told:
    pool = Pool(open_desk)
    pool.announce("2017-09-25", FIRST[:9])
    return Told(pool, desk)


def number(desk: Desk, village: str) -> tuple[int, int, int]:
    """Active reserves of the village, those missing, those short."""
    (row,) = desk.query(OFFICE, "reserve_numbers", programme=QS2017, village=village)
    return row["active"], row["missing"], row["short"]


def progress(desk: Desk) -> dict[str, Any]:
    (row,) = desk.query(OFFICE, "reserve_progress", programme=QS2017)
    return dict(row)


def checked(desk: Desk, on: str) -> dict[str, int]:
    return desk.command(OFFICE, "CheckReserves", on, programme=QS2017, as_of=on)


@pytest.mark.req("AL-080")
def test_two_reserves_a_village_progress_before_the_last_day_and_shortfalls_after_it(desk: Desk, told: Told) -> None:
    villages = len(VILLAGES)
    one = told.active(1, FIRST)
    told.again("ReserveActivated")
    # One active reserve: one is missing. While the three years run this is progress and no shortfall.
    assert number(desk, FIRST) == (1, 1, 0)
    for n in (2, 3, 4):
        last = told.active(n, SECOND)
    told.appointed(last, SECOND)
    assert number(desk, SECOND) == (2, 0, 0)
    assert checked(desk, "2020-09-22") == {}
    found = progress(desk)
    assert (found["villages"], found["complete"], found["active"], found["short"]) == (villages, 1, 3, 0)
    assert found["missing"] == 2 * villages - 3

    # The day after the last one every village that is not complete is short, each told once.
    assert checked(desk, "2020-09-23") == {"ReserveShortfall": villages - 1}
    assert checked(desk, "2020-09-24") == {}
    assert (number(desk, FIRST), progress(desk)["short"]) == ((1, 1, 1), villages - 1)
    told.active(5, FIRST)
    assert (number(desk, FIRST), progress(desk)["short"]) == ((2, 0, 0), villages - 2)

    # Removal opens the gap again, at once; told twice it changes nothing.
    before = desk.counts()["ReserveShortfall"]
    told.removed(one, FIRST, "2020-11-02")
    told.again("ReserveRemoved")
    assert (number(desk, FIRST), desk.counts()["ReserveShortfall"]) == ((1, 1, 1), before + 1)
    lines = [json.loads(line) for line in desk.log.lines(0, 10_000)]
    said = [line for line in lines if line["type"] == "ReserveShortfall"][-1]["data"]
    assert (said["village"], said["required"], said["active"], said["missing"]) == (FIRST, 2, 1, 1)
    assert said["due"] == "2020-09-22"
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
