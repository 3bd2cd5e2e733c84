"""Workbooks that no spreadsheet program writes."""

from __future__ import annotations

import io
import zipfile

_SHEET = "xl/worksheets/sheet1.xml"
_FRAME = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


def rewritten(workbook: bytes, sheet_data: str, **parts: str) -> bytes:
    """``workbook`` with other rows (as XML) in its first sheet and other texts for ``parts`` (file names in xl/)."""
    new = {_SHEET: _FRAME.format(sheet_data), **{f"xl/{name}.xml": text for name, text in parts.items()}}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in {*old.namelist(), *new}:
            out.writestr(name, new.get(name) or old.read(name))
    return made.getvalue()
