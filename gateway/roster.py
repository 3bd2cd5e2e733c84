"""Rosters: an xlsx workbook as the rows of one command, and the empty workbook to fill in.

The columns are those the programme's registration form prints, and a few beside them. The form of the table is judged
here, as a whole: a table that could be misread is refused, never guessed at. What a cell must hold, the owning service
says, row by row.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Literal

import xlsxwriter

from gateway import workbook
from gateway.roster_refusals import (
    PROGRAMME_UNKNOWN,
    ROSTER_BLANK_ROW,
    ROSTER_COLUMN_MISSING,
    ROSTER_COLUMN_TWICE,
    ROSTER_COLUMN_UNKNOWN,
    ROSTER_EMPTY,
    ROSTER_HEADER_MISSING,
    ROSTER_MERGED,
    ROSTER_NUMBER_CUT,
)
from kernel.errors import PaizhuError
from kernel.refusal import Refusal
from programmes import loader

MOST_ROWS: Final = 5000
BESIDE: Final[Mapping[str, str]] = {
    "id_number": "身份证号码",
    "mobile": "手机号码",
    "unit": "派出单位编号",
    "kind": "拟派类型(乡镇/村)",
    "origin": "产生方式",
    "decision": "党委研究决定文号",
    "copies": "份数",
    "recipient": "报送对象",
}
_KINDS: Final = {"乡镇": "township", "村": "village"}
_MONTH = re.compile(r"((?:19|20)\d{2})\s*[.\-/年]?\s*(\d{1,2})\s*月?(?:\s*[.\-/]?\s*\d{1,2}\s*日?)?")
# A spreadsheet keeps 15 digits of a number: a longer id number has lost its end before it came here.
_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the command, its header as printed, and the type the form gives it."""

    key: str
    header: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one programme's roster, with the notice and clause the form stands in."""

    columns: tuple[Column, ...]
    notice: str | None
    clause: str | None


@cache
def programmes() -> tuple[str, ...]:
    """The programmes that print a registration form."""
    return tuple(name for name in loader.available() if (loader.load(name).rules.get("form.fields") or {}).get("value"))


@cache
def form(programme: str) -> Form:
    """The roster of a programme.

    Raises:
        Unknown: ``programme_unknown`` where there is no such programme, or it prints no registration form.
    """
    known = loader.load(programme) if programme in loader.available() else None
    rule = known.rules.get("form.fields") if known else None
    if rule is None or not rule["value"]:
        raise PROGRAMME_UNKNOWN(programme=programme[:40], programmes=programmes())
    printed = [Column(row["key"], row["printed"], row["type"]) for row in rule["value"] if row["key"]]
    beside = [Column(key, header) for key, header in BESIDE.items()]
    return Form((*printed, *beside), rule.get("notice"), rule.get("clause"))


def rows(body: bytes, wanted: Form) -> list[dict[str, Any]]:
    """The rows of the workbook in ``body``, by key: text, or an integer for the number of copies.

    Months become YYYY-MM, blanks at the ends go, a family column has one line a person.

    Raises:
        BadInput: with code ``roster_…``, the field being the column (or cell) at fault; every fault is in the details.
    """
    sheet = workbook.read(body, MOST_ROWS + 1)
    if sheet.merged:
        raise _refused(wanted, ROSTER_MERGED, sheet.merged)
    header, *lines = sheet.cells or [[]]
    while lines and not any(_plain(cell) for cell in lines[-1]):
        lines.pop()
    # A column counts as long as anything stands in it: a value under no header must not be lost silently.
    width = max((at for line in (header, *lines) for at, cell in enumerate(line, 1) if _plain(cell)), default=0)
    keys = _keys([_plain(cell) for cell in header[:width]], wanted)
    if not lines:
        raise _refused(wanted, ROSTER_EMPTY, ["第 2 行"])
    faults, found = [], []
    for number, line in enumerate(lines, 2):
        if not any(_plain(cell) for cell in line):
            faults.append(f"第 {number} 行")
        found.append({column.key: _value(column, line[at]) for at, column in keys.items()})
    if faults:
        raise _refused(wanted, ROSTER_BLANK_ROW, faults)
    lost = [
        f"第 {number} 行 {column.header}"
        for number, line in enumerate(lines, 2)
        for at, column in keys.items()
        if isinstance(line[at], float) and abs(line[at]) >= _EXACT
    ]
    if lost:
        raise _refused(wanted, ROSTER_NUMBER_CUT, lost)
    return found


def filled(wanted: Form, entries: Iterable[Mapping[str, Any]] = ()) -> bytes:
    """A workbook with the header and one line for each entry (values by key); without entries the empty template."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("名册")
        bold, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(wanted.columns) - 1, 16, text)
        sheet.write_row(0, 0, [column.header for column in wanted.columns], bold)
        for number, entry in enumerate(entries, 1):
            for at, column in enumerate(wanted.columns):
                if (value := entry.get(column.key)) not in (None, ""):
                    sheet.write(number, at, value, text)
    return file.getvalue()


def _keys(header: Sequence[str], wanted: Form) -> dict[int, Column]:
    """{place in the table: column}. The order is free; each column must be there once and no other may be."""
    if not any(header):
        raise _refused(wanted, ROSTER_HEADER_MISSING, ["第 1 行"])
    known = {_same(column.header): column for column in wanted.columns}
    given = [_same(name) for name in header]
    for refusal, wrong in (
        (ROSTER_COLUMN_TWICE, [n for n in dict.fromkeys(given) if n and given.count(n) > 1]),
        (ROSTER_COLUMN_UNKNOWN, [n or "（空）" for n in given if n not in known]),
        (ROSTER_COLUMN_MISSING, [c.header for n, c in known.items() if n not in given]),
    ):
        if wrong:
            raise _refused(wanted, refusal, wrong)
    return {at: known[name] for at, name in enumerate(given)}


def _refused(wanted: Form, refusal: Refusal[Literal["first", "where"]], where: Sequence[str]) -> PaizhuError:
    more = f"（共 {len(where)} 处）" if len(where) > 1 else ""
    findings = [refusal(first=w, where=w).problem() for w in where[:100]]
    details = [{name: f[name] for name in ("field", "code", "sentence", "accepted")} for f in findings]
    return refusal(first=where[0], where=f"{where[0]}{more}", details=details).cited(wanted.notice, wanted.clause)


def _same(header: str) -> str:
    # Full-width and half-width brackets, and blanks within a header, make no other column.
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", header))


def _value(column: Column, cell: Any) -> Any:
    if column.kind == "year-month":
        return _month(cell)
    text = _plain(cell)
    if column.key == "copies":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    if column.key == "kind":
        return _KINDS.get(text, text)
    return text


def _month(cell: Any) -> str:
    """YYYY-MM where the cell is a date or reads as one; else its text, for the service to refuse."""
    if isinstance(cell, date):
        return f"{cell.year:04d}-{cell.month:02d}"
    text = _plain(cell)
    match = _MONTH.fullmatch(text)
    return f"{match[1]}-{int(match[2]):02d}" if match else text


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    text = unicodedata.normalize("NFC", str(cell)).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in text.split("\n")).strip()
