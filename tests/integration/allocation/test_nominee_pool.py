"""The pool of a provincial unit: members of the 27th work team first, an open place where one fails, till replaced.

Personnel says what its own parts decide; the county assigns on what allocation took in of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from programmes.areas import registered
from services.allocation.wiring import SERVICE
from services.personnel.candidacy.route import Replace
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import candidates

SX2015, COUNTY, CHANNEL = candidates.SX2015, candidates.COUNTY, candidates.CHANNEL
UNIT, CITY_UNIT = candidates.UNIT, candidates.CITY_UNIT
AREAS = registered("14")
PROVINCE, OFFICE = organ("province_org", "14"), organ("county_org", COUNTY)
SENDERS, CITY = organ("channel", units=(CHANNEL, UNIT)), organ("city_org", COUNTY[:4])
VILLAGES = AREAS.within(COUNTY, "village")
VILLAGE = VILLAGES[0].code
MEMBER, OTHER, LATER = "p-member", "p-1-other", "p-later"


def filed(desk: Desk, person: str, unit: str = UNIT, **checked: Any) -> None:
    """Personnel tells of a candidate who went the whole way to the filing, as its parts come to it."""
    candidates.tell(desk, candidates.decided(*candidates.way(person, unit, **checked))[-1])


@pytest.fixture(scope="module")
def desk(open_desk: Callable[..., Desk]) -> Desk:
    desk = open_desk(SERVICE, province="14")
    publish(desk, PROVINCE, SX2015, "2015-06-24")
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    units = [{"root": COUNTY, "divisions": divisions}]
    desk.receipt(PROVINCE, "RegisterAreas", "2015-06-24", edition="2023-06", units=units)
    for unit, level in ((UNIT, "province"), (CITY_UNIT, "city")):
        channel = candidates.CHANNELS[unit]
        data = {"unit": unit, "name": f"合成{unit}", "channel": channel, "level": level}
        desk.receipt(SENDERS if channel == CHANNEL else CITY, "RegisterUnit", "2015-07-01", **data)
    desk.receipt(SENDERS, "RecordConsultation", "2015-07-02", programme=SX2015, county=COUNTY, unit=UNIT)
    return desk


def pool(desk: Desk, unit: str = UNIT) -> list[tuple[str, bool, bool]]:
    """Who stands in the pool in its order: person, preferred, open place."""
    rows = desk.query(PROVINCE, "nominee_pool", programme=SX2015, unit=unit)
    return [(row["person"], row["preferred"], row["open_place"]) for row in rows]


@pytest.mark.req("AL-035")
def test_members_come_first_and_one_who_fails_leaves_an_open_place_until_replaced(desk: Desk) -> None:
    tag = "work_team_27"
    filed(desk, OTHER)
    filed(desk, MEMBER, tags=(tag,))
    # The order of candidacies and of ids would put the other person first; membership of the team wins.
    assert pool(desk) == [(MEMBER, True, False), (OTHER, False, False)]
    # A unit of a city is not told to draw on that team.
    filed(desk, "p-b", CITY_UNIT, tags=(tag,))
    filed(desk, "p-a", CITY_UNIT)
    assert pool(desk, CITY_UNIT) == [("p-a", False, False), ("p-b", False, False)]

    # A member of the team who fails a condition is assigned nowhere, and the unit has a place open.
    failing = [candidates.apply("p-failing"), candidates.gates("p-failing"), candidates.reject("p-failing")]
    candidates.tell(desk, candidates.decided(*failing)[-1])
    asked = {"programme": SX2015, "target": VILLAGE, "unit": UNIT, "level": "province"}
    refused = desk.refused(OFFICE, "AssignVillage", "2015-07-10", **asked, person="p-failing")
    assert (refused["code"], refused["field"], refused["clause"]) == ("nominee_failed", "person", "三.2")
    assert "正式党员" in refused["sentence"]
    assert pool(desk)[-1] == ("p-failing", False, True)

    instead = Replace(
        context=candidates.at("2015-06-29", candidates.OFFICES[UNIT]),
        nomination=candidates.key(LATER),
        person=LATER,
        unit=UNIT,
    )
    (replaced,) = candidates.after(*failing).when(instead).events or []
    candidates.tell(desk, replaced, replaced)
    assert pool(desk)[-1] == ("p-failing", False, False)
    (row,) = [r for r in desk.query(PROVINCE, "nominee_pool", programme=SX2015) if r["person"] == "p-failing"]
    assert (row["replaced_by"], row["conditions"]) == (LATER, ["正式党员"])
    again = desk.refused(OFFICE, "AssignVillage", "2015-07-10", **asked, person="p-failing")
    assert (again["code"], again["accepted"]) == ("nominee_failed", LATER)
    filed(desk, LATER)
    made = desk.command(OFFICE, "AssignVillage", "2015-07-10", **asked, person=LATER)
    assert made == {"VillageAssigned": 1, "BindingCreated": 1, "PersonEngaged": 1}
    assert (desk.counts()["NomineeFailed"], desk.counts()["ReplacementNoted"]) == (1, 1)
    assert desk.replays()


def test_who_fails_behind_the_filing_is_assigned_nowhere(desk: Desk) -> None:
    late = [*candidates.way("p-late"), candidates.reject("p-late", UNIT, "本人不再自愿", on="2015-07-03")]
    candidates.tell(desk, *candidates.decided(*late)[-2:])
    asked = {"programme": SX2015, "target": VILLAGES[1].code, "unit": UNIT, "level": "province", "person": "p-late"}
    refused = desk.refused(OFFICE, "AssignVillage", "2015-07-10", **asked)
    assert (refused["code"], "本人不再自愿" in refused["sentence"]) == ("nominee_failed", True)
    assert pool(desk)[-1] == ("p-late", False, True)


def test_a_unit_sees_its_own_pool_alone(desk: Desk) -> None:
    own = organ("unit", units=(CITY_UNIT,))
    assert {row["unit"] for row in desk.query(own, "nominee_pool", programme=SX2015)} == {CITY_UNIT}
