"""Which posts a person acts in on a day, asked of the register itself: what the door of the console goes by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.service import Service
from programmes import loader
from services.allocation.wiring import SERVICE
from tests.kit.desk import Desk, organ

ON = "2018-04-17"
PROVINCE, DOOR = organ("province_org", "21"), organ("system", "21")


@pytest.fixture
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """Allocation with the programme that names the posts."""
    desk = open_desk(SERVICE)
    desk.receipt(PROVINCE, "PublishProfile", ON, profile=loader.load("LN2018").published())
    return desk


def test_a_term_ends_with_the_successor_and_a_stand_in_with_the_last_day(desk: Desk) -> None:
    def held(person: str, on: str) -> list[tuple[str, str, bool]]:
        rows = desk.query(DOOR, "seats", person=person, as_of=on)
        return [(row["organ"], row["post"], row["stand_in"]) for row in rows]

    office = {"organ": "210726102", "post": "party_secretary"}
    for person, since in (("p-1", "2018-01-01"), ("p-2", "2018-06-01")):
        holder = {**office, "person": person, "since": since}
        desk.receipt(PROVINCE, "RecordOfficeHolder", since, holders=[holder])
    acting = {**office, "person": "p-3", "since": "2018-07-03", "until": "2018-07-10"}
    desk.receipt(PROVINCE, "RecordStandIn", "2018-07-02", **acting)
    own, instead = [("210726102", "party_secretary", False)], [("210726102", "party_secretary", True)]
    assert (held("p-1", "2018-05-31"), held("p-1", "2018-06-01")) == (own, [])
    assert (held("p-2", "2018-05-31"), held("p-2", "2018-06-01")) == ([], own)
    assert [held("p-3", f"2018-07-{day}") for day in ("02", "03", "10", "11")] == [[], instead, instead, []]
    desk.receipt(PROVINCE, "LeaveOffice", "2018-08-01", **office, person="p-2", left_on="2018-08-01")
    assert (held("p-2", "2018-07-31"), held("p-2", "2018-08-01"), held("p-1", "2018-08-01")) == (own, [], [])


def test_of_a_unit_the_name_is_told_and_nobody_but_the_door_and_the_auditor_asks(desk: Desk) -> None:
    channel = organ("enterprise", units=("辽油",))
    desk.receipt(channel, "RegisterUnit", ON, unit="U1", name="某公司", channel="辽油", level="province")
    holder = {"organ": "U1", "post": "party_secretary", "person": "p-1", "since": "2018-01-01"}
    desk.receipt(channel, "RecordUnitOfficers", ON, holders=[holder])
    (row,) = desk.query(DOOR, "seats", person="p-1", as_of=ON)
    assert (row["organ"], row["name"], row["until"]) == ("U1", "某公司", None)
    assert desk.asked(PROVINCE, "seats", person="p-1", as_of=ON)["code"] == "role_not_allowed"
