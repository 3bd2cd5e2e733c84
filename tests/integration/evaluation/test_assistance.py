"""Every village has a plan, every poor one its households on file; who lacks them is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from services.allocation.demand.demand_state import VillageKinds
from tests.kit.desk import Desk, organ
from tests.kit.evaluation import schemes
from tests.kit.evaluation.schemes import CADRE, COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE
from tests.kit.evaluation.works import owed
from tests.kit.personnel import villages

OWN = Actor("p-1", "选派干部", "p-1", "cadre")
OTHER = f"{VILLAGE[:9]}202"
TAG = "推动精准扶贫"


def refused(desk: Desk, by: Actor, name: str, on: str, **data: Any) -> tuple[str, str | None]:
    """The code and clause of a refusal, after which nothing new is stored."""
    before = desk.counts()
    problem = desk.refused(by, name, on, **data)
    assert desk.counts() == before
    return problem["code"], problem["clause"]


@pytest.mark.req("EV-009")
@pytest.mark.req("PE-042")
def test_a_village_without_a_plan_is_listed(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    last = ("", "2015-10-16")  # ninety days from 18 July
    assert owed(desk, TOWNSHIP, "village_plan", "2015-10-16") == [(*last, 0)]
    (row,) = desk.query(OWN, "due", kind="village_plan", as_of="2015-10-17")
    assert (row["subject"], row["overdue"], row["assumed"], row["clause"]) == (VILLAGE, 1, True, "四.2")
    group = {"posting": CADRE, "group": "因病致贫", "households": 7, "content": "送医上门，落实救助", "tag": TAG}
    for wrong in ({"households": None}, {"households": 0}, {"group": None}):
        assert refused(desk, OWN, "FileAssistancePlan", "2015-09-01", **{**group, **wrong})[0] == "group_households"
    assert refused(desk, OWN, "FileAssistancePlan", "2015-07-17", **group) == ("work_off_post", "四.2")
    for tag in (None, "办合作社"):
        assert refused(desk, OWN, "FileAssistancePlan", "2015-09-01", **{**group, "tag": tag}) == (
            "duty_group_unknown", "四",
        )  # fmt: skip
    progress = {"posting": CADRE, "text": "合作社已登记", "tag": TAG}
    assert desk.command(OWN, "FileAssistancePlan", "2015-09-01", **group) == {"AssistancePlanFiled": 1}
    assert refused(desk, OWN, "LogAssistanceProgress", "2015-11-01", **progress)[0] == "assistance_plan_missing"
    # The measures for a group are no plan of the village.
    assert owed(desk, TOWNSHIP, "village_plan", "2015-10-17") == [(*last, 1)]
    plan = {"posting": CADRE, "content": "修路，办合作社", "tag": TAG}
    desk.receipt(OWN, "FileAssistancePlan", "2015-10-20", **plan)
    desk.receipt(TOWNSHIP, "FileAssistancePlan", "2015-12-01", **plan)
    assert refused(desk, OWN, "LogAssistanceProgress", "2015-11-01", **{**progress, "tag": "六个一"})[0] == (
        "duty_group_unknown"
    )
    desk.receipt(OWN, "LogAssistanceProgress", "2015-11-01", **progress)
    assert owed(desk, TOWNSHIP, "village_plan", "2015-10-19") == [(*last, 3)]
    assert owed(desk, TOWNSHIP, "village_plan", "2015-10-20") == []
    rows = desk.query(COUNTY, "assistance_plans")
    assert [(row["household_group"], row["version"], row["households"]) for row in rows] == [
        ("", 1, 0), ("", 2, 0), ("因病致贫", 1, 7),
    ]  # fmt: skip
    (told,) = desk.query(COUNTY, "assistance_progress")
    assert (told["logged_on"], told["tag"]) == ("2015-11-01", TAG)
    assert desk.query(OTHER_COUNTY, "assistance_plans") == []
    assert desk.replays()


@pytest.mark.req("EV-043")
def test_a_poor_village_without_a_filing_is_named(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    villages.kinds(desk, VillageKinds(VILLAGE, False, True), VillageKinds(OTHER, True, False))
    first = ("2015", "2015-12-31")
    assert owed(desk, TOWNSHIP, "households_filed", "2015-12-31") == [(*first, 0)]
    rows = desk.query(COUNTY, "due", kind="households_filed", as_of="2016-01-01")
    assert [(row["subject"], row["period"], row["overdue"], row["assumed"]) for row in rows] == [
        (VILLAGE, "2015", 1, True),
        (VILLAGE, "2016", 0, True),
    ]
    filing = {
        "programme": "SX2015", "target": VILLAGE, "year": "2015", "households": 43, "document": "建档立卡表〔2015〕1号",
    }  # fmt: skip
    assert refused(desk, TOWNSHIP, "FileHouseholds", "2015-12-31", **{**filing, "target": OTHER}) == (
        "village_not_poor", "四.2",
    )  # fmt: skip
    assert refused(desk, TOWNSHIP, "FileHouseholds", "2015-12-31", **{**filing, "year": "2016"})[0] == (
        "households_early"
    )
    assert refused(desk, TOWNSHIP, "FileHouseholds", "2015-12-31", **{**filing, "households": -1})[0] == (
        "households_negative"
    )
    # Of the members nothing is taken in.
    assert refused(desk, TOWNSHIP, "FileHouseholds", "2015-12-31", **filing, members=["张三"])[0] == "field_unknown"
    assert refused(desk, OTHER_COUNTY, "FileHouseholds", "2015-12-31", **filing)[0] == "foreign_area"
    assert desk.command(TOWNSHIP, "FileHouseholds", "2015-12-31", **filing) == {"HouseholdsFiled": 1}
    assert owed(desk, TOWNSHIP, "households_filed", "2015-12-30") == [(*first, 0)]
    assert owed(desk, TOWNSHIP, "households_filed", "2016-01-01") == [("2016", "2016-12-31", 0)]
    (row,) = desk.query(COUNTY, "households_filed", year="2015")
    assert (row["target"], row["households"], row["filed_on"]) == (VILLAGE, 43, "2015-12-31")
    assert desk.query(organ("township", "140927100"), "households_filed") == []
    assert desk.replays()


@pytest.mark.req("EV-043")
def test_a_village_poor_a_second_time_owes_the_years_of_both_times(open_desk: Callable[..., Desk]) -> None:
    desk = schemes.shanxi(open_desk)
    for poor, on in ((True, "2015-06-30"), (False, "2016-03-01"), (True, "2018-05-10")):
        villages.kinds(desk, VillageKinds(VILLAGE, False, poor), on=on)
    years = {on: [row[0] for row in owed(desk, TOWNSHIP, "households_filed", on)] for on in DAYS}
    assert years == DAYS
    filing = {"programme": "SX2015", "target": VILLAGE, "households": 43, "document": "建档立卡表"}
    assert refused(desk, TOWNSHIP, "FileHouseholds", "2017-12-31", **filing, year="2017")[0] == "village_not_poor"
    # Poor in January and February, the village is asked for the year on its last day.
    for year in ("2016", "2018"):
        desk.receipt(TOWNSHIP, "FileHouseholds", f"{year}-12-31", **filing, year=year)
    # Told late, it had been poor since the year before.
    villages.kinds(desk, VillageKinds(VILLAGE, False, True), on="2014-11-01")
    assert [row[0] for row in owed(desk, TOWNSHIP, "households_filed", "2019-06-01")] == ["2014", "2015", "2019"]
    assert desk.replays()


DAYS = {
    "2015-06-29": [],
    "2016-02-29": ["2015", "2016"],
    "2017-06-01": ["2015", "2016"],
    "2018-05-09": ["2015", "2016"],
    "2018-05-10": ["2015", "2016", "2018"],
    "2019-01-01": ["2015", "2016", "2018", "2019"],
}
"""By day the years that are owed."""
