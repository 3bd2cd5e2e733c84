"""A channel's ledger goes to the province with the forms of the same persons, row by row (PE-006, X-020)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from programmes import loader
from tests.kit.desk import Desk
from tests.kit.personnel import cast
from tests.kit.personnel.told import told

ON = "2018-04-25"
TOWNSHIP = {"kind": "乡镇", "intended_unit_and_post": "乡镇党委第一副书记 待分配"}


def line(n: int, village: str, **changes: Any) -> dict[str, Any]:
    """The row of annex 4 of the n-th synthetic person."""
    about = {
        "row_no": str(n),
        "host_county": "义县",
        "name": f"合成人员{n:04d}",
        "host_village": village,
        "host_post": "村党组织第一书记",
        "unit_and_post": "某单位 科员",
        "mobile": cast.mobile(n),
        "remark": "",
    }
    return {**about, **changes}


def township_line(n: int, township: str) -> dict[str, Any]:
    """The row of annex 3, whose columns are assumed."""
    row = {**line(n, "", host_post="乡镇党委第一副书记"), "host_township": township}
    del row["host_village"]
    return row


def send(*rows: dict[str, Any], channel: str = cast.CHANNEL) -> dict[str, Any]:
    return {"programme": "LN2018", "channel": channel, "rows": list(rows), "first_row": 2}


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    """Three nominees of one unit, a township's and two villages'; the first two passed the check."""
    desk = told(open_desk)
    scheme = {"programme": "LN2018", "channel": cast.CHANNEL, "title": "方案", "units": ["U01"]}
    desk.command(cast.CHANNEL_OFFICE, "FileChannelScheme", "2018-04-17", **scheme)
    rows = [cast.row(1, **TOWNSHIP), cast.row(2), cast.row(3)]
    desk.receipt(cast.PROVINCE, "ImportNominees", "2018-04-18", programme="LN2018", rows=rows)
    for place in ("township-1", "village-1"):
        check(desk, place)
    return desk


def nominations(desk: Desk) -> dict[str, dict[str, Any]]:
    return {row["place"]: row for row in desk.query(cast.PROVINCE, "nominations", programme="LN2018")}


def check(desk: Desk, place: str) -> None:
    nomination = nominations(desk)[place]["nomination"]
    data = {"programme": "LN2018", "unit": "U01", "nomination": nomination, "result": "passed"}
    desk.command(cast.CHANNEL_OFFICE, "CheckNominee", "2018-04-23", **data)


def faults(desk: Desk, *rows: dict[str, Any], by: Any = cast.CHANNEL_OFFICE) -> list[tuple[int, str, str]]:
    """(row, field, code) of everything the submission is refused for."""
    problem = desk.refused(by, "SubmitLedger", ON, **send(*rows))
    return [(one["row"], one["field"], one["code"]) for one in problem["details"]]


@pytest.mark.req("X-020")
def test_a_village_holds_township_and_village_and_a_mobile_eleven_digits(office: Desk) -> None:
    good = line(2, "刘龙台镇河南村")
    wrong = "host_village", "ledger_place_wrong"
    for village in ("河南村", "刘龙台镇", "某镇河南村", "刘龙台镇某村", "河南村刘龙台镇"):
        assert faults(office, {**good, "host_village": village}) == [(2, *wrong)], village
    for mobile in (cast.mobile(2)[:-1], cast.mobile(2) + "0", "0416-1234567"):
        assert (2, "mobile", "mobile_invalid") in faults(office, {**good, "mobile": mobile}), mobile
    problem = office.refused(cast.CHANNEL_OFFICE, "SubmitLedger", ON, **send({**good, "host_village": "河南村"}))
    assert (problem["field"], problem["clause"], problem["accepted"]) == ("rows[2].host_village", "附件4", "××镇××村")
    short = {key: value for key, value in good.items() if key != "host_post"}
    assert faults(office, short)[0] == (2, "host_post", "field_missing")
    assert (2, "term", "field_unknown") in faults(office, {**good, "term": "24个月"})
    # The eight columns, in their order; those of annex 3 are assumed alike and name the township.
    rules = loader.load("LN2018").rules
    villages, townships = (rules[f"ledger.{kind}_columns"] for kind in ("village", "township"))
    printed = ["序号", "派驻县 (市、区)", "姓名", "派驻村名称", "派驻职务", "工作单位及职务", "手机号码", "备注"]
    assert [column["printed"] for column in villages["value"]] == printed
    assert [column["printed"] for column in townships["value"]] == [*printed[:3], "派驻乡镇名称", *printed[4:]]
    assert (villages["origin"], townships["origin"]) == ("printed", "assumed")
    assert faults(office, {**township_line(1, "刘龙台镇"), "host_township": "刘龙台镇河南村"}) == [
        (2, "host_township", "ledger_place_wrong")
    ]


@pytest.mark.req("PE-006")
def test_a_row_without_its_form_is_refused_and_the_reverse(office: Desk) -> None:
    first, second = township_line(1, "刘龙台镇"), line(2, "刘龙台镇河南村")
    # The third has not passed the check: there is no form to go with the row.
    assert faults(office, first, second, line(3, "刘龙台镇刘东村")) == [(4, "name", "ledger_form_missing")]
    assert faults(office, first, line(9, "刘龙台镇河南村")) == [(3, "name", "ledger_form_missing")]
    assert faults(office, first, {**second, "mobile": cast.mobile(7)}) == [(3, "name", "ledger_form_missing")]
    assert faults(office, first, {**second, "unit_and_post": "他单位"}) == [(3, "unit_and_post", "ledger_differs")]
    # A village's nominee on the ledger of the townships is no row of that form.
    assert faults(office, township_line(2, "刘龙台镇"))[0] == (2, "name", "ledger_form_missing")
    twice = faults(office, first, second, second)
    assert twice == [(4, "host_village", "ledger_row_twice")]
    bare = office.refused(cast.CHANNEL_OFFICE, "SubmitLedger", ON, **send(second))
    missing = nominations(office)["township-1"]["nomination"]
    assert (bare["code"], bare["clause"], missing in bare["sentence"]) == ("ledger_row_missing", "五.3", True)
    stranger = office.refused(cast.ENTERPRISE_OFFICE, "SubmitLedger", ON, **send(first, second))
    assert stranger["kind"] == "forbidden"
    assert office.query(cast.PROVINCE, "submitted_rows", programme="LN2018") == []

    assert office.command(cast.CHANNEL_OFFICE, "SubmitLedger", ON, **send(first, second)) == {"LedgerSubmitted": 1}
    (sent,) = office.stored("LedgerSubmitted")
    assert (sent["edition"], sent["medium"], [row["target"] for row in sent["rows"]]) == (
        1,
        "electronic",
        ["210727101", cast.TARGET],
    )
    assert office.query(cast.ENTERPRISE_OFFICE, "submitted_rows", programme="LN2018") == []
    # What was sent is not sent again; who passes later goes in the next edition.
    assert faults(office, second) == [(2, "name", "ledger_form_missing")]
    check(office, "village-2")
    third = office.command(cast.CHANNEL_OFFICE, "SubmitLedger", ON, **send(line(3, "刘龙台镇刘东村")))
    assert third == {"LedgerSubmitted": 1}
    rows = office.query(cast.CHANNEL_OFFICE, "submitted_rows", programme="LN2018")
    assert sorted((row["edition"], row["kind"], row["target"]) for row in rows)[:2] == [
        (1, "township", "210727101"),
        (1, "village", cast.TARGET),
    ]
    assert len(rows) == 3
    assert office.replays()
