"""Rosters: what a good workbook becomes, and how each broken one is told. Every person here is synthetic."""

from __future__ import annotations

import io
import re
import shlex
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from gateway import roster, workbook
from gateway.openapi_places import PATHS
from kernel.errors import BadInput, Unknown
from services.personnel.schemas import COMMANDS
from tests.kit.gateway.rosters import FORM, HEADERS, HIDDEN, KEYS, ROW, book, line, refused


def filtered(sheet: Any) -> None:
    """A filter that shows no row, as spreadsheet programs leave one behind."""
    sheet.autofilter("A1:AI2")
    sheet.filter_column(0, "x == 甲")
    sheet.set_row(1, None, None, {"hidden": True})


def behind(made: Any, sheet: Any, text: str = "") -> None:
    """The filled sheet hidden behind two others."""
    made.add_worksheet("第二张").activate()
    made.add_worksheet("第三张").write(0, 0, text)
    sheet.hide()


def test_the_columns_are_the_27_of_the_form_and_8_beside_them() -> None:
    assert len(FORM.columns) == 27 + 8
    assert len(set(KEYS)) == len(set(HEADERS)) == 35
    assert HEADERS[:3] == ["姓名", "性别", "出生年月"]
    assert HEADERS[27:29] == ["身份证号码", "手机号码"]
    assert FORM.notice is not None


def test_a_row_comes_out_by_key_with_its_texts_as_they_stand() -> None:
    (row,) = roster.rows(book(line(kind=" 村 ", copies=5)), FORM)
    assert row == {**ROW, "kind": " 村 "}


def test_the_order_of_columns_is_free_and_brackets_may_be_wide() -> None:
    wide = [h.replace("(", "（").replace(")", "）") for h in HEADERS]
    (row,) = roster.rows(book(line()[::-1], header=wide[::-1]), FORM)
    assert row == ROW


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (b"", "roster_not_xlsx", "body"),
        (b"name,sex\n", "roster_not_xlsx", "body"),
        (book(line())[:-40], "roster_not_xlsx", "body"),
        (book(line(), header=HEADERS[:-1]), "roster_column_unknown", "（空）"),
        (book(line()[:-1], header=HEADERS[:-1]), "roster_column_missing", "报送对象"),
        (book([*line(), "x"]), "roster_column_unknown", "（空）"),
        (book([*line(), "x"], header=[*HEADERS, "备注"]), "roster_column_unknown", "备注"),
        (book([*line(), "x"], header=[*HEADERS, "姓名"]), "roster_column_twice", "姓名"),
        (book(), "roster_empty", "第 2 行"),
        (book(header=[]), "roster_header_missing", "第 1 行"),
        (book(line(), [], line()), "roster_blank_row", "第 3 行"),
        (book(line(), line(), touch=lambda b, s: s.set_row(2, None, None, HIDDEN)), "roster_hidden", "第 3 行"),
        (book(line(), line(), touch=lambda b, s: s.set_row(2, 0)), "roster_hidden", "第 3 行"),
        (book(line(), touch=lambda b, s: s.set_column("D:E", None, None, HIDDEN)), "roster_hidden", "D 列"),
        (book(line(), touch=lambda b, s: filtered(s)), "roster_hidden", "第 2 行"),
        (book(line(), touch=lambda b, s: behind(b, s)), "roster_sheet_hidden", "s0"),
        (book(line(), touch=lambda b, s: behind(b, s, "x")), "roster_sheets", "第三张"),
        (book(line(), touch=lambda b, s: s.merge_range("A2:A3", "甲")), "roster_merged", "A2:A3"),
        (book(line(), touch=lambda b, s: s.merge_range("A1:B1", "姓名")), "roster_merged", "A1:B1"),
        (book(line(), sheets=2), "roster_sheets", "s1"),
        (book(line(), touch=lambda b, s: s.write("XFD1048576", "x")), "roster_too_large", "body"),
        (book(line(), touch=lambda b, s: s.write("A5002", "x")), "roster_too_large", "body"),
    ],
)
def test_a_table_that_could_be_misread_is_refused(body: bytes, code: str, field: str) -> None:
    error = refused(body)
    assert (error.code, error.field) == (code, field)
    if code not in ("roster_not_xlsx", "roster_sheets", "roster_sheet_hidden", "roster_too_large"):
        assert error.notice == FORM.notice


def test_everything_that_is_wrong_with_a_table_is_told_at_once() -> None:
    header = [*HEADERS[1:], "备注"]
    error = refused(book(line(), [], line(), header=header, touch=lambda b, s: s.merge_range("A9:B9", "甲")))
    told = [(detail["code"], detail["field"]) for detail in error.details]
    assert told == [
        ("roster_merged", "A9:B9"),
        ("roster_column_unknown", "备注"),
        ("roster_column_missing", "姓名"),
        *(("roster_blank_row", f"第 {row} 行") for row in (3, 5, 6, 7, 8)),
    ]
    assert "共 8 处" in error.sentence
    assert all("LN2018" in str(detail["accepted"]) for detail in error.details)


def test_a_part_with_entities_of_its_own_is_no_worksheet() -> None:
    laugh = '<!DOCTYPE worksheet [<!ENTITY a "x">]><worksheet><sheetData/></worksheet>'
    body = io.BytesIO(book(line()))
    with zipfile.ZipFile(body, "a") as parts:
        parts.writestr("xl/worksheets/sheet9.xml", laugh)
    assert refused(body.getvalue()).code == "roster_not_xlsx"


def test_every_missing_column_is_named() -> None:
    error = refused(book(line()[2:], header=HEADERS[2:]))
    assert [detail["field"] for detail in error.details] == ["姓名", "性别"]


def test_a_file_that_unpacks_to_too_much_is_not_unpacked() -> None:
    file = io.BytesIO(book(line()))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/zeros", bytes((64 << 20) + 1))
    assert len(file.getvalue()) < 200_000
    with pytest.raises(BadInput) as caught:
        workbook.read(file.getvalue(), 100)
    assert caught.value.code == "roster_too_large"


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("hello.txt", "hello")
    assert refused(file.getvalue()).code == "roster_not_xlsx"


def test_the_template_has_the_header_and_takes_what_is_written_back() -> None:
    assert refused(roster.filled(FORM)).code == "roster_empty"
    assert roster.rows(roster.filled(FORM, [ROW, ROW]), FORM) == [ROW] * 2


@pytest.mark.parametrize("programme", roster.programmes())
def test_columns_of_choice_offer_the_words_people_write(programme: str) -> None:
    with zipfile.ZipFile(io.BytesIO(roster.filled(roster.form(programme)))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    offered = dict(re.findall(r'sqref="([A-Z]+)2:[A-Z]+5001"[^/]*?<formula1>&quot;(.*?)&quot;</formula1>', sheet))
    offered = offered or dict(re.findall(r'sqref="([A-Z]+)2:[A-Z]+5001"[^/]*?<formula1>"(.*?)"</formula1>', sheet))
    assert offered == {"B": "男,女", "AE": "乡镇,村", "AF": "组织推荐,个人自愿报名"}
    assert [HEADERS[at] for at in (1, 30, 31)] == ["性别", "拟派类型(乡镇/村)", "产生方式"]


def test_a_programme_whose_nominees_come_otherwise_has_no_roster() -> None:
    assert roster.programmes() == ("LN2018",)
    for programme in ("XX", "JZ", "LN2002", "../LN2018"):
        with pytest.raises(Unknown) as caught:
            roster.form(programme)
        assert caught.value.code == "programme_unknown"


@pytest.mark.parametrize(
    ("programme", "way"),
    [("SX2015", "FileApplications"), ("QS2017", "RecommendReserve"), ("LN2002", "NominateLegs")],
)
def test_a_programme_without_a_roster_says_how_its_persons_come(programme: str, way: str) -> None:
    with pytest.raises(Unknown) as caught:
        roster.form(programme)
    assert way in str(caught.value.accepted)
    assert way in {kind.__name__ for kind in COMMANDS}
    with pytest.raises(Unknown) as nobody:
        roster.form("XX")
    assert nobody.value.accepted == "LN2018"


def test_the_line_in_the_docs_says_all_that_an_upload_must() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs/rosters.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^ {4}curl .*(?:\n {4}.*)*", text, re.MULTILINE)
    words = shlex.split(block.replace("\\\n", " "))
    address = urlsplit(words[-1])
    headers = dict(word.split(": ", 1) for flag, word in pairwise(words) if flag == "-H")
    place = PATHS[address.path]["post"]
    required = {(one["in"], one["name"]) for one in place["parameters"] if one.get("required")}
    said = {("query", name) for name, _ in parse_qsl(address.query)}
    assert required == said | {("header", "Idempotency-Key")}
    assert headers.keys() == {"Authorization", "Idempotency-Key", "Content-Type"}
    assert set(place["requestBody"]["content"]) == {headers["Content-Type"]}
    names = {one["name"] for one in place["parameters"] if one["in"] == "query"}
    assert names == set(re.findall(r"^\| `(\w+)`(?:, required)? \|", text, re.MULTILINE))
