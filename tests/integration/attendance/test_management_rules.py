"""A county's rules of management: who has none is listed, and a later version changes no earlier finding (AT-029)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.attendance.wiring import SERVICE
from tests.kit.desk import Desk, organ

COUNTY, OTHER, CITY = organ("county_org", "140925"), organ("county_org", "140927"), organ("city_org", "1409")
ABOUT = {"programme": "SX2015", "county": "140925"}
DOCUMENT = {**ABOUT, "title": "宁武县第一书记管理办法"}


@pytest.mark.req("AT-029")
def test_a_county_without_rules_is_listed_and_a_finding_keeps_the_version_of_its_day(
    open_desk: Callable[..., Desk],
) -> None:
    desk = open_desk(SERVICE, province="14")
    desk.hear_profiles("SX2015", on="2015-06-24")
    for target in ("140925101201", "140927101201"):
        cadre = {"programme": "SX2015", "posting": f"SX2015.{target}.1", "person": f"p-{target}", "target": target}
        desk.hear("personnel", "CadreOnPost", "2015-08-01", **cadre, kind="village", role="村党组织第一书记")

    def lacking() -> list[str]:
        return [row["county"] for row in desk.query(CITY, "management_rules_lacking", programme="SX2015")]

    def cited(on: str, finding: str) -> Any:
        desk.command(COUNTY, "CiteArticle", on, **ABOUT, article="第五条", finding=finding)
        return desk.stored("ArticleCited")

    assert lacking() == ["140925", "140927"]
    early = desk.refused(COUNTY, "CiteArticle", "2015-08-31", **ABOUT, article="第五条", finding="attendance:1")
    assert (early["code"], early["clause"]) == ("rules_not_in_force", "五.4")
    foreign = desk.refused(OTHER, "FileManagementRules", "2015-09-01", **DOCUMENT, document="sha256:1")
    assert (foreign["code"], foreign["kind"]) == ("foreign_area", "forbidden")
    desk.command(COUNTY, "FileManagementRules", "2015-09-01", **DOCUMENT, document="sha256:1")
    assert lacking() == ["140927"]
    first = cited("2015-10-01", "attendance:1")
    assert [(c["finding"], c["version"]) for c in first] == [("attendance:1", 1)]
    desk.command(COUNTY, "FileManagementRules", "2015-11-01", **DOCUMENT, document="sha256:2")
    # Entered late: the finding of the day before the second version rests on the first.
    cited("2015-10-31", "attendance:2")
    later = cited("2015-11-01", "attendance:3")
    assert later[:1] == first
    assert [(c["finding"], c["version"]) for c in later] == [
        ("attendance:1", 1),
        ("attendance:2", 1),
        ("attendance:3", 2),
    ]
    assert desk.replays()


@pytest.mark.req("AT-029")
def test_versions_follow_each_other_by_date_and_are_of_a_county(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(SERVICE, province="14")
    desk.hear_profiles("SX2015", on="2015-06-24")
    desk.command(COUNTY, "FileManagementRules", "2015-09-01", **DOCUMENT, document="sha256:1")
    back = desk.refused(COUNTY, "FileManagementRules", "2015-08-31", **DOCUMENT, document="sha256:2")
    assert (back["code"], back["field"], back["clause"]) == ("date_before_ground", "occurred_on", "五.4")
    village = {**DOCUMENT, "county": "140925101201"}
    low = desk.refused(COUNTY, "FileManagementRules", "2015-09-02", **village, document="sha256:3")
    assert (low["code"], low["field"]) == ("not_a_county", "county")
