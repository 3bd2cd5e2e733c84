"""A swapped cadre of 2002 asks leave of the principal leader of the unit served in: a person in a post (AT-007)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from kernel.messages import Actor
from kernel.testing import actor
from programmes import loader
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.desk import Desk
from tests.kit.following_desks import FollowingDesks
from tests.kit.personnel import cast, others

LEG = "LN2002.5.out.county.1.1"
HOST = "210213"
PROVINCE = actor("province_org", areas=("21",), person="p-province")
HOST_CITY = actor("city_org", areas=("2102",), person="p-host-city")
OFFICE = {"organ": HOST, "post": "party_secretary"}


def official(person: str, area: str = HOST) -> Actor:
    """Somebody with an account of the office of a county."""
    return actor("county_org", areas=(area,), person=person)


LEADER, STAND_IN, SUCCESSOR, CLERK = map(official, ("p-leader", "p-stand-in", "p-successor", "p-clerk"))


class Told(NamedTuple):
    """The services, who carries what they say, and the cadre."""

    allocation: Desk
    personnel: Desk
    attendance: Desk
    following: FollowingDesks
    cadre: Actor


@pytest.fixture
def told(open_desk: Callable[..., Desk]) -> Told:
    """A cadre of pair 5 on secondment at 210213 since 15 July 2002."""
    allocation, personnel, attendance = (open_desk(service) for service in (ALLOCATION, PERSONNEL, ATTENDANCE))
    following = FollowingDesks(allocation, personnel, attendance)
    allocation.command(PROVINCE, "PublishProfile", "2002-06-20", profile=loader.load("LN2002").published())
    holder = {**OFFICE, "person": LEADER.person, "since": "2001-01-01"}
    allocation.command(HOST_CITY, "RecordOfficeHolder", "2002-06-20", holders=[holder])
    following.settle()
    legs = [others.seat(1, 1)]
    personnel.receipt(cast.SENDING_CITY, "NominateLegs", "2002-06-27", programme="LN2002", city="2113", legs=legs)
    personnel.hear("allocation", "SecondmentPostAgreed", "2002-07-05", leg=LEG, post="副区长")
    personnel.receipt(cast.SENDING_CITY, "ReportForDuty", "2002-07-15", legs=[LEG])
    following.settle()
    (register,) = attendance.query(PROVINCE, "registers", posting=LEG)
    assert (register["target"], str(register["opened_on"])) == (HOST, "2002-07-15")
    return Told(allocation, personnel, attendance, following, actor("cadre", person=register["person"]))


def ask(attendance: Desk, cadre: Actor, day: str) -> dict[str, Any]:
    attendance.command(cadre, "RequestLeave", day, posting=LEG, kind="事", first=day, last=day)
    return {"posting": LEG, "leave": day}


@pytest.mark.req("AT-007")
@pytest.mark.req("X-057")
def test_leave_is_granted_by_the_leader_of_the_host_unit_and_by_nobody_of_the_sending_one(
    told: Told,
) -> None:
    allocation, _, attendance, following, cadre = told
    leave = ask(attendance, cadre, "2002-09-02")
    sender = attendance.refused(cast.SENDING_CITY, "ApproveLeave", "2002-09-02", **leave)
    assert (sender["code"], sender["kind"]) == ("out_of_reach", "forbidden")
    unit = attendance.refused(cast.UNIT_OFFICE, "ApproveLeave", "2002-09-02", **leave)
    assert unit["code"] == "role_not_allowed"
    # The token of the host's office, or of the city above it, is not yet its leader.
    for other in (CLERK, HOST_CITY):
        refused = attendance.refused(other, "ApproveLeave", "2002-09-02", **leave)
        assert (refused["code"], refused["accepted"], refused["clause"]) == ("not_host_leader", LEADER.person, "三")
    assert attendance.command(LEADER, "ApproveLeave", "2002-09-02", **leave) == {
        "LeaveApproved": 1,
        "GrantedByHostLeader": 1,
    }
    (granted,) = attendance.stored("GrantedByHostLeader")
    assert (granted["person"], granted["post"], granted["stand_in"]) == (LEADER.person, "party_secretary", False)

    # A stand-in grants to the last day and not after; the successor from the first day on.
    acting = {**OFFICE, "person": STAND_IN.person, "since": "2002-10-01", "until": "2002-10-07"}
    allocation.command(HOST_CITY, "RecordStandIn", "2002-09-30", **acting)
    changed = {**OFFICE, "person": SUCCESSOR.person, "since": "2002-10-10"}
    allocation.command(HOST_CITY, "RecordOfficeHolder", "2002-10-09", holders=[changed])
    following.settle()
    seventh = ask(attendance, cadre, "2002-10-07")
    assert attendance.command(STAND_IN, "ApproveLeave", "2002-10-07", **seventh)["LeaveApproved"] == 1
    assert attendance.stored("GrantedByHostLeader")[-1]["stand_in"] is True
    eighth = ask(attendance, cadre, "2002-10-08")
    assert attendance.refused(STAND_IN, "ApproveLeave", "2002-10-08", **eighth)["code"] == "not_host_leader"
    late = attendance.refused(LEADER, "ApproveLeave", "2002-10-10", **eighth)
    assert (late["code"], late["accepted"]) == ("not_host_leader", SUCCESSOR.person)
    refusing = {**eighth, "reason": "工作需要"}
    assert attendance.command(SUCCESSOR, "RefuseLeave", "2002-10-10", **refusing) == {"LeaveRefused": 1}

    # The notice keeps no register of days and no month: nothing is asked for them, and nothing listed.
    assert attendance.query(PROVINCE, "no_data", month="2002-09") == []
    assert [row["decision"] for row in attendance.query(PROVINCE, "leaves", posting=LEG)] == [
        "approved",
        "approved",
        "refused",
    ]
    assert attendance.replays()


def test_the_register_closes_with_the_term(told: Told) -> None:
    _, personnel, attendance, following, cadre = told
    personnel.command(PROVINCE, "EndTerms", "2003-07-20", programme="LN2002", as_of="2003-07-20")
    following.settle()
    assert attendance.counts()["RegisterClosed"] == 1
    kept = {"posting": LEG, "kind": "事", "first": "2003-07-16", "last": "2003-07-16"}
    assert attendance.refused(cadre, "RequestLeave", "2003-07-16", **kept)["code"] == "leave_outside_posting"
