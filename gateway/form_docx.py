"""The registration form as a document that an office can go on writing in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from gateway.form import Laid, Opinion, without_picture

_FACE: Final = "宋体"
_PHOTO: Final = Cm(2.2)
_PAIRS: Final = 3
"""Small fields in a line."""


def written(form: Laid) -> bytes:
    """The document; a photo that is no picture is left out, and its place says so."""
    try:
        return _written(form)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        return _written(without_picture(form))


def _written(form: Laid) -> bytes:
    made = docx.Document()
    _page(made)
    heading = made.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(form.title).font.size = Pt(18)
    _short(made, form)
    _lines(made, form.wide)
    _rows(made, [form.family_labels, *form.family])
    _lines(made, [(one.label, _said(one)) for one in form.opinions])
    made.sections[0].footer.paragraphs[0].text = form.foot
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _page(made: Document) -> None:
    section, normal = made.sections[0], made.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    normal.font.name, normal.font.size = _FACE, Pt(10.5)
    # A name alone is taken for Latin letters.
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)


def _short(made: Document, form: Laid) -> None:
    lines = [form.short[at : at + _PAIRS] for at in range(0, len(form.short), _PAIRS)]
    table = _table(made, len(lines), 2 * _PAIRS + 1)
    for number, line in enumerate(lines):
        for at, cell in enumerate(text for pair in line for text in pair):
            _fill(table.cell(number, at), cell)
    last = 2 * _PAIRS
    place = table.cell(0, last).merge(table.cell(len(lines) - 1, last))
    _fill(place, "" if form.picture else form.photo)
    if form.picture:
        place.paragraphs[0].add_run().add_picture(io.BytesIO(form.picture), width=_PHOTO)


def _lines(made: Document, lines: Sequence[tuple[str, str]]) -> None:
    table = _rows(made, lines)
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(3.2), Cm(13.8)


def _rows(made: Document, rows: Sequence[Sequence[str]]) -> Table:
    table = _table(made, len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            _fill(table.cell(number, at), text)
    return table


def _table(made: Document, rows: int, columns: int) -> Table:
    table: Table = made.add_table(rows, columns)
    table.style = "Table Grid"
    return table


def _fill(cell: _Cell, text: str) -> None:
    first, *more = text.split("\n")
    cell.text = first
    for line in more:
        cell.add_paragraph(line)


def _said(opinion: Opinion) -> str:
    return f"{opinion.text}\n\n{opinion.organ}（盖章）　　{opinion.on or '年　　月　　日'}"
