"""Organs as registers of roles with one area each, and what lies outside an organ's area refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kernel.errors import PaizhuError, Rejected
from kernel.messages import Actor
from kernel.service import Service
from kernel.testing import actor
from programmes import loader
from programmes.areas import registered
from programmes.readers.organs import ORGANS
from services.allocation.registers.organs import Binding, bindings, bound
from services.allocation.wiring import SERVICE as ALLOCATION
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.ground import LN2002, LN2018, SX2015
from tests.kit.attendance.posts import NEIGHBOURS
from tests.kit.attendance.wired import Wired
from tests.kit.memory_desk import MemoryDesk

SERVICES = (ALLOCATION, PERSONNEL, ATTENDANCE, EVALUATION)
LISTED = LN2018.value(ORGANS)
CHANNELS = {row["channel"]: row["kind"] for row in LN2018.entries["quota.channels"].value}
CODES = [division.code for division in registered("21").within("21")]


def test_the_register_of_2018_binds_each_organ_to_one_role_and_one_place() -> None:
    assert Counter(organ.role for organ in LISTED) == {
        "province_org": 2,
        "channel": 1,
        "enterprise": 1,
        "city_org": 1,
        "unit": 2,
        "county_org": 1,
        "township": 1,
        "cadre": 1,
    }
    found = list(bindings(LISTED, [*CODES, "21"], CHANNELS))
    assert len(found) == len(set(found))
    assert Counter(one.organ for one in found) == {
        "province_org": 1,
        "province_division": 1,
        "committee": 3,
        "enterprise": 4,
        "city_org": 14,
        "county_committee": 100,
        "township_committee": 1406,
    }
    assert Binding("committee", "channel", "省国资委党委") in found
    assert Binding("enterprise", "enterprise", "鞍钢") in found
    assert Binding("county_committee", "county_org", "210727") in found


def test_a_token_names_one_role_of_the_programme_and_one_area_of_its_level() -> None:
    assert bound(LISTED, actor("county_org", areas=("210727",))) == Binding("county_committee", "county_org", "210727")
    assert bound(LISTED, actor("channel", units=("省直机关工委", "U01"))).place == "省直机关工委"
    for by, code in (
        (actor("county_org", areas=("210727", "210726")), "area_not_one"),
        (actor("county_org", areas=("2107",)), "area_not_one"),
        (actor("city_org"), "area_not_one"),
        (actor("host_leader", areas=("210727",)), "organ_unknown"),
    ):
        with pytest.raises(Rejected) as refused:
            bound(LISTED, by)
        assert (refused.value.code, refused.value.kind) == (code, "forbidden")


def samples() -> Iterator[tuple[Service, str, Actor, Mapping[str, Any], str, str]]:
    """A command of every organ given outside its area: service, name, who, data, code and field of the refusal."""
    notice = {"title": "通知", "issuers": ["甲"], "number": None, "issued_on": "2018-04-16", "scope": "14"}
    yield ALLOCATION, "PublishNotice", actor("province_org", areas=("21",)), notice, "foreign_area", "scope"
    unit = {"unit": "U99", "name": "合成单位", "channel": "省委高校工委", "level": "province"}
    committee = actor("channel", units=("省直机关工委",))
    yield ALLOCATION, "RegisterUnit", committee, unit, "out_of_reach", "channel"
    enterprise = actor("enterprise", units=("鞍钢",))
    yield ALLOCATION, "RegisterUnit", enterprise, {**unit, "channel": "沈铁"}, "out_of_reach", "channel"
    ledger = {"programme": "LN2018", "city": "2113"}
    yield ALLOCATION, "AcknowledgeLedger", actor("city_org", areas=("2107",)), ledger, "foreign_area", "city"
    delisting = {"programme": "LN2018", "target": "210726101201", "document": "农〔2018〕1号"}
    yield EVALUATION, "RecordDelisting", actor("county_org", areas=("210727",)), delisting, "foreign_area", "target"


@pytest.mark.req("X-001")
def test_who_asks_acts_under_one_role_and_in_one_place_and_what_lies_outside_is_refused() -> None:
    for service, name, by, data, code, field in samples():
        assert bound(LISTED, by).role == by.role
        refusal = MemoryDesk(service, "2018-04-16").refused(by, name, "2018-04-16", **data)
        assert (refusal.code, refusal.kind, refusal.field) == (code, "forbidden", field), name

    wired = Wired()
    with pytest.raises(PaizhuError) as village:
        wired.command(NEIGHBOURS, "RegisterDays", "2018-07-02", month="2018-06", days=["2018-06-01"])
    township = actor("township", areas=("210727101",))
    with pytest.raises(PaizhuError) as seal:
        wired.command(township, "SealMonth", "2018-07-02", month="2018-06")
    assert (village.value.code, seal.value.code) == ("out_of_reach", "out_of_reach")


def test_the_supporting_organs_of_2015_are_fourteen_departments_and_three_mass_organisations() -> None:
    departments, mass = SX2015.entries["organs.departments"].value, SX2015.entries["organs.mass"].value
    assert (len(departments), len(set(departments)), len(mass), len(set(mass))) == (14, 14, 3, 3)
    assert departments == ["发改", "教育", "科技", "民政", "财政", "人社", "国土", "住建", "交通", "水利", "文化", "卫生计生", "环保", "林业"]  # fmt: skip  # noqa: E501
    assert mass == ["工会", "共青团", "妇联"]
    assert (SX2015.entries["organs.departments"].notice, SX2015.entries["organs.mass"].clause) == (
        "晋组通字〔2015〕41号",
        "六.1",
    )
    listed = {organ.organ: organ for organ in SX2015.value(ORGANS)}
    assert listed["guidance_division"].printed == SX2015.entries["ledger.recipient"].value
    assert (listed["county_org"].role, listed["county_org"].scope) == ("county_org", "county")
    codes = [division.code for division in registered("14").within("14")]
    counted = Counter(one.organ for one in bindings(listed.values(), [*codes, "14"], {}))
    assert (counted["city_org"], counted["rural_work_office"], counted["poverty_office"]) == (11, 1, 1)


def test_the_organs_of_2002_are_the_departments_of_either_side() -> None:
    printed = {organ.organ: organ for organ in LN2002.value(ORGANS)}
    assert printed["cadre_division_one"].printed == LN2002.entries["nomination.recipient"].value
    assert {printed[name].role for name in ("sending_city_org", "receiving_city_org", "city_standing_committee")} == {
        "city_org"
    }


def test_organs_of_every_programme_are_listed_with_a_role_a_token_can_have() -> None:
    roles = {role for service in SERVICES for handles in service.commands.values() for role in handles.roles}
    for name in ("LN2018", "LN2002", "SX2015", "QS2017"):
        listed = ORGANS.of(loader.load(name).rules[ORGANS.path]["value"])
        assert {organ.role for organ in listed} <= roles | {""}, name
