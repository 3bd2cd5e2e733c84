"""The roster of reserves and the fact sheet of one as workbooks, in the printed columns and fields."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from gateway import ledger, roster, workbook
from gateway.exchange import Reply
from programmes import loader
from tests.kit.desk import Desk
from tests.kit.gateway.files import Files
from tests.kit.personnel import cast
from tests.kit.personnel.pool import BRANCH, COMMITTEE, NEXT, OFFICE, QS2017, Pool

HELPER = {"helper": "h-1", "group": "乡镇领导班子成员", "about": {"name": "合成帮带", "post": "副书记"}}
SESSION = {"kind": "concentrated", "mode": "县委党校集中培训", "content": "政策理论", "days": 5}
LEDGERS = "/api/v1/ledgers"


@pytest.fixture
def pool(open_desk: Callable[..., Desk]) -> Pool:
    pool = Pool(open_desk)
    pool.announce()
    return pool


def body(reply: Reply) -> bytes:
    assert isinstance(reply.body, bytes), reply.body
    return reply.body


def test_fourteen_columns_go_out_as_the_county_shows_them_and_read_back_as_the_same_rows(pool: Pool) -> None:
    one, _ = pool.active(40), pool.active(41, NEXT)
    pool.take(COMMITTEE, "AssignHelper", "2017-11-01", one, **HELPER)
    files, asked = Files(pool.desk), {"programme": QS2017, "kind": "reserves", "as_of": "2017-11-30"}
    rows = roster.rows(body(files.get(OFFICE, LEDGERS, **asked)), ledger.form(QS2017, "reserves"))
    shown = pool.desk.query(OFFICE, "reserve_roster", programme=QS2017, as_of="2017-11-30")
    assert rows == [{key: str(value) for key, value in row.items()} for row in shown]
    assert len(rows[0]) == 14
    assert {row["helper_name_and_post"] for row in rows} == {"合成帮带 副书记", ""}
    read = [one for one in pool.desk.stored("PersonalDataRead") if one["purpose"] == "reserve_roster"]
    assert {one["reader"] for one in read} == {OFFICE.person}
    refused = files.get(BRANCH, LEDGERS, **asked)
    assert (refused.status, json.loads(str(refused.body))["code"]) == (403, "role_not_allowed")
    undated = files.get(OFFICE, LEDGERS, programme=QS2017, kind="reserves")
    assert undated.status == 400


def test_the_fact_sheet_has_every_printed_field_and_four_quarters(pool: Pool) -> None:
    reserve = pool.active(20)
    person = reserve.partition(".")[2]
    pool.take(OFFICE, "RecordReserveTraining", "2018-06-04", reserve, **SESSION)
    pool.take(COMMITTEE, "AssignHelper", "2017-11-01", reserve, **HELPER)
    pool.take(
        COMMITTEE, "RecordHelperTalk", "2018-08-20", reserve, helper="h-1", content="产业发展", opinion="进步明显"
    )
    files = Files(pool.desk)
    sheet = workbook.read(
        body(files.get(COMMITTEE, f"/api/v1/fact-sheets/{person}", programme=QS2017, year="2018")), 200
    )
    lines = [(line[1], line[2]) for line in sheet.cells[1:]]
    printed = [field["printed"] for field in loader.load(QS2017).rules["record.fields"]["value"]]
    assert list(dict.fromkeys(name for name, _ in lines)) == list(dict.fromkeys(printed))
    said = dict(lines)
    assert (said["姓名"], said["电话号码"], said["从事职业"]) == ("合成人员0020", cast.mobile(20), "种植")
    assert (said["培训方式"], said["培训天数"], said["培训时间"]) == ("县委党校集中培训", "5", "2018-06-04")
    assert [text for name, text in lines if name == "帮扶内容"] == [
        "第 1 季度", "第 2 季度", "第 3 季度：产业发展", "第 4 季度"
    ]  # fmt: skip
    assert len([text for name, text in lines if name == "乡镇评定意见"]) == 4
    assert pool.desk.stored("PersonalDataRead")[-1]["purpose"] == "reserve_sheet"
    assert files.get(BRANCH, f"/api/v1/fact-sheets/{person}", programme=QS2017, year="2018").status == 403
