"""The body a county may have for its cadres, and the register of organs, as PostgreSQL answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kernel.service import Service
from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ

LN2018, YIXIAN, HEISHAN = "LN2018", "210727", "210726"
AREAS = registered("21")
PROVINCE, CITY = organ("province_org", "21"), organ("city_org", "2107")
NAME = "义县选派干部工作党工委"


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    publish(desk, PROVINCE, LN2018, "2018-04-16")
    publish(desk, CITY, "JZ", "2018-04-16")
    for root in (YIXIAN, HEISHAN, "210602"):
        divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(root), *AREAS.within(root))]
        units = [{"root": root, "divisions": divisions}]
        desk.receipt(PROVINCE, "RegisterAreas", "2018-04-16", edition="2023-06", units=units)
    return desk


@pytest.mark.req("X-005")
def test_one_county_has_a_body_and_the_others_lack_nothing(desk: Desk) -> None:
    asked = {"programme": LN2018, "county": YIXIAN, "name": NAME}
    made = desk.command(organ("county_org", YIXIAN), "RecordCountyBody", "2018-09-03", **asked)
    assert made == {"CountyBodyRecorded": 1}
    assert desk.command(CITY, "RecordCountyBody", "2018-09-04", **asked) == {}
    (body,) = desk.query(CITY, "county_bodies", programme=LN2018)
    assert (body["county"], body["name"]) == (YIXIAN, NAME)
    assert (body["secretary"], body["office"]) == ("county_party_secretary", "county_org")
    # The other counties have none, and nobody is told that anything is missing.
    assert desk.query(organ("county_org", HEISHAN), "county_bodies", programme=LN2018) == []
    assert desk.query(CITY, "county_bodies", programme=LN2018, county=HEISHAN) == []
    refused = desk.refused(organ("county_org", HEISHAN), "RecordCountyBody", "2018-09-03", **asked)
    assert (refused["code"], refused["field"]) == ("foreign_area", "county")
    assert desk.replays()


def test_where_no_profile_knows_such_a_body_none_is_recorded(desk: Desk) -> None:
    asked = {"programme": LN2018, "county": "210602", "name": "合成机构"}
    refused = desk.refused(organ("city_org", "2106"), "RecordCountyBody", "2018-09-03", **asked)
    assert refused["code"] == "rule_unknown"


@pytest.mark.req("X-002")
def test_each_county_of_2015_has_its_fourteen_departments_and_three_mass_organisations(
    open_desk: Callable[..., Desk],
) -> None:
    desk, province, shanxi = open_desk(SERVICE, province="14"), organ("province_org", "14"), registered("14")
    publish(desk, province, "SX2015", "2015-06-24")
    for county in ("140928", "140926"):
        units = [{"root": county, "divisions": [{"code": county, "name": shanxi.get(county).name}]}]
        desk.receipt(province, "RegisterAreas", "2015-06-24", edition="2023-06", units=units)
    found = desk.query(province, "organs", programme="SX2015", within="140928")
    beside = [row["organ"] for row in found if not row["role"]]
    assert (len(beside), len(set(beside))) == (17, 17)
    assert beside[:3] + beside[13:] == ["发改", "教育", "科技", "林业", "工会", "共青团", "妇联"]
    assert {row["place"] for row in found if row["organ"] in beside} == {"140928"}
    assert len([row for row in desk.query(province, "organs", programme="SX2015") if not row["role"]]) == 34


def test_the_organs_of_a_programme_by_role_and_area(desk: Desk) -> None:
    found = desk.query(CITY, "organs", programme=LN2018, within=YIXIAN, role="township")
    townships = [division.code for division in AREAS.within(YIXIAN, "township")]
    assert [row["place"] for row in found] == townships
    channels = desk.query(CITY, "organs", programme=LN2018, role="enterprise")
    assert {row["place"] for row in channels} == {"沈铁", "鞍钢", "辽油", "东油"}
