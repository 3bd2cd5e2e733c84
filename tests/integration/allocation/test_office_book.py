"""Offices from a workbook: a whole city's townships and villages, every bad row told before one is entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gateway import roster
from kernel.service import Service
from kernel.testing import actor
from programmes import loader
from programmes.areas import registered
from services.allocation.wiring import SERVICE
from tests.kit.desk import Desk

PROVINCE = actor("province_org", areas=("21",), person="p-province")
CITY = actor("city_org", areas=("2107",), person="p-city")
COUNTY = actor("county_org", areas=("210726",), person="p-county")
ON = "2018-04-17"
INSIDE = registered("21").within("2107")
ORGANS = sorted(one.code for one in INSIDE if len(one.code) in (9, 12))


@pytest.fixture
def desk(open_desk: Callable[[Service], Desk]) -> Desk:
    """Allocation with the divisions of a city, and the programme that names the posts."""
    desk = open_desk(SERVICE)
    desk.receipt(PROVINCE, "PublishProfile", ON, profile=loader.load("LN2018").published())
    found = registered("21")
    counties = [found.get(one.code) for one in INSIDE if len(one.code) == 6]
    units = [[found.get("21"), found.get("2107")], *([one, *found.within(one.code)] for one in counties)]
    for unit in units:
        divisions = [{"code": one.code, "name": one.name} for one in unit]
        whole = {"root": unit[0].code, "divisions": divisions}
        desk.receipt(PROVINCE, "RegisterAreas", ON, edition="2023-06", units=[whole])
    return desk


def sheet(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that the gateway reads of a workbook: a secretary for each organ; ``changes`` by code after an "o"."""
    plain = {"office_post": "党委书记", "acting": "任职", "since": date(2018, 1, 1)}
    entries = [{"organ": code, **plain, "account": f"p-{code}", **changes.get(f"o{code}", {})} for code in ORGANS]
    entries.append({**plain, "organ": "210726", "office_post": "组织部部长", "account": "p-head"})
    acting = {"acting": "代理", "account": "p-acting", "since": "2018-07-01", "until": date(2018, 7, 31)}
    entries.append({**plain, "organ": ORGANS[0], **acting})
    return roster.rows(book(entries), roster.offices(), roster.MOST_OF_JOB)


def book(entries: list[dict[str, Any]]) -> bytes:
    """The workbook as somebody fills it in; a day may stand there as a day."""
    texts = [{k: v.isoformat() if isinstance(v, date) else v for k, v in entry.items()} for entry in entries]
    return roster.filled(roster.offices(), texts)


@pytest.mark.req("X-057")
def test_a_city_enters_all_its_offices_at_once(desk: Desk) -> None:
    asked: dict[str, Any] = {"area": "2107", "rows": sheet(), "first_row": 2}
    assert len(ORGANS) > 1000
    assert desk.command(CITY, "ImportOffices", ON, **asked) == {
        "OfficeHolderRecorded": len(ORGANS) + 1,
        "StandInRecorded": 1,
    }
    village = next(code for code in ORGANS if len(code) == 12)
    (held,) = desk.query(CITY, "office_holders", organ=village)
    assert (held["post"], held["person"], held["since"]) == ("party_secretary", f"p-{village}", "2018-01-01")
    (acting,) = desk.query(CITY, "stand_ins", organ=ORGANS[0])
    assert (acting["person"], acting["holder"], acting["until"]) == ("p-acting", f"p-{ORGANS[0]}", "2018-07-31")
    assert desk.replays()


WRONG: dict[int, tuple[dict[str, Any], str, str]] = {
    3: ({"office_post": "镇长"}, "post_unknown", "holders.post"),
    40: ({"since": "2018-02-30"}, "field_type", "since"),
    99: ({"organ": "211302"}, "foreign_area", "organ"),
    500: ({"acting": "代理"}, "stand_in_without_end", "until"),
    900: ({"until": "2017-12-31"}, "period_reversed", "holders.until"),
}


@pytest.mark.req("X-057")
def test_bad_rows_are_named_and_the_good_ones_enter_only_where_that_is_asked(desk: Desk) -> None:
    changes = {f"o{ORGANS[place]}": changed for place, (changed, _, _) in WRONG.items()}
    asked: dict[str, Any] = {"area": "2107", "rows": sheet(**changes), "first_row": 2}
    told = [(place + 2, code, field) for place, (_, code, field) in WRONG.items()]
    whole = desk.refused(CITY, "ImportOffices", ON, **asked)
    assert [(one["row"], one["code"], one["field"]) for one in whole["details"]] == told
    assert all(one["sentence"] and one["accepted"] for one in whole["details"])
    assert f"{len(ORGANS) + 2} 行中 5 行不合格，全部未收" in whole["sentence"]
    receipt = desk.receipt(CITY, "ImportOffices", ON, **asked, accept="good")
    assert receipt["events"] == {"OfficeHolderRecorded": len(ORGANS) + 1 - len(WRONG), "StandInRecorded": 1}
    assert [(one["item"], one["code"]) for one in receipt["result"]["refused"]] == [(n, code) for n, code, _ in told]


def test_who_is_not_above_enters_none(desk: Desk) -> None:
    rows = [{"organ": "210726", "office_post": "组织部部长", "account": "p-x", "acting": "任职", "since": "2018-01-01"}]
    own = desk.refused(COUNTY, "ImportOffices", ON, area="210726", rows=rows)
    assert (own["code"], own["kind"]) == ("office_of_own_organ", "forbidden")
    foreign = desk.refused(COUNTY, "ImportOffices", ON, area="2107", rows=rows)
    assert foreign["code"] == "foreign_area"
    twice = [{**rows[0], "organ": "210726102", "office_post": "党委书记"}] * 2
    assert desk.refused(COUNTY, "ImportOffices", ON, area="210726", rows=twice)["code"] == "period_overlaps"
