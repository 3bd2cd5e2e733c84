"""Rosters: what a good workbook becomes, and how each broken one is told. Every person here is synthetic."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from gateway import roster, workbook
from kernel.errors import BadInput, Unknown

FORM = roster.form("LN2018")
HEADERS = [column.header for column in FORM.columns]
KEYS = [column.key for column in FORM.columns]
ROW: dict[str, Any] = {
    **dict.fromkeys(KEYS, "合成"),
    "birth_month": "1985-03",
    "party_join_month": "",
    "id_number": "210102198503011234",
    "mobile": "13900000000",
    "kind": "村",
    "copies": 5,
}


def book(
    *lines: list[Any],
    header: list[str] = HEADERS,
    touch: Callable[[Any, Any], None] | None = None,
    sheets: int = 1,
) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        for number in range(sheets):
            sheet = made.add_worksheet(f"s{number}")
            for row, line in enumerate([header, *lines]):
                for column, value in enumerate(line):
                    if isinstance(value, date):
                        sheet.write_datetime(row, column, value, made.add_format({"num_format": "yyyy-mm-dd"}))
                    elif value != "":
                        sheet.write(row, column, value)
            if touch is not None:
                touch(made, sheet)
    return file.getvalue()


def line(**changes: Any) -> list[Any]:
    return [{**ROW, **changes}[key] for key in KEYS]


def refused(body: bytes) -> BadInput:
    with pytest.raises(BadInput) as caught:
        roster.rows(body, FORM)
    assert caught.value.accepted
    return caught.value


def test_the_columns_are_the_27_of_the_form_and_8_beside_them() -> None:
    assert len(FORM.columns) == 27 + 8
    assert len(set(KEYS)) == len(set(HEADERS)) == 35
    assert HEADERS[:3] == ["姓名", "性别", "出生年月"]
    assert HEADERS[27:29] == ["身份证号码", "手机号码"]
    assert FORM.notice is not None


def test_a_row_comes_out_by_key_with_kind_and_copies_normalised() -> None:
    (row,) = roster.rows(book(line()), FORM)
    assert row == {**ROW, "kind": "village"}
    assert roster.rows(book(line(kind="乡镇", copies="4")), FORM)[0]["kind"] == "township"
    assert roster.rows(book(line(copies="4")), FORM)[0]["copies"] == 4


def test_the_order_of_columns_is_free_and_brackets_may_be_wide() -> None:
    wide = [h.replace("(", "（").replace(")", "）") for h in HEADERS]
    (row,) = roster.rows(book(line()[::-1], header=wide[::-1]), FORM)
    assert row == {**ROW, "kind": "village"}


@pytest.mark.parametrize(
    ("given", "month"),
    [
        ("1985-03", "1985-03"),
        ("1985.3", "1985-03"),
        ("1985.03", "1985-03"),
        ("198503", "1985-03"),
        ("1985年3月", "1985-03"),
        ("1985年03月01日", "1985-03"),
        (date(1985, 3, 1), "1985-03"),
        (198503, "1985-03"),
        ("八五年三月", "八五年三月"),
        ("", ""),
    ],
)
def test_months_are_written_alike_and_what_is_none_is_left_to_the_service(given: Any, month: str) -> None:
    assert roster.rows(book(line(birth_month=given)), FORM)[0]["birth_month"] == month


def test_text_is_trimmed_line_by_line_and_whole_numbers_have_no_point() -> None:
    changes = {"family_name": " 甲 \r\n 乙", "family_age": 35.0, "mobile": 13900000000}
    (row,) = roster.rows(book(line(**changes)), FORM)
    assert (row["family_name"], row["family_age"], row["mobile"]) == ("甲\n乙", "35", "13900000000")


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
        (book(line(id_number=210102198503011234)), "roster_number_cut", "第 2 行 身份证号码"),
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
    if code not in ("roster_not_xlsx", "roster_sheets", "roster_too_large"):
        assert error.notice == FORM.notice


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
    assert roster.rows(roster.filled(FORM, [ROW, ROW]), FORM) == [{**ROW, "kind": "village"}] * 2


def test_a_programme_without_a_form_has_no_roster() -> None:
    assert "LN2018" in roster.programmes()
    for programme in ("XX", "JZ", "../LN2018"):
        with pytest.raises(Unknown) as caught:
            roster.form(programme)
        assert caught.value.code == "programme_unknown"
