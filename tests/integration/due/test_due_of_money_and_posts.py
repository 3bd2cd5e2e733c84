"""What is due of a quarter's allowance, and of the posts of a swap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kernel.messages import Actor
from kernel.service import Service
from services.allocation.wiring import SERVICE as ALLOCATION
from tests.kit.allocation.scenario import AREAS, Swap2002
from tests.kit.attendance import paid
from tests.kit.attendance.paid import JINZHOU, NEIGHBOUR, posting
from tests.kit.desk import Desk, organ

PROVINCE = organ("province_org", "21")
LN2002 = "LN2002"


def due(desk: Desk, by: Actor, kind: str, on: str, *names: str, **asked: str) -> list[tuple[Any, ...]]:
    rows = desk.query(by, "due", 1000, as_of=on, kind=kind, **asked)
    return [tuple(row[name] for name in ("subject", *names)) for row in rows]


def test_the_allowance_of_a_whole_month_is_owed_once_its_quarter_is_over(open_desk: Callable[..., Desk]) -> None:
    desk = paid.open_office(open_desk)
    paid.arrive(desk, JINZHOU, "2018-06-02")  # June was served in part: of the second quarter nothing is owed
    paid.arrive(desk, NEIGHBOUR, "2018-05-02", tier="county")  # another tier is owed nothing at all
    paid.arrive(desk, paid.ELSEWHERE, "2018-05-02")  # the notice of another city
    shown = ("period", "area", "due_on", "overdue", "clause", "assumed")
    county, kind = paid.COUNTY, "quarter_allowance"
    assert due(desk, county, kind, "2018-09-30") == []
    owed = (posting(JINZHOU), "2018-Q3", "210727", "2018-10-31")
    assert due(desk, county, kind, "2018-10-31", *shown) == [(*owed, 0, "三.1", True)]
    assert due(desk, county, kind, "2018-11-01", *shown) == [(*owed, 1, "三.1", True)]
    assert due(desk, organ("county_org", "211321"), kind, "2018-11-01") == []
    paid.review(desk, "2018-Q3", "2018-10-10")
    desk.command(county, "PayAllowance", "2018-11-02", posting=posting(JINZHOU), quarter="2018-Q3")
    assert due(desk, county, kind, "2018-11-02") == []
    assert due(desk, county, kind, "2018-11-02", "met_on", "delay", state="met") == [
        (posting(JINZHOU), "2018-11-02", 2)
    ]


@pytest.fixture
def listed(open_desk: Callable[[Service], Desk]) -> tuple[Desk, dict[str, Any]]:
    """The swap of 2002 with its list fixed on 2 July, and one leg of it."""
    desk = open_desk(ALLOCATION)
    cities = AREAS.children("21")
    roots = [[AREAS.get("21"), *cities], *([county] for city in cities for county in AREAS.children(city.code))]
    for root in roots:
        divisions = [{"code": one.code, "name": one.name} for one in root]
        units = [{"root": root[0].code, "divisions": divisions}]
        desk.receipt(PROVINCE, "RegisterAreas", "2002-01-01", edition="2023-06", units=units)
    swap = Swap2002(desk)
    swap.defined()
    legs = swap.legs()
    desk.hear_all("personnel", "SwapLegNominated", "2002-06-27", legs)
    one = next(leg for leg in legs if leg["level"] == "county")
    assert due(desk, PROVINCE, "swap_post_proposed", "2002-07-01") == []
    desk.receipt(PROVINCE, "FixList", "2002-07-02", programme=LN2002)
    return desk, one


def test_the_province_proposes_a_post_and_the_receiving_city_agrees(listed: tuple[Desk, dict[str, Any]]) -> None:
    desk, one = listed
    city, other = organ("city_org", one["host"][:4]), organ("city_org", one["sending"][:4])
    data = {"programme": LN2002, "pair": one["pair"], "leg": one["leg"], "post": "副县长"}
    open_then = len(due(desk, PROVINCE, "swap_post_proposed", "2002-07-02"))
    assert (one["leg"],) in due(desk, PROVINCE, "swap_post_proposed", "2002-07-02")
    assert due(desk, city, "swap_post_agreed", "2002-07-03") == []
    desk.receipt(PROVINCE, "ProposePost", "2002-07-03", **data)
    assert len(due(desk, PROVINCE, "swap_post_proposed", "2002-07-03")) == open_then - 1
    shown = ("since", "due_on", "overdue", "area", "clause")
    agreeing = (one["leg"], "2002-07-03", None, 0, one["host"][:4], "二")
    assert due(desk, city, "swap_post_agreed", "2002-07-04", *shown) == [agreeing]
    assert due(desk, other, "swap_post_agreed", "2002-07-04", scope="area") == []
    desk.receipt(city, "AgreePost", "2002-07-05", **data, city=one["host"][:4])
    assert due(desk, city, "swap_post_agreed", "2002-07-05") == []
    assert due(desk, city, "swap_post_agreed", "2002-07-04") == [(one["leg"],)]
    assert due(desk, city, "swap_post_agreed", "2002-07-05", "met_on", state="met") == [(one["leg"], "2002-07-05")]
