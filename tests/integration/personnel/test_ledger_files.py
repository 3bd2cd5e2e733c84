"""Ledgers leave as workbooks for who manages the cadres, and come back in as the same rows."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gateway import ledger, roster, workbook
from gateway.exchange import Reply
from kernel.messages import Actor
from kernel.testing import actor
from services.personnel.ledger import named_queries
from tests.kit.desk import Desk
from tests.kit.gateway.files import Files
from tests.kit.personnel import cast, villages
from tests.kit.personnel.candidates import COUNTY, HOST, SX2015
from tests.kit.personnel.posted import posted
from tests.kit.personnel.told import told

CITY = actor("city_org", areas=("1409",), person="p-head")
FIRST, SECOND = "140928100200", "140928100201"
LEDGERS = "/api/v1/ledgers"


def table(reply: Reply, programme: str, kind: str) -> list[dict[str, Any]]:
    """The rows of a workbook, as they are read when it is handed in."""
    assert reply.status == 200, reply.body
    return roster.rows(body(reply), ledger.form(programme, kind))


def body(reply: Reply) -> bytes:
    """The file."""
    assert isinstance(reply.body, bytes), reply.body
    return reply.body


def problem(reply: Reply) -> tuple[int, str]:
    return reply.status, json.loads(reply.body)["code"]


def readings(desk: Desk, by: Actor) -> list[tuple[str, int]]:
    """What the log says this person read: by which question, of how many."""
    return [(one["purpose"], one["count"]) for one in desk.stored("PersonalDataRead") if one["reader"] == by.person]


@pytest.fixture(scope="module")
def office(open_desk: Callable[..., Desk]) -> Desk:
    """Liaoning: two cadres on post in villages of one county."""
    desk = told(open_desk)
    posted(desk)
    return desk


@pytest.fixture(scope="module")
def shanxi(open_desk: Callable[..., Desk]) -> Desk:
    """Shanxi: two first secretaries on post."""
    desk = villages.opened(open_desk)
    villages.kinds(desk, *villages.of_kind((FIRST, SECOND), registered_poor=True))
    villages.take_up(desk, *villages.assign(desk, (1, 2), (FIRST, SECOND)))
    return desk


def test_annex_4_goes_out_and_comes_back_as_the_same_rows(office: Desk) -> None:
    files, asked = Files(office), {"programme": "LN2018", "kind": "village"}
    out = files.get(cast.CHANNEL_OFFICE, LEDGERS, **asked)
    rows = table(out, "LN2018", "village")
    assert [list(row) for row in rows] == [
        ["row_no", "host_county", "name", "host_village", "host_post", "unit_and_post", "mobile", "remark"]
    ] * 2
    shown = office.query(cast.PROVINCE, "ledger", programme="LN2018", kind="village")
    assert rows == [{key: str(item[key]) for key in rows[0]} for item in shown]
    assert rows[0]["host_village"].startswith("刘龙台镇")
    taken = files.post(cast.CHANNEL_OFFICE, LEDGERS, body(out), **asked, channel=cast.CHANNEL, occurred_on="2018-05-03")
    assert (taken.status, json.loads(taken.body)["events"]) == (200, {"LedgerSubmitted": 1})
    sent = office.query(cast.PROVINCE, "submitted_rows", programme="LN2018")
    assert {(row["target"], row["person"]) for row in sent} == {(item["target"], item["person"]) for item in shown}


def test_names_go_to_who_manages_and_a_reading_is_recorded_before_the_file_leaves(office: Desk) -> None:
    files, asked = Files(office), {"programme": "LN2018", "kind": "village"}
    reader = actor("county_org", areas=("210727",), person="p-clerk")
    assert len(table(files.get(reader, LEDGERS, **asked), "LN2018", "village")) == 2
    assert readings(office, reader) == [("ledger_export", 2)]
    for stranger in (cast.UNIT_OFFICE, actor("auditor", areas=("21",)), actor("township", areas=("210727101",))):
        assert problem(files.get(stranger, LEDGERS, **asked)) == (403, "role_not_allowed")
    assert table_of_nothing(files.get(cast.OTHER_COUNTY, LEDGERS, **asked))
    assert problem(files.get(reader, LEDGERS, programme="LN2018", kind="city")) == (404, "ledger_unknown")
    assert problem(files.get(reader, LEDGERS, programme="QS2017", kind="village")) == (404, "ledger_unknown")
    assert problem(files.get(reader, LEDGERS, programme="LN2018")) == (400, "field_missing")


def test_a_cadre_is_found_by_name_by_who_manages_and_the_look_is_recorded(office: Desk) -> None:
    (first, second) = office.query(cast.PROVINCE, "ledger", programme="LN2018", kind="village")
    found = office.query(cast.COUNTY, "cadres_named", name=first["name"][:2])
    assert [(row["name"], row["posting"]) for row in found if row["posting"] == first["posting"]] == [
        (first["name"], first["posting"])
    ]
    (row,) = office.query(cast.CHANNEL_OFFICE, "cadres_named", name=f" {second['name']} ")
    assert (row["posting"], row["person"], row["target"]) == (second["posting"], second["person"], second["target"])
    looks = readings(office, cast.CHANNEL_OFFICE)
    assert looks[-1] == ("cadres_named", 2)
    assert office.query(cast.CHANNEL_OFFICE, "cadres_named", name="无此人") == []
    assert office.query(cast.OTHER_COUNTY, "cadres_named", name=first["name"]) == []
    for stranger in (cast.UNIT_OFFICE, actor("auditor", areas=("21",)), actor("township", areas=("210727101",))):
        assert office.asked(stranger, "cadres_named", name=first["name"])["code"] == "role_not_allowed"


def test_a_name_is_not_looked_for_in_more_than_are_opened_at_a_time(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(named_queries, "MOST", 1)
    before = office.log.head()
    refused = office.asked(cast.PROVINCE, "cadres_named", name="某")
    assert (refused["code"], refused["field"]) == ("name_search_too_wide", "county")
    assert office.log.head() == before


def table_of_nothing(reply: Reply) -> bool:
    """Whether it is the printed columns alone, as the empty workbook that is handed out."""
    return reply.status == 200 and body(reply)[:2] == b"PK" and b"139" not in body(reply)


def test_the_ledger_of_2015_goes_out_and_comes_back_and_its_statistics_are_counted(shanxi: Desk) -> None:
    files, asked = Files(shanxi), {"programme": SX2015}
    rows = filled_in(shanxi)
    nothing = files.get(CITY, LEDGERS, **asked, kind="city", city="1409")
    assert (nothing.status, tabs(nothing)) == (200, [ledger.NOTHING])
    # What the county fills in is the very table that is handed out empty.
    written = ledger.filled(SX2015, "city", rows)
    taken = files.post(HOST, LEDGERS, written, **asked, county=COUNTY, occurred_on="2015-07-14")
    assert (taken.status, json.loads(taken.body)["events"]) == (200, {"LedgerRowEntered": 2})
    out = files.get(CITY, LEDGERS, **asked, kind="city", city="1409")
    back = table(out, SX2015, "city")
    assert tabs(out) == ["台账"]
    assert [row | {"row_no": "1"} for row in back] == rows
    assert readings(shanxi, CITY)[-1] == ("city_ledger_export", 2)
    again = files.post(HOST, LEDGERS, body(out), **asked, county=COUNTY, occurred_on="2015-07-14")
    assert (again.status, json.loads(again.body)["events"]) == (200, {})
    edited = files.post(CITY, LEDGERS, body(out), **asked, county=COUNTY, occurred_on="2015-07-14")
    assert problem(edited) == (403, "not_your_business")
    figures = files.get(CITY, f"{LEDGERS}/statistics", **asked, city="1409")
    sheet = workbook.read(body(figures), 100).cells
    assert sheet[0][:5] == ["市、县（市、区）", "第一书记人数", "省派", "市派", "县派"]
    assert [line[:5] for line in sheet[1:]] == [["忻州市", "2", "2", "0", "0"], ["五寨县", "2", "2", "0", "0"]]


def tabs(reply: Reply) -> list[str]:
    """What the sheets of a workbook are called."""
    return CalamineWorkbook.from_filelike(io.BytesIO(body(reply))).sheet_names


def filled_in(desk: Desk) -> list[dict[str, Any]]:
    """What the county writes of who is on post."""
    kept = ("host_county", "name", "host_village", "host_post", "unit_and_post", "mobile")
    more = {"row_no": "1", "remark": "", "term": "24个月", "tier": "省", "village_kind": "建档立卡贫困村"}
    items = desk.query(HOST, "ledger", programme=SX2015)
    return [{**{key: item[key] for key in kept}, **more} for item in items]


def test_five_bad_rows_are_named_with_cell_and_reason_and_nothing_enters(shanxi: Desk) -> None:
    files = Files(shanxi)
    head = len(shanxi.query(HOST, "ledger_rows", programme=SX2015))
    row, _ = filled_in(shanxi)
    bad = [{**row, "mobile": "1390000000"}, {**row, "host_village": "东关村"}, {**row, "tier": "中央"}]
    reply = files.post(
        HOST, LEDGERS, ledger.filled(SX2015, "city", bad), programme=SX2015, county=COUNTY, occurred_on="2015-07-14"
    )
    told_of = [(one["row"], one["field"], one["code"]) for one in json.loads(reply.body)["errors"]]
    assert told_of == [
        (2, "mobile", "mobile_invalid"),
        (3, "host_village", "ledger_place_wrong"),
        (4, "tier", "choice_unknown"),
        (4, "host_village", "ledger_row_twice"),
    ]
    assert reply.status == 422
    assert len(shanxi.query(HOST, "ledger_rows", programme=SX2015)) == head


def test_the_form_is_a_file_for_whom_the_form_is_shown(office: Desk) -> None:
    files = Files(office)
    nomination = office.query(cast.PROVINCE, "nominations", programme="LN2018")[0]["nomination"]
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        reply = files.get(cast.COUNTY, f"/api/v1/forms/{nomination}/{kind}")
        assert (reply.status, body(reply)[: len(begins)]) == (200, begins)
    assert readings(office, cast.COUNTY)[-1] == ("form", 1)
    assert problem(files.get(cast.OTHER_COUNTY, f"/api/v1/forms/{nomination}/pdf")) == (404, "nomination_not_shown")
    assert problem(files.get(cast.COUNTY, f"/api/v1/forms/{nomination}/txt")) == (404, "path_unknown")
