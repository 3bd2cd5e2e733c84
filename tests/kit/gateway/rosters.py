"""Roster workbooks as people make them, for the form of 2018: one good row, and what is changed in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from gateway import roster
from kernel.errors import BadInput

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
    "copies": "5",
}


HIDDEN = {"hidden": True}


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
