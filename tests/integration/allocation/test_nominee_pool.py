"""The pool of a provincial unit: members of the 27th work team first, an open place where one fails, till replaced.

Personnel speaks in golden events; the county assigns on what allocation took in of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.golden import told

SX2015, COUNTY, CHANNEL, UNIT, CITY_UNIT = "SX2015", "140928", "山西省直", "SX01", "SX02"
AREAS = registered("14")
PROVINCE, OFFICE = organ("province_org", "14"), organ("county_org", COUNTY)
SENDERS = organ("channel", units=(CHANNEL, UNIT, CITY_UNIT))
VILLAGE = AREAS.within(COUNTY, "village")[0].code
MEMBER, OTHER, LATER = "p-member", "p-1-other", "p-later"


def says(desk: Desk, kind: str, on: str, **changes: Any) -> None:
    """Personnel says what its golden event says, of a unit of 2015."""
    data = told(f"personnel.{kind}", programme=SX2015, channel=CHANNEL, **{"unit": UNIT, **changes}).data
    desk.hear("personnel", kind, on, **data)


@pytest.fixture(scope="module")
def desk(open_desk: Callable[..., Desk]) -> Desk:
    desk = open_desk(SERVICE, province="14")
    publish(desk, PROVINCE, SX2015, "2015-06-24")
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    units = [{"root": COUNTY, "divisions": divisions}]
    desk.receipt(PROVINCE, "RegisterAreas", "2015-06-24", edition="2023-06", units=units)
    for unit, level in ((UNIT, "province"), (CITY_UNIT, "city")):
        data = {"unit": unit, "name": f"合成{unit}", "channel": CHANNEL, "level": level}
        desk.receipt(SENDERS, "RegisterUnit", "2015-07-01", **data)
    desk.receipt(SENDERS, "RecordConsultation", "2015-07-02", programme=SX2015, county=COUNTY, unit=UNIT)
    return desk


def pool(desk: Desk, unit: str = UNIT) -> list[tuple[str, bool, bool]]:
    """Who stands in the pool in its order: person, preferred, open place."""
    rows = desk.query(PROVINCE, "nominee_pool", programme=SX2015, unit=unit)
    return [(row["person"], row["preferred"], row["open_place"]) for row in rows]


@pytest.mark.req("AL-035")
def test_members_come_first_and_one_who_fails_leaves_an_open_place_until_replaced(desk: Desk) -> None:
    tag = "work_team_27"
    says(desk, "InitialCheckPassed", "2015-07-05", nomination="n-1", person=OTHER, tags=[])
    says(desk, "InitialCheckPassed", "2015-07-05", nomination="n-2", person=MEMBER, tags=[tag])
    # The order of nominations and of ids would put the other person first; membership of the team wins.
    assert pool(desk) == [(MEMBER, True, False), (OTHER, False, False)]
    # A unit of a city is not told to draw on that team.
    says(desk, "InitialCheckPassed", "2015-07-05", nomination="n-3", person="p-b", tags=[tag], unit=CITY_UNIT)
    says(desk, "InitialCheckPassed", "2015-07-05", nomination="n-2b", person="p-a", tags=[], unit=CITY_UNIT)
    assert pool(desk, CITY_UNIT) == [("p-a", False, False), ("p-b", False, False)]

    failing = {"nomination": "n-4", "person": "p-failing", "conditions": ["正式党员"]}
    says(desk, "InitialCheckFailed", "2015-07-06", **failing)
    asked = {"programme": SX2015, "target": VILLAGE, "unit": UNIT, "level": "province"}
    refused = desk.refused(OFFICE, "AssignVillage", "2015-07-10", **asked, person="p-failing")
    assert (refused["code"], refused["field"], refused["clause"]) == ("nominee_failed", "person", "三.2")
    assert "正式党员" in refused["detail" if "detail" in refused else "sentence"]
    assert pool(desk)[-1] == ("p-failing", False, True)

    replaced = {"replaces": "n-4", "replaced": "p-failing", "nomination": "n-5", "person": LATER}
    says(desk, "NomineeReplaced", "2015-07-08", **replaced, failed_conditions=["正式党员"])
    says(desk, "NomineeReplaced", "2015-07-08", **replaced, failed_conditions=["正式党员"])
    assert pool(desk)[-1] == ("p-failing", False, False)
    (row,) = [r for r in desk.query(PROVINCE, "nominee_pool", programme=SX2015) if r["person"] == "p-failing"]
    assert (row["replaced_by"], row["conditions"]) == (LATER, ["正式党员"])
    again = desk.refused(OFFICE, "AssignVillage", "2015-07-10", **asked, person="p-failing")
    assert (again["code"], again["accepted"]) == ("nominee_failed", LATER)
    made = desk.command(OFFICE, "AssignVillage", "2015-07-10", **asked, person=LATER)
    assert made == {"VillageAssigned": 1, "BindingCreated": 1}
    assert (desk.counts()["NomineeFailed"], desk.counts()["ReplacementNoted"]) == (1, 1)
    assert desk.replays()


def test_a_unit_sees_its_own_pool_alone(desk: Desk) -> None:
    own = organ("unit", units=(CITY_UNIT,))
    assert {row["unit"] for row in desk.query(own, "nominee_pool", programme=SX2015)} == {CITY_UNIT}
