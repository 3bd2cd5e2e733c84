"""Cells of a roster: what each kind becomes, and that none is lost or guessed at. Every person here is synthetic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pytest

from gateway import roster
from tests.kit.gateway.rosters import FORM, HEADERS, KEYS, ROW, book, line, refused
from tests.kit.workbooks import rewritten


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (date(1985, 3, 1), "1985-03"),
        (date(1985, 10, 31), "1985-10"),
        ("1985.10", "1985.10"),  # what a text means, the service says
        ("1985.1", "1985.1"),
        (1985.1, {"unreadable": "number"}),  # typed 1985.10
        (1985.03, {"unreadable": "number"}),
        (198503, {"unreadable": "number"}),
        (1985112, {"unreadable": "number"}),
        (20101, {"unreadable": "number"}),  # the serial of 1955-01-12
        ("", ""),
    ],
)
def test_a_month_is_a_text_or_a_date_and_never_a_number(given: Any, read: Any) -> None:
    assert roster.rows(book(line(birth_month=given)), FORM)[0]["birth_month"] == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (35.0, "35"),
        (13900000000, "13900000000"),
        (210102198503011234, {"unreadable": "digits"}),
        (2018.1, {"unreadable": "number"}),  # typed 2018.10
        (date(2018, 4, 1), {"unreadable": "date"}),  # typed 2018-4
        (True, "TRUE"),
        (" 甲 \n 乙", " 甲 \n 乙"),
    ],
)
def test_a_cell_is_a_text_or_a_whole_number(given: Any, read: Any) -> None:
    assert roster.rows(book(line(decision=given)), FORM)[0]["decision"] == read


def formula(value: Any) -> Callable[[Any, Any], None]:
    """Puts a formula into 入党时间 of the first row, with ``value`` stored."""
    return lambda made, sheet: sheet.write_formula(1, KEYS.index("party_join_month"), "=A9", None, value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("#N/A", {"unreadable": "error"}),
        ("#REF!", {"unreadable": "error"}),
        ("2001-07", "2001-07"),
    ],
)
def test_an_error_is_no_empty_cell(value: str, read: Any) -> None:
    assert roster.rows(book(line(), touch=formula(value)), FORM)[0]["party_join_month"] == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<c r="H2"><f>A9</f></c>', {"unreadable": "formula"}),
        ('<c r="H2"><f>A9</f><v></v></c>', {"unreadable": "formula"}),
        ('<c r="H2" t="str"><f>A9</f><v></v></c>', ""),  # a formula that gives an empty text
        ('<c r="H2" t="e"><v>#N/A</v></c>', {"unreadable": "error"}),
        ('<c r="h2" t="e"><v>#N/A</v></c>', {"unreadable": "error"}),
        ('<c t="e"><v>#N/A</v></c>', {"unreadable": "error"}),  # without a reference: the cell behind G2
        ('<c r="H2" s="1"/>', ""),
        ('<c r="H2"/>', ""),
    ],
)
def test_a_formula_without_its_value_is_no_empty_cell(cell: str, read: Any) -> None:
    assert KEYS.index("party_join_month") == 7
    header = "".join(f'<c t="inlineStr"><is><t>{escape(name)}</t></is></c>' for name in HEADERS)
    before = "".join(f'<c r="{c}2" t="inlineStr"><is><t>x</t></is></c>' for c in "ABCDEFG")
    body = rewritten(book(line()), f'<row r="1">{header}</row><row r="2">{before}{cell}</row>')
    (row,) = roster.rows(body, FORM)
    assert row["party_join_month"] == read


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!", "#BUSY!"])
def test_an_error_of_newer_programs_is_told_by_its_cell(error: str) -> None:
    cells = f'<c r="H2" t="e"><v>{error}</v></c><c r="K2" t="e"><v>#N/A</v></c>'
    told = refused(rewritten(book(line()), f'<row r="2">{cells}</row>'))
    assert (told.code, told.field) == ("roster_cell_error", "H2")
    assert "H2、K2" in told.sentence


def test_an_error_alone_in_its_row_is_not_cut_off() -> None:
    error = book(line(), touch=lambda b, s: s.write_formula("C3", "=A9", None, "#N/A"))
    assert [row["birth_month"] for row in roster.rows(error, FORM)] == ["1985-03", {"unreadable": "error"}]


@pytest.mark.parametrize(
    "touch",
    [
        lambda made, sheet: sheet.set_row(1048575, 30),
        lambda made, sheet: sheet.write_blank("XFD1048576", None, made.add_format({"bold": True})),
        lambda made, sheet: sheet.set_column("Z:XFD", 9, made.add_format({"bold": True})),
        lambda made, sheet: sheet.set_row(7, None, None, {"hidden": True}),
        lambda made, sheet: sheet.set_column("AZ:BB", None, None, {"hidden": True}),
        lambda made, sheet: sheet.set_default_row(hide_unused_rows=True),
        lambda made, sheet: made.add_worksheet("另一张").hide(),
    ],
)
def test_what_has_only_a_format_is_not_there(touch: Callable[[Any, Any], None]) -> None:
    assert roster.rows(book(line(), line(), touch=touch), FORM) == [ROW, ROW]
