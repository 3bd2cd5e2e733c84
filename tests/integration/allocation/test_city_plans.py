"""The three cities that arrange themselves: plans, targets and placements of their own, from the quota to the post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from services.allocation.wiring import SERVICE
from services.personnel.wiring import SERVICE as PERSONNEL
from tests.kit.allocation.scenario import AREAS, LN2018, PROVINCE, Year2018, notices_and_areas
from tests.kit.desk import Desk, organ
from tests.kit.following_desks import FollowingDesks
from tests.kit.personnel import cast

SHENYANG, DALIAN, PANJIN = (organ("city_org", city) for city in ("2101", "2102", "2111"))
OFFICE = organ("unit", units=("S1",))
ON, LATER = "2018-04-18", "2018-04-24"
HOME, NEAR = (village.code for village in AREAS.within("210112", "village")[:2])
JINZHOU = "210727101208"


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    notices_and_areas(desk)
    Year2018(desk).quotas()
    return desk


def plan(city: str, townships: int, villages: int, **more: Any) -> dict[str, Any]:
    figures = {"townships": townships, "villages": villages, "total": townships + villages}
    return {"programme": LN2018, "city": city, **figures, **more}


def targets(*codes: str, tier: str = "city") -> dict[str, Any]:
    listed = [{"target": code, "kind": "village", "weak": True} for code in codes]
    return {"programme": LN2018, "tier": tier, "synthetic": True, "targets": listed}


def group(desk: Desk) -> dict[str, Any]:
    (found,) = desk.query(PROVINCE, "arranged_groups", programme=LN2018)
    return found


@pytest.mark.req("AL-048")
def test_a_city_plans_opens_and_posts_in_its_own_area_and_the_province_only_adds_up(
    desk: Desk, open_desk: Callable[[Service], Desk]
) -> None:
    assert (group(desk)["cadres"], group(desk)["entered"], group(desk)["difference"]) == (2813, 0, 2813)
    early = desk.refused(SHENYANG, "OpenTargets", ON, **targets(NEAR))
    assert (early["code"], early["clause"]) == ("city_plan_missing", "二")

    of_province = desk.refused(PROVINCE, "EnterCityPlan", ON, **plan("2101", 1, 900))
    assert (of_province["code"], of_province["kind"], of_province["clause"]) == ("arranged_by_city", "forbidden", "二")
    foreign = desk.refused(SHENYANG, "EnterCityPlan", ON, **plan("2102", 1, 900))
    assert (foreign["code"], foreign["kind"]) == ("foreign_area", "forbidden")
    of_group_a = desk.refused(organ("city_org", "2107"), "EnterCityPlan", ON, **plan("2107", 1, 9))
    assert of_group_a["code"] == "not_arranged_by_city"
    apart = desk.refused(SHENYANG, "EnterCityPlan", ON, **plan("2101", 1, 900, total=902))
    assert (apart["code"], apart["details"][0]["sentence"]) == ("totals_differ", "1")

    assert desk.command(SHENYANG, "EnterCityPlan", ON, **plan("2101", 6, 1000)) == {"CityPlanEntered": 1}
    desk.receipt(DALIAN, "EnterCityPlan", ON, **plan("2102", 6, 1000))
    over = desk.refused(PANJIN, "EnterCityPlan", ON, **plan("2111", 4, 798))
    assert (over["code"], over["field"], over["details"][0]["sentence"]) == ("totals_differ", "villages", "1")
    desk.receipt(PANJIN, "EnterCityPlan", ON, **plan("2111", 4, 790))
    short = group(desk)
    assert (short["entered"], short["difference"], short["balanced"], short["cities_open"]) == (2806, 7, False, [])
    unsaid = desk.refused(PANJIN, "EnterCityPlan", ON, **plan("2111", 4, 797))
    assert unsaid["code"] == "deviation_without_reason"
    desk.receipt(PANJIN, "EnterCityPlan", ON, **plan("2111", 4, 797, reason="补报"))
    whole = group(desk)
    assert (whole["entered"], whole["difference"], whole["balanced"], whole["closed"]) == (2813, 0, True, False)
    assert [row["difference"] for row in desk.stored("CityPlanEntered")] == [1807, 801, 7, 0]

    refused = desk.refused(PROVINCE, "OpenTargets", ON, **targets(NEAR))
    assert (refused["code"], refused["kind"], refused["clause"]) == ("arranged_by_city", "forbidden", "二")
    beyond = desk.refused(
        SHENYANG, "OpenTargets", ON, **targets(next(v.code for v in AREAS.within("210212", "village")))
    )
    assert (beyond["code"], beyond["kind"]) == ("foreign_area", "forbidden")
    provincial = desk.refused(SHENYANG, "OpenTargets", ON, **targets(NEAR, tier="province"))
    assert provincial["code"] == "no_province_tier"
    ours = desk.refused(organ("city_org", "2107"), "OpenTargets", ON, **targets(JINZHOU))
    assert (ours["code"], ours["kind"]) == ("arranged_by_province", "forbidden")
    assert desk.command(SHENYANG, "OpenTargets", ON, **targets(NEAR)) == {"TargetOpened": 1}
    below = desk.refused(SHENYANG, "EnterCityPlan", ON, **plan("2101", 6, 0, reason="减少"))
    assert (below["code"], below["field"]) == ("city_plan_below", "villages")

    posted(desk, open_desk(PERSONNEL))
    (placed,) = desk.stored("PlacementConfirmed")
    assert (placed["tier"], placed["channel"], placed["posting"]) == ("city", "2101", f"{LN2018}.{NEAR}.1")
    assert [row["place"] for row in desk.stored("TargetOpened")] == [21010001]
    done = group(desk)
    assert (done["targets"], done["confirmed"], done["on_post"]) == (1, 1, 1)
    (tier,) = desk.query(PROVINCE, "coverage", programme=LN2018, by="tier")
    assert (tier["tier"], tier["arranger"], tier["targets"], tier["places"]) == ("city", "city", 1, None)
    assert desk.replays()


def posted(desk: Desk, personnel: Desk) -> None:
    """A unit of the city sends a cadre of its own to the village, by both services' own parts."""
    services = FollowingDesks(desk, personnel)
    desk.receipt(SHENYANG, "RegisterUnit", ON, unit="S1", name="某市局", channel="2101", level="city")
    desk.receipt(SHENYANG, "RecordHelpTies", ON, unit="S1", helped=[HOME], contacts=[])
    places = {"programme": LN2018, "tier": "city", "area": "2101", "places": 1, "basis": "市定"}
    desk.receipt(SHENYANG, "SetLocalQuota", ON, **places)
    quota = {"programme": LN2018, "unit": "S1", "townships": 0, "villages": 1, "basis": "编制"}
    desk.receipt(SHENYANG, "SetUnitQuota", ON, **quota)
    services.settle()
    scheme = {"programme": LN2018, "channel": "2101", "title": "方案", "units": ["S1"]}
    personnel.receipt(SHENYANG, "FileChannelScheme", ON, **scheme)
    nominee = cast.row(1, unit="S1", recipient="2101")
    personnel.receipt(OFFICE, "NominateCadre", ON, programme=LN2018, nominee=nominee)
    (found,) = personnel.query(SHENYANG, "nominations", programme=LN2018)
    passed = {"programme": LN2018, "unit": "S1", "nomination": found["nomination"], "result": "passed"}
    personnel.receipt(SHENYANG, "CheckNominee", "2018-04-23", **passed)
    services.settle()
    said = {"first_batch": "无", "need": "薄弱", "reason": "最近"}
    placing = {"target": NEAR, "unit": "S1", "person": found["person"], **said}
    channel = {"programme": LN2018, "channel": "2101"}
    desk.receipt(SHENYANG, "ProposePlacements", LATER, **channel, placements=[placing])
    desk.receipt(SHENYANG, "OpenReview", LATER, **channel)
    other = desk.refused(PROVINCE, "ConfirmPlacements", LATER, programme=LN2018, targets=[NEAR])
    assert (other["code"], other["kind"]) == ("city_confirms", "forbidden")
    desk.receipt(SHENYANG, "ConfirmPlacements", LATER, programme=LN2018, targets=[NEAR])
    services.settle()
    posting = {"postings": [f"{LN2018}.{NEAR}.1"]}
    personnel.receipt(OFFICE, "RecordHandover", "2018-04-28", **posting, items=["party_relation", "escort"])
    county = organ("county_org", NEAR[:6])
    personnel.receipt(county, "RecordHandover", "2018-05-02", **posting, items=["host_contact", "board_lodging"])
    services.settle()
