"""Checks of presence: each month, three levels, by seed, by leaders, by the office (AT-004, AT-005, AT-022 to 027)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from programmes import loader
from services.attendance.wiring import SERVICE
from tests.kit.attendance import paid
from tests.kit.desk import Desk, organ
from tests.kit.spoiled import signed

HERE, THERE = "210727101208", "210727102213"
TOWNSHIP, OTHER, COUNTY, CITY = (
    organ("township", HERE[:9]),
    organ("township", THERE[:9]),
    organ("county_org", "210727"),
    organ("city_org", "2107"),
)
LN: dict[str, Any] = {"programme": "LN2018", "finding": "在岗（合成）"}
SX: dict[str, Any] = {"programme": "SX2015", "finding": "在岗（合成）"}
NINGWU, NEXT = organ("county_org", "140925"), organ("county_org", "140927")
PERSON = "SX2015.140925101201.1"


def changed(name: str, version: int, **values: Any) -> dict[str, Any]:
    """The profile ``name`` in another version, with values it leaves open; ``__`` stands for the dot of a path."""
    own = loader.load(name).published()
    paths = {key.replace("__", "."): value for key, value in values.items()}
    more = {path: {**own["rules"][path], "value": value, "origin": "assumed"} for path, value in paths.items()}
    return signed(own, version=version, rules={**own["rules"], **more})


@pytest.fixture
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """Two villages of two townships of Yi county, since 1 May 2018."""
    desk = paid.open_office(open_desk)
    for target in (HERE, THERE):
        paid.arrive(desk, target, "2018-05-01")
    return desk


@pytest.fixture
def shanxi(open_desk: Callable[..., Desk]) -> Desk:
    desk = open_desk(SERVICE, province="14")
    desk.hear_profiles("SX2015", on="2015-06-24")
    cadre = {"programme": "SX2015", "posting": PERSON, "person": "p-1", "target": PERSON[7:19]}
    desk.hear("personnel", "CadreOnPost", "2015-08-01", **cadre, kind="village", role="村党组织第一书记")
    return desk


def due(desk: Desk, by: Any, on: str, kind: str, **params: str) -> list[tuple[Any, ...]]:
    rows = desk.query(by, "due", 1000, as_of=on, kind=kind, **params)
    return [(row["subject"], row["period"], row["overdue"]) for row in rows]


@pytest.mark.req("AT-022")
def test_a_month_without_a_check_of_the_township_is_missing_on_the_first_of_the_next(desk: Desk) -> None:
    def missing(on: str) -> list[tuple[Any, ...]]:
        return due(desk, TOWNSHIP, on, "township_check")

    about = {**LN, "area": HERE[:9], "means": "随机调研"}
    assert missing("2018-05-31") == [(HERE[:9], "2018-05", 0)]
    assert missing("2018-06-01") == [(HERE[:9], "2018-05", 1), (HERE[:9], "2018-06", 0)]
    foreign = desk.refused(OTHER, "RecordCheck", "2018-05-20", **about)
    assert (foreign["code"], foreign["field"]) == ("foreign_area", "area")
    desk.command(COUNTY, "RecordCheck", "2018-05-20", **about)  # the county's check is not the township's
    assert missing("2018-06-01")[0] == (HERE[:9], "2018-05", 1)
    desk.command(TOWNSHIP, "RecordCheck", "2018-05-31", **about)
    assert missing("2018-06-01") == [(HERE[:9], "2018-06", 0)]
    assert due(desk, OTHER, "2018-06-01", "township_check") == [
        (THERE[:9], "2018-05", 1),
        (THERE[:9], "2018-06", 0),
    ]
    assert desk.replays()


@pytest.mark.req("AT-027")
def test_a_call_tells_its_time_and_three_that_reach_nobody_are_evidence_only(desk: Desk) -> None:
    about = {**LN, "area": HERE[:9]}
    call = {"means": "电话查岗", "posting": paid.posting(HERE)}
    unknown = desk.refused(TOWNSHIP, "RecordCheck", "2018-05-20", **about, means="交叉督查")
    assert (unknown["code"], unknown["clause"], unknown["field"]) == ("means_unknown", "一.3", "means")
    silent = desk.refused(TOWNSHIP, "RecordCheck", "2018-05-20", **about, **call)
    assert (silent["code"], silent["field"]) == ("call_incomplete", "call")
    tour = {"means": "巡回督导", "call": {"at": "09:30", "reached": True}}
    assert desk.refused(TOWNSHIP, "RecordCheck", "2018-05-20", **about, **tour)["code"] == "call_unasked"
    late = {**call, "call": {"at": "24:00", "reached": False}}
    assert desk.refused(TOWNSHIP, "RecordCheck", "2018-05-20", **about, **late)["code"] == "field_value"
    strange = {**call, "posting": paid.posting(THERE), "call": {"at": "09:30", "reached": False}}
    assert desk.refused(TOWNSHIP, "RecordCheck", "2018-05-20", **about, **strange)["code"] == "checked_elsewhere"
    before = desk.counts()
    for at in ("09:30", "14:00", "21:15"):
        desk.command(TOWNSHIP, "RecordCheck", "2018-05-20", **about, **call, call={"at": at, "reached": False})
    # Nothing but the three checks: no absence, no fault, no case.
    assert desk.counts() == {**before, "CheckDone": 3}
    rows = desk.query(COUNTY, "checks", posting=paid.posting(HERE))
    assert [(row["level"], row["called_at"], row["reached"], row["done_on"]) for row in rows] == [
        ("township", at, False, "2018-05-20") for at in ("09:30", "14:00", "21:15")
    ]
    assert desk.query(COUNTY, "checks", posting=paid.posting(HERE), as_of="2018-05-19") == []
    assert desk.query(COUNTY, "absences", posting=paid.posting(HERE)) == []
    assert desk.replays()


@pytest.mark.req("AT-004")
def test_nobody_inspects_its_own_area_across(shanxi: Desk) -> None:
    own = {**SX, "inspector": "140925"}
    home = shanxi.refused(NINGWU, "RecordInspection", "2015-09-01", **own, area="140925", method="交叉督查")
    assert (home["code"], home["clause"], home["field"]) == ("cross_at_home", "六.2", "area")
    inside = shanxi.refused(NINGWU, "RecordInspection", "2015-09-01", **own, area="140925101", method="交叉督查")
    assert inside["code"] == "cross_at_home"
    abroad = shanxi.refused(NINGWU, "RecordInspection", "2015-09-01", **own, area="140927", method="随机抽查")
    assert abroad["code"] == "foreign_area"
    unknown = shanxi.refused(NINGWU, "RecordInspection", "2015-09-01", **own, area="140925", method="巡回督导")
    assert (unknown["code"], unknown["accepted"]) == (
        "means_unknown",
        "交叉督查、随机抽查、实地调研、明察暗访、其他",
    )
    for area, method in (("140927", "交叉督查"), ("140925101", "明察暗访"), ("140925", "其他")):
        taken = shanxi.command(NINGWU, "RecordInspection", "2015-09-01", **own, area=area, method=method)
        assert taken == {"InspectionRecorded": 1}
    rows = shanxi.query(NEXT, "inspections", programme="SX2015")
    assert [(row["area"], row["inspector"], row["method"]) for row in rows] == [("140927", "140925", "交叉督查")]
    assert shanxi.replays()


@pytest.mark.req("AT-026")
def test_the_inspection_office_inspects_any_county_of_the_city_with_a_record_of_its_own(desk: Desk) -> None:
    city = {**LN, "inspector": "2107", "method": "巡回督导", "office": True}
    elsewhere = desk.refused(CITY, "RecordInspection", "2018-06-05", **city, area="211302")
    assert elsewhere["code"] == "rule_unknown"  # the measures hold in their city alone
    county = {**city, "inspector": "210727", "area": "210727"}
    low = desk.refused(COUNTY, "RecordInspection", "2018-06-05", **county)
    assert (low["code"], low["clause"]) == ("office_of_city", "一.3")
    for area in ("210726", "210727", "210727101"):
        desk.command(CITY, "RecordInspection", "2018-06-05", **city, area=area)
    desk.command(CITY, "RecordInspection", "2018-06-05", **{**city, "office": False}, area="210727")
    rows = desk.query(CITY, "inspections", body="市委市政府督查室")
    assert [row["area"] for row in rows] == ["210726", "210727", "210727101"]
    # How often is not printed: nothing is owed until a profile says it.
    assert due(desk, CITY, "2018-08-01", "office_inspection", state="all") == []
    told = changed("JZ", 2, inspection__office_rhythm="each quarter")
    desk.hear("allocation", "ProfilePublished", "2018-06-06", **told)
    assert due(desk, CITY, "2018-07-01", "office_inspection") == [("2107", "2018-Q3", 0)]
    assert desk.replays()


@pytest.mark.req("AT-023")
def test_the_same_seed_draws_the_same_sample_of_the_size_the_profile_says(desk: Desk) -> None:
    about = {"programme": "LN2018", "area": "210727", "seed": "s-1"}
    open_ = desk.refused(COUNTY, "DrawSample", "2018-06-05", **about)
    assert (open_["code"], open_["clause"]) == ("rule_unknown", "一.3")
    desk.hear("allocation", "ProfilePublished", "2018-06-01", **changed("JZ", 2, inspection__sample_size=3))
    villages = [f"2107271{n:02}{m}" for n, m in ((1, 209), (1, 210), (2, 214), (2, 215), (3, 201), (3, 202))]
    for target in villages:
        paid.arrive(desk, target, "2018-05-02")
    neighbour = organ("county_org", "210726")
    assert desk.refused(neighbour, "DrawSample", "2018-06-05", **about)["code"] == "foreign_area"
    assert (
        desk.refused(neighbour, "DrawSample", "2018-06-05", **{**about, "area": "210726"})["code"] == "nobody_to_sample"
    )
    for seed in ("s-1", "s-1", "s-2"):
        assert desk.command(COUNTY, "DrawSample", "2018-06-05", **{**about, "seed": seed}) == {"SampleDrawn": 1}
    first, again, other = desk.stored("SampleDrawn")
    everybody = sorted(paid.posting(target) for target in (HERE, THERE, *villages))
    assert first["roster"] == everybody
    assert len(first["drawn"]) == 3
    assert first["drawn"] == again["drawn"]
    assert other["drawn"] != first["drawn"]
    # Somebody who comes later is in no sample drawn before: it is drawn again of those it was drawn of.
    paid.arrive(desk, "210727103203", "2018-06-06")
    (shown,) = desk.query(CITY, "sample_redrawn", sample=first["sample"])
    assert (shown["redrawn"], shown["same"], shown["seed"]) == (first["drawn"], True, "s-1")
    assert desk.asked(neighbour, "sample_redrawn", sample=first["sample"])["code"] == "sample_unknown"
    assert due(desk, COUNTY, "2018-07-01", "county_check")[:2] == [("210727", "2018-05", 31), ("210727", "2018-06", 1)]
    desk.command(COUNTY, "RecordCheck", "2018-06-30", **LN, area="210727", means="随机调研")
    assert due(desk, COUNTY, "2018-07-01", "county_check")[1] == ("210727", "2018-07", 0)
    assert desk.replays()


@pytest.mark.req("AT-024")
def test_a_leader_takes_exactly_two_counties_and_what_nobody_takes_is_listed(desk: Desk) -> None:
    about = {"programme": "LN2018", "city": "2107", "leader": "p-leader-1"}
    for counties in (["210727"], ["210711", "210726", "210727"], ["210727", "210727"]):
        wrong = desk.refused(CITY, "AssignInspectionArea", "2018-06-01", **about, counties=counties)
        assert (wrong["code"], wrong["clause"], wrong["field"]) == ("leader_counties", "一.3", "counties")
    abroad = desk.refused(CITY, "AssignInspectionArea", "2018-06-01", **about, counties=["210727", "211302"])
    assert abroad["code"] == "county_of_another_city"
    assert due(desk, CITY, "2018-06-01", "county_taken") == [("210727", "", 0)]
    desk.command(CITY, "AssignInspectionArea", "2018-06-01", **about, counties=["210726", "210727"])
    assert due(desk, CITY, "2018-06-01", "county_taken") == []
    # The leader takes two others: the county that is left lies open from that day on.
    desk.command(CITY, "AssignInspectionArea", "2018-07-01", **about, counties=["210726", "210711"])
    assert due(desk, CITY, "2018-06-30", "county_taken") == []
    assert due(desk, CITY, "2018-07-01", "county_taken") == [("210727", "", 0)]
    assert desk.replays()


@pytest.mark.req("AT-005")
def test_notes_of_daily_management_are_overdue_by_the_interval_of_the_profile(shanxi: Desk) -> None:
    told = {"posting": PERSON, "presence": "驻村", "performance": "良好", "integrity": "无反映"}
    assert due(shanxi, NINGWU, "2016-01-01", "county_note", state="all") == []  # no interval is printed
    shanxi.hear(
        "allocation", "ProfilePublished", "2015-08-01", **changed("SX2015", 2, management__note_rhythm="each quarter")
    )
    township = organ("township", "140925101")
    assert due(shanxi, NINGWU, "2015-10-01", "county_note") == [(PERSON, "2015-Q3", 1), (PERSON, "2015-Q4", 0)]
    assert shanxi.refused(NEXT, "WriteManagementNote", "2015-09-30", **told)["code"] == "out_of_reach"
    early = shanxi.refused(NINGWU, "WriteManagementNote", "2015-07-31", **told)
    assert (early["code"], early["field"]) == ("day_outside_posting", "occurred_on")
    shanxi.command(NINGWU, "WriteManagementNote", "2015-09-30", **told)
    assert due(shanxi, NINGWU, "2015-10-01", "county_note") == [(PERSON, "2015-Q4", 0)]
    assert due(shanxi, township, "2015-10-01", "township_note")[0] == (PERSON, "2015-Q3", 1)
    assert shanxi.query(NINGWU, "management_notes", posting=PERSON)[0]["integrity"] == "无反映"
    assert shanxi.replays()
