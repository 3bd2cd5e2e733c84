"""Offices of units and channels: recorded by the organ above, singly or in a workbook, and never by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gateway import roster
from kernel.service import Service
from programmes import loader
from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.desk import Desk, organ

ON = "2018-04-17"
PROVINCE, OTHER = organ("province_org", "21"), organ("channel", units=("另一工委", "U2"))
ENTERPRISE = organ("enterprise", units=("辽油", "U1"))
HOLDER: dict[str, Any] = {"organ": "U1", "post": "party_secretary", "person": "p-1", "since": "2018-01-01"}


@pytest.fixture
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """Allocation with a unit of an enterprise, and the programme that names the posts of both."""
    desk = open_desk(SERVICE)
    desk.receipt(PROVINCE, "PublishProfile", ON, profile=loader.load("LN2018").published())
    desk.receipt(ENTERPRISE, "RegisterUnit", ON, unit="U1", name="某公司", channel="辽油", level="province")
    return desk


@pytest.mark.req("X-057")
def test_the_channel_records_its_units_officers_and_the_province_the_channels(desk: Desk) -> None:
    assert desk.command(ENTERPRISE, "RecordUnitOfficers", ON, holders=[HOLDER]) == {"UnitOfficerRecorded": 1}
    head = {**HOLDER, "organ": "辽油", "post": "org_head", "person": "p-2"}
    own = desk.refused(ENTERPRISE, "RecordUnitOfficers", ON, holders=[head])
    assert (own["code"], own["kind"]) == ("office_of_own_organ", "forbidden")
    assert desk.refused(OTHER, "RecordUnitOfficers", ON, holders=[HOLDER])["code"] == "out_of_reach"
    assert desk.command(PROVINCE, "RecordUnitOfficers", ON, holders=[head]) == {"UnitOfficerRecorded": 1}
    acting = {"organ": "U1", "post": "party_secretary", "person": "p-3", "since": "2018-07-03", "until": "2018-07-10"}
    assert desk.command(ENTERPRISE, "RecordUnitStandIn", "2018-07-02", **acting) == {"UnitStandInRecorded": 1}
    left = {"organ": "U1", "post": "party_secretary", "person": "p-1", "left_on": "2018-07-20"}
    assert desk.command(ENTERPRISE, "LeaveUnitOffice", "2018-07-20", **left) == {"UnitOfficeLeft": 1}
    (row,) = desk.query(ENTERPRISE, "unit_officers", organ="U1")
    assert (row["person"], row["since"], row["until"]) == ("p-1", "2018-01-01", "2018-07-19")
    (row,) = desk.query(PROVINCE, "unit_stand_ins", organ="U1")
    assert (row["person"], row["holder"], row["until"]) == ("p-3", "p-1", "2018-07-10")
    assert desk.query(OTHER, "unit_officers") == []
    assert desk.replays()


@pytest.mark.parametrize(
    ("name", "changed", "code", "field"),
    [
        ("RecordUnitOfficers", {"post": "org_head"}, "post_unknown", "holders.post"),
        ("RecordUnitOfficers", {"organ": "U9"}, "unit_unknown", "holders.organ"),
        ("RecordUnitOfficers", {"organ": "2107"}, "unit_unknown", "holders.organ"),
        ("RecordUnitOfficers", {"until": "2017-12-31"}, "period_reversed", "holders.until"),
        ("RecordUnitStandIn", {"until": "2018-07-02", "since": "2018-07-03"}, "period_reversed", "holders.until"),
        ("LeaveUnitOffice", {"left_on": "2018-07-20"}, "office_not_held", "person"),
    ],
)
def test_what_fits_no_office_of_a_unit_is_refused(
    desk: Desk, name: str, changed: dict[str, Any], code: str, field: str
) -> None:
    said = {**HOLDER, **changed}
    if name == "LeaveUnitOffice":
        del said["since"]
    refused = desk.refused(PROVINCE, name, ON, **({"holders": [said]} if name == "RecordUnitOfficers" else said))
    assert (refused["code"], refused["field"]) == (code, field)


@pytest.mark.req("X-057")
def test_units_and_channels_stand_in_the_workbook_of_offices(desk: Desk) -> None:
    found = registered("21")
    whole = {"root": "21", "divisions": [{"code": one, "name": found.get(one).name} for one in ("21", "2107")]}
    desk.receipt(PROVINCE, "RegisterAreas", ON, edition="2023-06", units=[whole])
    plain = {"acting": "任职", "since": date(2018, 1, 1).isoformat()}
    entries = [
        {"organ": "U1", "office_post": "党组书记", "account": "p-1", **plain},
        {"organ": "辽油", "office_post": "组织部部长", "account": "p-2", **plain},
        {"organ": "2107", "office_post": "组织部部长", "account": "p-4", **plain},
        {**plain, "organ": "U1", "office_post": "党组书记", "account": "p-3", "acting": "代理", "until": "2018-07-10"},
        {"organ": "U9", "office_post": "党组书记", "account": "p-5", **plain},
    ]
    rows = roster.rows(roster.filled(roster.offices(), entries), roster.offices(), roster.MOST_OF_JOB)
    asked: dict[str, Any] = {"area": "21", "rows": rows, "first_row": 2}
    whole_refused = desk.refused(PROVINCE, "ImportOffices", ON, **asked)
    assert whole_refused["code"] == "unit_unknown"
    receipt = desk.receipt(PROVINCE, "ImportOffices", ON, **asked, accept="good")
    assert receipt["events"] == {"OfficeHolderRecorded": 1, "UnitOfficerRecorded": 2, "UnitStandInRecorded": 1}
    assert [one["item"] for one in receipt["result"]["refused"]] == [6]
    assert [one["channel"] for one in desk.stored("UnitOfficerRecorded")] == ["辽油", ""]
    assert desk.replays()
