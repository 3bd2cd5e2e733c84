"""Demand as PostgreSQL counts it: mandatory villages apart from others, who comes from above, a county's need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from programmes import loader
from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import publish
from tests.kit.desk import Desk, organ
from tests.kit.personnel import candidates

SX2015 = "SX2015"
AREAS = registered("14")
COUNTY = "140928"
PROVINCE = organ("province_org", "14")
OFFICE = organ("county_org", COUNTY)
VILLAGES = [village.code for village in AREAS.within(COUNTY, "village")]
WEAK, POOR, BOTH, OTHER = VILLAGES[:4]


@pytest.fixture(scope="module")
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return opened(open_desk)


def opened(open_desk: Callable[..., Desk], profile: Any = None) -> Desk:
    """Allocation that knows four villages, one of each kind."""
    desk = open_desk(SERVICE, province="14")
    publish(desk, PROVINCE, SX2015, "2015-06-24", profile)
    divisions = [{"code": d.code, "name": d.name} for d in (AREAS.get(COUNTY), *AREAS.within(COUNTY))]
    units = [{"root": COUNTY, "divisions": divisions}]
    desk.receipt(PROVINCE, "RegisterAreas", "2015-06-24", edition="2023-06", units=units)
    kinds = [(WEAK, True, False), (POOR, False, True), (BOTH, True, True), (OTHER, False, False)]
    villages = [{"target": code, "weak_party": weak, "registered_poor": poor} for code, weak, poor in kinds]
    data: dict[str, Any] = {"programme": SX2015, "county": COUNTY, "villages": villages}
    desk.receipt(OFFICE, "RecordVillageKinds", "2015-06-30", **data)
    return desk


def post(desk: Desk, target: str, tier: str, on: str = "2015-07-18") -> None:
    """Personnel tells of a cadre on post, as its own parts come to it."""
    candidates.tell(desk, candidates.came(target, tier, on))


def demand(desk: Desk) -> dict[str, Any]:
    (row,) = desk.query(PROVINCE, "demand", programme=SX2015, by="programme")
    return dict(row)


def need(desk: Desk) -> int:
    (row,) = desk.query(OFFICE, "county_needs", programme=SX2015)
    return int(row["need"])


@pytest.mark.req("AL-031")
@pytest.mark.req("AL-033")
def test_optional_postings_cover_nothing_mandatory_and_the_share_of_poor_villages_is_told(desk: Desk) -> None:
    found = demand(desk)
    assert (found["mandatory"], found["both_kinds"], found["mandatory_covered"], found["closed"]) == (3, 1, 0, False)
    assert need(desk) == 3

    post(desk, OTHER, "county")
    found = demand(desk)
    assert (found["mandatory_covered"], found["optional_covered"], found["closed"]) == (0, 1, False)
    assert need(desk) == 3

    # A provincial cadre in a village that has only a weak party organisation is allowed, counted and warned of.
    post(desk, WEAK, "province")
    found = demand(desk)
    assert (found["from_preferring"], found["of_these_preferred"], found["not_mainly"]) == (1, 0, True)
    assert (found["mandatory_covered"], need(desk)) == (1, 2)

    post(desk, POOR, "city")
    found = demand(desk)
    assert (found["from_preferring"], found["of_these_preferred"], found["not_mainly"]) == (2, 1, False)

    post(desk, BOTH, "central")
    found = demand(desk)
    assert (found["mandatory"], found["mandatory_covered"], found["closed"]) == (3, 3, True)
    assert (found["optional_covered"], need(desk)) == (1, 0)

    candidates.tell(desk, candidates.withdrawn(POOR, "city"))
    assert (need(desk), demand(desk)["closed"], demand(desk)["mandatory_covered"]) == (1, False, 2)
    (county,) = desk.query(OFFICE, "demand", programme=SX2015)
    assert (county["county"], county["mandatory"], county["weak_party"], county["registered_poor"]) == (COUNTY, 3, 2, 2)
    assert desk.query(organ("county_org", "140927"), "demand", programme=SX2015) == []


@pytest.mark.parametrize(
    ("mainly", "counted"),
    [
        ('value = { tiers = ["city"], kind = "registered_poor" }', (1, 1, False)),
        ('value = { tiers = ["province"], kind = "weak_party" }', (1, 1, False)),
        ('value = { tiers = ["province"], kind = "registered_poor" }', (1, 0, True)),
    ],
)
def test_which_cadres_go_mainly_where_is_the_profiles(
    open_desk: Callable[..., Desk], mainly: str, counted: tuple[int, int, bool]
) -> None:
    text = (loader.PROFILES / "sx2015.toml").read_text(encoding="utf-8")
    printed = 'value = { tiers = ["province", "city"], kind = "registered_poor" }'
    assert text.count(printed) == 1
    desk = opened(open_desk, loader.parse(text.replace(printed, mainly), "sx2015.toml"))
    post(desk, WEAK, "province")
    post(desk, POOR, "city")
    found = demand(desk)
    assert (found["from_preferring"], found["of_these_preferred"], found["not_mainly"]) == counted


def test_a_programme_that_says_nothing_of_it_is_warned_of_nothing(open_desk: Callable[..., Desk]) -> None:
    text = (loader.PROFILES / "sx2015.toml").read_text(encoding="utf-8")
    (said,) = [line for line in text.splitlines() if line.startswith("tiers_prefer = ")]
    desk = opened(open_desk, loader.parse(text.replace(said, ""), "sx2015.toml"))
    post(desk, WEAK, "province")
    found = demand(desk)
    assert (found["from_preferring"], found["of_these_preferred"], found["not_mainly"]) == (0, 0, False)


def test_a_batch_with_uncovered_villages_is_overdue_from_21_july(desk: Desk) -> None:
    (uncovered,) = desk.query(PROVINCE, "demand", programme=SX2015, by="programme")
    open_places = uncovered["mandatory"] - uncovered["mandatory_covered"]
    assert open_places > 0
    ahead = desk.refused(PROVINCE, "CheckBatch", "2015-07-20", programme=SX2015, as_of="2015-07-21")
    assert (ahead["code"], ahead["field"]) == ("as_of_in_future", "as_of")
    in_time = desk.command(PROVINCE, "CheckBatch", "2015-07-20", programme=SX2015, as_of="2015-07-20")
    late = desk.command(PROVINCE, "CheckBatch", "2015-07-21", programme=SX2015, as_of="2015-07-21")
    assert (in_time, late) == ({}, {"BatchOverdue": 1})
    (batch,) = desk.query(PROVINCE, "batches", programme=SX2015)
    assert (batch["due"], batch["overdue_places"]) == ("2015-07-20", open_places)


def test_quotas_by_county_and_of_a_countys_own(desk: Desk) -> None:
    assert desk.command(PROVINCE, "SetUnitCountyQuotas", "2015-06-24", programme=SX2015) == {"UnitCountyQuotaSet": 39}
    rows = desk.query(PROVINCE, "county_quotas", programme=SX2015)
    assert [row["printed_row"] for row in rows] == list(range(1, 40))
    assert {row["unit"] for row in rows if row["name"] != rows[0]["name"]} == {""}
    about = {"unit": "SX99", "name": rows[0]["name"], "channel": "省直工委", "level": "province"}
    desk.receipt(organ("channel", units=("省直工委",)), "RegisterUnit", "2015-06-24", **about)
    (row,) = desk.query(PROVINCE, "county_quotas", unit="SX99")
    assert (row["name"], row["county"]) == (rows[0]["name"], rows[0]["county"])
    own = desk.query(OFFICE, "county_quotas", programme=SX2015)
    assert sum(row["places"] for row in own) == 18  # 五寨
    data = {"programme": SX2015, "tier": "county", "area": COUNTY, "basis": "根据实际"}
    refused = desk.refused(PROVINCE, "SetLocalQuota", "2015-06-30", **data, places=20)
    assert (refused["code"], refused["notice"], refused["clause"]) == (
        "self_determined",
        "晋组通字〔2015〕41号",
        "一.2",
    )
    desk.receipt(OFFICE, "SetLocalQuota", "2015-06-30", **data, places=12)
    (row,) = desk.query(PROVINCE, "local_quotas", programme=SX2015)
    assert (row["area"], row["tier"], row["places"]) == (COUNTY, "county", 12)


def test_a_village_is_assigned_after_the_consultation_and_shown_to_whom_it_concerns(desk: Desk) -> None:
    unit, target, channel = candidates.UNIT, VILLAGES[4], candidates.CHANNEL
    office = organ("channel", units=(channel, unit))
    data = {"unit": unit, "name": "合成单位", "channel": channel, "level": "province"}
    desk.receipt(office, "RegisterUnit", "2015-07-01", **data)
    asked = {"programme": SX2015, "target": target, "unit": unit, "person": "p-9", "level": "province"}
    assert desk.refused(OFFICE, "AssignVillage", "2015-07-10", **asked)["code"] == "host_not_consulted"
    desk.receipt(office, "RecordConsultation", "2015-07-02", programme=SX2015, county=COUNTY, unit=unit)
    assert desk.refused(office, "AssignVillage", "2015-07-10", **asked)["clause"] == "三.4"
    assert desk.refused(OFFICE, "AssignVillage", "2015-07-10", **asked)["code"] == "nominee_not_filed"
    candidates.tell(desk, candidates.decided(*candidates.way("p-9"))[-1])
    made = desk.command(OFFICE, "AssignVillage", "2015-07-10", **asked)
    assert made == {"VillageAssigned": 1, "BindingCreated": 1, "PersonEngaged": 1}
    members = [{"person": f"t-{n}", "level": "township"} for n in range(3)]
    team = {"programme": SX2015, "target": target, "members": members}
    unfound = desk.refused(OFFICE, "FormWorkTeam", "2015-07-12", **team, finding="一般村")
    assert (unfound["code"], unfound["clause"], unfound["accepted"]) == ("team_village", "六.2", "重点难点村")
    desk.receipt(OFFICE, "FormWorkTeam", "2015-07-12", **team, finding="重点难点村")

    (own,) = desk.query(organ("unit", units=(unit,)), "demanded_villages", programme=SX2015)
    assert (own["assigned"], own["person"], own["scored"]) == (f"{SX2015}.{target}.1", "p-9", False)
    assert own["team"] == [{**member, "unit": None} for member in members]
    candidates.tell(desk, candidates.came(target, "province", person="p-9"))
    candidates.tell(desk, candidates.withdrawn(target, "province", "p-9", on="2016-03-01"))
    (row,) = desk.query(OFFICE, "demanded_villages", target=target)
    assert (row["posting"], row["assigned"], row["person"], row["successor_of"]) == ("", "", "", unit)
    (bound,) = desk.query(OFFICE, "bindings", target=target)
    assert (bound["unit"], bound["state"]) == (unit, "bound")


@pytest.mark.req("X-043")
def test_the_report_of_funds_lists_every_posted_village_also_with_nothing(desk: Desk) -> None:
    for village in VILLAGES[6:8]:
        post(desk, village, "county")
    posted = {r["target"] for r in desk.query(OFFICE, "demanded_villages", programme=SX2015) if r["posting"]}
    assert posted >= set(VILLAGES[6:8])
    rich, *others = sorted(posted)
    bare = next(code for code in VILLAGES if code not in posted)
    funds = [{"target": rich, "yuan": 500_000}, {"target": bare, "yuan": 100_000}]
    data = {"programme": SX2015, "county": COUNTY, "year": 2016}
    desk.receipt(OFFICE, "RecordVillageFunds", "2017-01-10", **data, funds=funds)

    rows = {row["target"]: row for row in desk.query(PROVINCE, "village_funds", programme=SX2015, year="2016")}
    assert set(rows) == posted
    assert {code: rows[code]["yuan"] for code in others} == dict.fromkeys(others, 0)
    assert (rows[rich]["yuan"], rows[rich]["below_mean"], rows[others[0]]["below_mean"]) == (500_000, False, True)
    assert {(row["county_yuan"], row["county_villages"]) for row in rows.values()} == {(600_000, len(VILLAGES))}
    assert desk.query(organ("county_org", "140927"), "village_funds", programme=SX2015) == []

    assert desk.refused(OFFICE, "RecordVillageFunds", "2017-01-11", **data, funds=funds)["code"] == "funds_unchanged"
    below = [{"target": bare, "yuan": -1}]
    problem = desk.refused(OFFICE, "RecordVillageFunds", "2017-01-11", **data, funds=below)
    assert (problem["code"], problem["clause"]) == ("funds_row_wrong", "六.3")
