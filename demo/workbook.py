"""Roster workbooks: the system's own empty workbook, filled with generated persons."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from demo.cast import Unit
from programmes import loader

BESIDE = {
    "身份证号码": "id_number",
    "手机号码": "mobile",
    "派出单位编号": "unit",
    "拟派类型(乡镇/村)": "kind",
    "产生方式": "origin",
    "党委研究决定文号": "decision",
    "份数": "copies",
    "报送对象": "recipient",
}
POSTS = {"township": "乡镇党委第一副书记 待分配", "village": "村党组织第一书记 待分配"}
KINDS = {"township": "乡镇", "village": "村"}
OPINION = "同意推荐（盖章）（合成）"


def header_of(template: bytes) -> list[str]:
    """The columns of the empty workbook the system hands out."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(template)).get_sheet_by_index(0).to_python()
    return [str(cell) for cell in rows[0]]


def form_of(person: Mapping[str, Any], sending: str, intended: str) -> dict[str, Any]:
    """The 27 fields of the registration form by key."""
    (relative,) = person["family"]
    return {
        **{k: v for k, v in person.items() if k not in {"family", "birth", "synthetic", "id_number", "mobile"}},
        "sending_unit_and_post": sending,
        "intended_unit_and_post": intended,
        **{f"family_{key}": value for key, value in relative.items()},
        "reporting_unit_opinion": OPINION,
        "reviewing_unit_opinion": "",
        "approving_unit_opinion": "",
    }


def row_of(person: Mapping[str, Any], unit: Unit, kind: str, row: int) -> dict[str, Any]:
    """One row by key: the fields of the form and the import columns beside them."""
    return {
        **form_of(person, f"{unit.name} 科员（合成）", POSTS[kind]),
        "id_number": person["id_number"],
        "mobile": person["mobile"],
        "unit": unit.id,
        "kind": KINDS[kind],
        "origin": "组织推荐" if row % 3 else "个人自愿报名",
        "decision": f"{unit.id} 党委会〔2018〕{row}号（合成）",
        "copies": 5,
        "recipient": "省委组织部" if unit.enterprise else unit.channel,
    }


def filled(header: Sequence[str], rows: Sequence[Mapping[str, Any]], programme: str) -> bytes:
    """The workbook with ``rows`` under ``header``."""
    fields = loader.load(programme).rules["form.fields"]["value"]
    keys = {**{field["printed"]: field["key"] for field in fields}, **BESIDE}
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("名册")
        text = book.add_format({"num_format": "@"})
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, 1):
            for column, name in enumerate(header):
                value = row.get(keys[name], "")
                if value != "":
                    sheet.write(number, column, value, text)
    return file.getvalue()
