"""康平 and 岫岩: their cities file measures and report on them; who has filed none is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.service import Service
from services.allocation.wiring import SERVICE
from tests.kit.allocation.scenario import LN2002, PROVINCE, Swap2002, notices_and_areas
from tests.kit.desk import Desk, organ

SHENYANG, ANSHAN, FUSHUN = (organ("city_org", city) for city in ("2101", "2103", "2104"))
KANGPING, XIUYAN = "210123", "210323"
FILE, REPORT = "FileSupportMeasure", "ReportSupportMeasure"
EXCHANGE, ECONOMIC = "对口挂职锻炼", "经济扶持"
ON = "2002-07-01"


@pytest.fixture(scope="module")
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    desk = open_desk(SERVICE)
    notices_and_areas(desk)
    Swap2002(desk).defined()
    return desk


def measure(number: str, kind: str, city: str = "2101", pair: int = 16) -> dict[str, Any]:
    about = {"programme": LN2002, "city": city, "pair": pair, "measure": number, "kind": kind}
    return {**about, "title": "市内措施", "text": "合成措施"}


def done(number: str, city: str = "2101", pair: int = 16) -> dict[str, Any]:
    return {"programme": LN2002, "city": city, "pair": pair, "measure": number, "done": "合成落实情况"}


def lacking(desk: Desk, who: Any = PROVINCE) -> list[tuple[str, list[str], list[str]]]:
    rows = desk.query(who, "support_lacking", programme=LN2002)
    return [(row["poor_area"], row["unfiled"], row["unreported"]) for row in rows]


@pytest.mark.req("AL-062")
def test_each_city_files_and_reports_its_own_measures_and_a_pair_without_is_named(desk: Desk) -> None:
    both = [EXCHANGE, ECONOMIC]
    assert lacking(desk) == [(KANGPING, both, []), (XIUYAN, both, [])]
    # Another city: neither under its own code, nor under that of the city.
    own = desk.refused(FUSHUN, FILE, ON, **measure("1", EXCHANGE, "2104"))
    assert (own["code"], own["kind"], own["clause"]) == ("measure_of_others", "forbidden", "一")
    posing = desk.refused(FUSHUN, FILE, ON, **measure("1", EXCHANGE))
    assert (posing["code"], posing["kind"]) == ("foreign_area", "forbidden")
    crossed = desk.refused(ANSHAN, FILE, ON, **measure("1", EXCHANGE, "2103", 16))
    assert crossed["code"] == "measure_of_others"
    across = desk.refused(organ("city_org", "2109"), FILE, ON, **measure("1", EXCHANGE, "2109", 3))
    assert across["code"] == "pair_across"
    assert desk.refused(SHENYANG, FILE, ON, **measure("1", EXCHANGE, pair=99))["code"] == "pair_undefined"

    assert desk.command(SHENYANG, FILE, ON, **measure("1", EXCHANGE)) == {"SupportMeasureFiled": 1}
    assert lacking(desk) == [(KANGPING, [ECONOMIC], ["1"]), (XIUYAN, both, [])]
    assert lacking(desk, ANSHAN) == [(XIUYAN, both, [])]
    again = desk.refused(SHENYANG, FILE, ON, **measure("1", EXCHANGE))
    assert (again["code"], again["field"]) == ("measure_filed", "measure")
    desk.receipt(SHENYANG, FILE, ON, **measure("2", ECONOMIC))
    desk.receipt(SHENYANG, FILE, ON, **measure("3", "技术帮扶"))  # the printed list is open
    desk.receipt(ANSHAN, FILE, ON, **measure("1", EXCHANGE, "2103", 17))
    desk.receipt(ANSHAN, FILE, ON, **measure("2", ECONOMIC, "2103", 17))

    assert desk.refused(SHENYANG, REPORT, ON, **done("9"))["code"] == "measure_unknown"
    early = desk.refused(SHENYANG, REPORT, "2002-06-30", **done("1"))
    assert (early["code"], early["clause"]) == ("date_before_ground", "一")
    strange = desk.refused(ANSHAN, REPORT, "2003-05-01", **done("1", "2103", 16))
    assert strange["code"] == "measure_of_others"
    for number in ("1", "2", "2", "3"):
        assert desk.command(SHENYANG, REPORT, "2003-05-01", **done(number)) == {"SupportMeasureReported": 1}
    assert lacking(desk) == [(XIUYAN, [], ["1", "2"])]
    shown = desk.query(PROVINCE, "support_measures", programme=LN2002, city="2101")
    assert [(row["measure"], row["kind"], row["reports"]) for row in shown] == [
        ("1", EXCHANGE, 1), ("2", ECONOMIC, 2), ("3", "技术帮扶", 1)
    ]  # fmt: skip
    assert desk.query(ANSHAN, "support_measures", programme=LN2002, city="2101") == []
    assert desk.replays()
