"""Rosters: an xlsx workbook as the rows of one command, and the empty workbook to fill in.

The columns are those the programme's registration form prints, and a few beside them. The form of the table is judged
here, as a whole, with everything that is wrong with it: a table that could be misread is refused, never guessed at.
What a cell must hold, the owning service says, row by row; a cell that says nothing for certain reaches it as
``{"unreadable": why}``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
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
    ROSTER_HIDDEN,
    ROSTER_MERGED,
)
from kernel import text
from kernel.errors import PaizhuError
from kernel.refusal import Refusal
from programmes import loader
from programmes.readers import candidacy, reserve, swap
from programmes.readers.nomination import FIELDS, ORIGINS_ALLOWED
from programmes.roster import BESIDE, offered
from programmes.roster import MONTH as COLUMNS_OF_MONTH
from programmes.roster import OFFICES as COLUMNS_OF_OFFICES

MOST_ROWS: Final = 5000
MOST_OF_JOB: Final = 10_000
"""Rows of a workbook that becomes one command, and of one that becomes a job."""
OFFICES: Final = "offices"
"""What stands for a programme where the table is that of offices."""
MONTH: Final = "month"
"""The same for the table of a month."""
FIRST_ROW: Final = 2
"""The number of the first row of data in the sheet, behind the header."""
_MOST_DETAILS: Final = 500
_NEEDED: Final = (FIELDS.path, ORIGINS_ALLOWED.path)
_WAYS: Final = {
    candidacy.NOMINATION.path: "该方案的人选由派出单位登记：受理个人报名（FileApplications），再按程序逐环节办理",
    reserve.SELECTION.path: "该方案的人选由乡镇、村逐人推荐：推荐后备人选（RecommendReserve）",
    swap.LIST_FIXED_BY.path: "该方案的人选由派出市提名：提名互派人选（NominateLegs）",
}
"""By the procedure that a programme has instead of a roster, how its persons come."""
_MONTHS: Final = {"input_title": "年月", "input_message": "写作 1985-10、1985.10 或 1985年10月，不要以数字存放"}


_Fault = tuple[Refusal[Literal["first", "where", "programme"]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the command, its header as printed, and the type the form gives it."""

    key: str
    header: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one programme's roster, with the notice and clause the form stands in."""

    programme: str
    columns: tuple[Column, ...]
    notice: str | None
    clause: str | None


@cache
def programmes() -> tuple[str, ...]:
    """The programmes whose nominees come as a roster: they print a form, and ways of nominating for units' places."""
    return tuple(name for name in loader.available() if _comes_as_roster(name))


def _comes_as_roster(programme: str) -> bool:
    rules = loader.load(programme).rules
    return all((rules.get(path) or {}).get("value") for path in _NEEDED)


@cache
def form(programme: str) -> Form:
    """The roster of a programme.

    Raises:
        Unknown: ``programme_unknown`` where there is no such programme, or its nominees do not come as a roster.
    """
    if programme not in loader.available() or not _comes_as_roster(programme):
        raise PROGRAMME_UNKNOWN(programme=programme[:40], accepted=_instead(programme))
    rule = loader.load(programme).rules[FIELDS.path]
    printed = [Column(row.key, row.printed, row.type) for row in FIELDS.of(rule["value"]) if row.key]
    beside = [Column(key, header) for key, header in BESIDE.items()]
    return Form(programme, (*printed, *beside), rule.get("notice"), rule.get("clause"))


def _instead(programme: str) -> str | tuple[str, ...]:
    """How the programme's persons come, by the procedure it has; the programmes with a roster where it is none."""
    rules = loader.load(programme).rules if programme in loader.available() else {}
    return next((way for path, way in _WAYS.items() if path in rules), programmes())


def offices() -> Form:
    """The workbook of who holds which post, and who stands in."""
    kinds = {"since": "date", "until": "date"}
    columns = (Column(key, header, kinds.get(key, "text")) for key, header in COLUMNS_OF_OFFICES.items())
    return Form(OFFICES, tuple(columns), None, None)


def month() -> Form:
    """The workbook of a month: a row a cadre, a column a day."""
    return Form(MONTH, tuple(Column(key, header) for key, header in COLUMNS_OF_MONTH.items()), None, None)


def named(table: str) -> Form:
    """The form that ``table`` stands for: offices, a month, or a programme's roster. Raises as ``form``."""
    return offices() if table == OFFICES else month() if table == MONTH else form(table)


def rows(body: bytes, wanted: Form, most: int = MOST_ROWS) -> list[dict[str, Any]]:
    """The rows of the workbook in ``body``, by key: texts as they stand, YYYY-MM for a date in a column of months.
    There are ``most`` of them at most.

    Raises:
        BadInput: with code ``roster_…``, the field being the column (or row) at fault; every fault of the table is in
            the details.
    """
    sheet = workbook.read(body, most + 1)
    header, *lines = sheet.cells or [[]]
    while lines and not any(map(_filled, lines[-1])):
        lines.pop()
    # A column counts as long as anything stands in it: a value under no header must not be lost silently.
    width = 0
    for line in (header, *lines):
        width += next((at for at in range(len(line) - width, 0, -1) if _filled(line[width + at - 1])), 0)
    names = [_same(cell) if isinstance(cell, str) else "" for cell in header[:width]]
    known = {_same(column.header): column for column in wanted.columns}
    blank = [f"第 {number} 行" for number, line in enumerate(lines, FIRST_ROW) if not any(map(_filled, line))]
    faults = (
        (ROSTER_MERGED, sheet.merged),
        (ROSTER_HIDDEN, sheet.hidden),
        *_header_faults(names, known),
        (ROSTER_EMPTY, [] if lines else [f"第 {FIRST_ROW} 行"]),
        (ROSTER_BLANK_ROW, blank),
    )
    if any(where for _, where in faults):
        raise _refused(wanted, [(refusal, where) for refusal, where in faults if where])
    columns = [known[name] for name in names]
    keys = [column.key for column in columns]
    return [
        {
            key: cell if type(cell) is str else _value(column, cell)  # nearly every cell is a text
            for key, column, cell in zip(keys, columns, line, strict=False)
        }
        for line in lines
    ]


def filled(wanted: Form, entries: Iterable[Mapping[str, Any]] = ()) -> bytes:
    """A workbook with the header and one line for each entry (values by key); without entries the empty template.

    Columns of choice offer their words as a list to choose from.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("名册")
        bold, plain = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(wanted.columns) - 1, 16, plain)
        sheet.write_row(0, 0, [column.header for column in wanted.columns], bold)
        for at, column in enumerate(wanted.columns):
            if words := offered(column.key):
                sheet.data_validation(1, at, MOST_ROWS, at, {"validate": "list", "source": list(words)})
            elif column.kind == "year-month":
                sheet.data_validation(1, at, MOST_ROWS, at, {"validate": "any", **_MONTHS})
        for number, entry in enumerate(entries, 1):
            for at, column in enumerate(wanted.columns):
                if (value := entry.get(column.key)) not in (None, ""):
                    sheet.write(number, at, value, plain)
    return file.getvalue()


def _header_faults(given: Sequence[str], known: Mapping[str, Column]) -> Iterable[_Fault]:
    """What is wrong with the header: the order is free; each column must be there once and no other may be."""
    if not any(given):
        return ((ROSTER_HEADER_MISSING, ["第 1 行"]),)
    return (
        (ROSTER_COLUMN_TWICE, [n for n in dict.fromkeys(given) if n and given.count(n) > 1]),
        (ROSTER_COLUMN_UNKNOWN, [n or "（空）" for n in given if n not in known]),
        (ROSTER_COLUMN_MISSING, [c.header for n, c in known.items() if n not in given]),
    )


def _refused(wanted: Form, faults: Sequence[_Fault]) -> PaizhuError:
    """All faults as one refusal, the first at its head."""
    own = wanted.programme
    findings = [refusal(first=one, where=one, programme=own).problem() for refusal, where in faults for one in where]
    details = [{name: f[name] for name in ("field", "code", "sentence", "accepted")} for f in findings]
    refusal, where = faults[0]
    more = f"（共 {len(findings)} 处）" if len(findings) > 1 else ""
    error = refusal(first=where[0], where=f"{where[0]}{more}", programme=own, details=details[:_MOST_DETAILS])
    return error.cited(wanted.notice, wanted.clause)


def _same(header: str) -> str:
    # Full-width and half-width brackets, and blanks within a header, make no other column.
    return re.sub(r"\s", "", text.code(header))


def _filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _value(column: Column, cell: Any) -> Any:
    """What goes to the service. A number or a date is only taken where nothing of what was typed can be lost."""
    if isinstance(cell, workbook.Unreadable):
        return {"unreadable": cell.why}
    month = column.kind == "year-month"
    if column.kind == "date" and isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date | time | timedelta):
        return f"{cell.year:04d}-{cell.month:02d}" if month and isinstance(cell, date) else {"unreadable": "date"}
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        figures = None if month else text.figures(cell)
        lost = "number" if month or not float(cell).is_integer() else "digits"
        return {"unreadable": lost} if figures is None else figures
    return cell or ""
