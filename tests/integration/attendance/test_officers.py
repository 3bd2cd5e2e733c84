"""Officers, posts and stand-ins: recorded by the organ above in allocation, and who signs in attendance by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from kernel.messages import Actor
from kernel.service import Service
from kernel.testing import actor
from programmes import loader
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from tests.kit.desk import Desk
from tests.kit.spoiled import supplement

MONTH = "2018-06"
TOWNSHIP = "210726102"
FIRST, SECOND, THIRD = (f"{TOWNSHIP}{n}" for n in ("201", "202", "203"))
OFFICE = {"organ": TOWNSHIP, "post": "party_secretary"}
PROVINCE = actor("province_org", areas=("21",), person="p-province")
CITY = actor("city_org", areas=("2107",), person="p-city")
COUNTY = actor("county_org", areas=("210726",), person="p-county")


def official(person: str) -> Actor:
    """Somebody with an account of the township."""
    return actor("township", areas=(TOWNSHIP,), person=person)


OLD, STAND_IN, NEW = official("p-old"), official("p-stand-in"), official("p-new")


class Town:
    """Both services; what allocation records reaches attendance as it stands in its log."""

    def __init__(self, allocation: Desk, attendance: Desk) -> None:
        self.allocation, self.attendance, self._heard = allocation, attendance, 0

    def records(self, by: Actor, name: str, on: str, **data: Any) -> dict[str, int]:
        """A command of allocation, heard by attendance."""
        found = self.allocation.command(by, name, on, **data)
        lines = self.allocation.log.rows(
            "select line from log.events where position > %s order by position", self._heard
        )
        for line in (orjson.loads(row["line"]) for row in lines):
            self._heard = line["position"]
            if f"allocation.{line['type']}" in ATTENDANCE.reactions:
                self.attendance.hear("allocation", line["type"], line["occurred_on"], **line["data"])
        return found

    def signs(self, by: Actor, on: str, village: str) -> dict[str, Any]:
        """A sheet is signed; gives the stored line."""
        self.attendance.command(by, "SignMonth", on, posting=posting(village), month=MONTH)
        rows = self.attendance.log.rows(
            "select line from log.events where type = 'AttendanceSigned' order by position desc limit 1"
        )
        return dict(orjson.loads(rows[0]["line"]))

    def may_not_sign(self, by: Actor, on: str, village: str) -> dict[str, Any]:
        """The refusal of a signature."""
        return self.attendance.refused(by, "SignMonth", on, posting=posting(village), month=MONTH)


def posting(village: str) -> str:
    return f"LN2018.{village}.1"


@pytest.fixture
def town(open_desk: Callable[[Service], Desk]) -> Town:
    """Sheets of June in three villages of a township whose secretary is ``OLD``, compiled on 2 July."""
    town = Town(open_desk(ALLOCATION), open_desk(ATTENDANCE))
    for programme, by in (("LN2018", PROVINCE), ("JZ", CITY)):
        town.records(by, "PublishProfile", "2018-04-16", profile=loader.load(programme).published())
    holder = {**OFFICE, "person": OLD.person, "since": "2016-01-01"}
    assert town.records(COUNTY, "RecordOfficeHolder", "2018-04-17", holders=[holder]) == {"OfficeHolderRecorded": 1}
    for village in (FIRST, SECOND, THIRD):
        cadre = {"programme": "LN2018", "posting": posting(village), "person": f"p-{village}", "target": village}
        facts: dict[str, Any] = {
            "unit": "U01",
            "kind": "village",
            "role": "村党组织第一书记",
            "tier": "province",
            "weak": True,
        }
        town.attendance.hear("personnel", "CadreOnPost", "2018-05-02", **cadre, **facts)
        keeper = actor("village", areas=(village,), person=f"p-keeper-{village}")
        town.attendance.command(keeper, "CompileMonth", "2018-07-02", posting=posting(village), month=MONTH)
    return town


@pytest.mark.req("X-057")
def test_the_account_follows_the_post_and_a_stand_in_acts_to_the_last_day(town: Town) -> None:
    acting = {**OFFICE, "person": STAND_IN.person, "since": "2018-07-03", "until": "2018-07-10"}
    assert town.records(COUNTY, "RecordStandIn", "2018-07-02", **acting) == {"StandInRecorded": 1}
    changed = {**OFFICE, "person": NEW.person, "since": "2018-07-06"}
    town.records(COUNTY, "RecordOfficeHolder", "2018-07-05", holders=[changed])

    last = town.signs(OLD, "2018-07-05", FIRST)
    said = last["data"]
    assert (said["signer"], said["post"]) == (OLD.person, "party_secretary")
    assert town.attendance.stored("SignedAsStandIn") == []
    # From the day of the change on the old account signs nothing.
    too_late = town.may_not_sign(OLD, "2018-07-06", SECOND)
    assert (too_late["code"], too_late["accepted"]) == ("not_secretary", f"{NEW.person}、{STAND_IN.person}")

    early = town.may_not_sign(STAND_IN, "2018-07-02", SECOND)
    assert (early["code"], early["accepted"]) == ("not_secretary", OLD.person)
    stood_in = town.signs(STAND_IN, "2018-07-10", SECOND)
    said = stood_in["data"]
    assert (said["signer"], said["post"]) == (STAND_IN.person, "party_secretary")
    assert town.attendance.stored("SignedAsStandIn") == [{**said, "holder": OLD.person}]
    after = town.may_not_sign(STAND_IN, "2018-07-11", THIRD)
    assert (after["code"], after["accepted"]) == ("not_secretary", NEW.person)

    left = {**OFFICE, "person": NEW.person, "left_on": "2018-07-20"}
    assert town.records(COUNTY, "LeaveOffice", "2018-07-20", **left) == {"OfficeLeft": 1}
    gone = town.may_not_sign(NEW, "2018-07-20", THIRD)
    assert (gone["code"], gone["accepted"]) == ("not_secretary", "先登记该乡镇的党委书记")
    signed = town.signs(NEW, "2018-07-19", THIRD)
    # Every decision names person and post.
    assert [(line["actor"]["person"], line["data"]["post"]) for line in (last, stood_in, signed)] == [
        (one.person, "party_secretary") for one in (OLD, STAND_IN, NEW)
    ]
    assert all(line["actor"]["post"] and line["actor"]["organ"] for line in (last, stood_in, signed))
    assert town.allocation.replays()
    assert town.attendance.replays()


@pytest.mark.req("X-057")
def test_the_organ_above_records_and_no_organ_itself(town: Town) -> None:
    own = town.allocation.refused(
        OLD, "RecordOfficeHolder", "2018-07-05", holders=[{**OFFICE, "person": "p-x", "since": "2018-07-05"}]
    )
    assert (own["code"], own["kind"], own["field"]) == ("office_of_own_organ", "forbidden", "organ")
    stand_in = {**OFFICE, "person": "p-x", "since": "2018-07-05", "until": "2018-07-06"}
    assert town.allocation.refused(OLD, "RecordStandIn", "2018-07-05", **stand_in)["code"] == "office_of_own_organ"
    leaving = {**OFFICE, "person": OLD.person, "left_on": "2018-07-05"}
    assert town.allocation.refused(OLD, "LeaveOffice", "2018-07-05", **leaving)["code"] == "office_of_own_organ"
    neighbour = actor("county_org", areas=("210727",), person="p-neighbour")
    assert town.allocation.refused(neighbour, "LeaveOffice", "2018-07-05", **leaving)["code"] == "foreign_area"
    village = {"organ": FIRST, "post": "party_secretary", "person": "p-v", "since": "2018-01-01"}
    assert town.records(OLD, "RecordOfficeHolder", "2018-07-05", holders=[village]) == {"OfficeHolderRecorded": 1}
    head = {"organ": "210726", "post": "org_head", "person": "p-h", "since": "2018-01-01"}
    assert town.records(CITY, "RecordOfficeHolder", "2018-07-05", holders=[head]) == {"OfficeHolderRecorded": 1}


@pytest.mark.req("AT-014", "X-057")
def test_the_post_in_which_a_register_is_kept_is_one_that_can_be_recorded_and_its_holder_keeps_it(town: Town) -> None:
    clerk = {"organ": FIRST, "post": "attendance_clerk", "person": "p-clerk", "since": "2018-05-02"}
    early = town.allocation.refused(OLD, "RecordOfficeHolder", "2018-07-03", holders=[clerk])
    assert (early["code"], early["field"]) == ("post_unknown", "holders.post")
    named = {"attendance.registrar_post": {"village": "village_attendance_clerk"}}
    town.records(CITY, "PublishProfile", "2018-07-03", profile=supplement("JZ", "2107", named, version=2))
    assert town.records(OLD, "RecordOfficeHolder", "2018-07-03", holders=[clerk]) == {"OfficeHolderRecorded": 1}
    keeper, holder = (actor("village", areas=(FIRST,), person=name) for name in (f"p-keeper-{FIRST}", "p-clerk"))
    day = {"posting": posting(FIRST), "month": MONTH, "days": ["2018-06-04"]}
    refused = town.attendance.refused(keeper, "RegisterDays", "2018-07-03", **day)
    assert (refused["code"], refused["accepted"]) == ("registrar_not_in_post", "p-clerk")
    assert town.attendance.command(holder, "RegisterDays", "2018-07-03", **day) == {"AttendanceRegistered": 1}


ACTING = {"person": "p-x", "since": "2018-07-03", "until": "2018-07-10"}


@pytest.mark.parametrize(
    ("name", "changed", "code", "field"),
    [
        ("RecordStandIn", {**ACTING, "until": "2018-07-02"}, "period_reversed", "holders.until"),
        ("RecordStandIn", {**ACTING, "person": "p-old"}, "stand_in_is_holder", "person"),
        ("RecordStandIn", {**ACTING, "post": "mayor"}, "post_unknown", "holders.post"),
        ("RecordStandIn", {**ACTING, "since": "2018-06-01", "until": "2018-06-05"}, "stand_in_overlaps", "since"),
        ("LeaveOffice", {"person": "p-new", "left_on": "2018-07-05"}, "office_not_held", "person"),
        ("LeaveOffice", {"person": "p-old", "left_on": "2015-12-31"}, "office_not_held", "person"),
    ],
)
def test_what_fits_no_office_is_refused(town: Town, name: str, changed: Any, code: str, field: str) -> None:
    before = {**OFFICE, **ACTING, "since": "2018-06-05", "until": "2018-06-10"}
    town.records(COUNTY, "RecordStandIn", "2018-07-02", **before)
    refused = town.allocation.refused(COUNTY, name, "2018-07-05", **{**OFFICE, **changed})
    assert (refused["code"], refused["field"]) == (code, field)


def test_who_stands_in_an_empty_post_stands_in_for_nobody(town: Town) -> None:
    town.records(COUNTY, "LeaveOffice", "2018-07-01", **OFFICE, person=OLD.person, left_on="2018-07-01")
    town.records(
        COUNTY, "RecordStandIn", "2018-07-01", **OFFICE, person=STAND_IN.person, since="2018-07-01", until="2018-07-31"
    )
    town.signs(STAND_IN, "2018-07-03", FIRST)
    (said,) = town.attendance.stored("SignedAsStandIn")
    assert (said["signer"], said["holder"]) == (STAND_IN.person, None)
    assert [row["person"] for row in town.allocation.query(COUNTY, "stand_ins", organ=TOWNSHIP)] == [STAND_IN.person]
    (held,) = town.allocation.query(COUNTY, "office_holders", organ=TOWNSHIP)
    assert held["until"] == "2018-06-30"
