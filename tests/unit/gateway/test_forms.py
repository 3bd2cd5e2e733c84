"""The registration form on paper: all printed fields, a line for each of the family, opinions over their seals."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from gateway import form, form_docx, form_pdf
from kernel.errors import Unknown
from programmes import loader
from tests.kit.personnel import cast

FAMILY = ("family_relation", "family_name", "family_age", "family_political_status", "family_unit_and_post")
LABELS = [field["printed"].rpartition("-")[2] for field in loader.load("LN2018").rules["form.fields"]["value"]]


def item(members: int = 2, **changes: Any) -> dict[str, Any]:
    """The form of a synthetic person as the question gives it, with so many members of the family."""
    family = [
        dict(zip(FAMILY, ("子女", f"合成子女{n}", str(n), "群众", "某小学"), strict=True)) for n in range(members)
    ]
    fields = {**cast.form(1), "family": family, **changes}
    seals = {"reporting": {"organ": "某厅党组", "on": "2018-04-18"}}
    about = {"programme": "LN2018", "form": "LN2018-A2", "version": 2, "said_on": "2018-04-27"}
    return {**about, "fields": fields, "seals": seals}


def of_docx(said: dict[str, Any]) -> list[str]:
    """The text of every cell, each once."""
    made = docx.Document(io.BytesIO(form_docx.written(form.laid(said))))
    cells = {cell._tc: cell.text for table in made.tables for row in table.rows for cell in row.cells}
    return [*cells.values()]


def of_pdf(said: dict[str, Any]) -> tuple[str, PdfReader]:
    """The text of all pages without blanks, and the document."""
    read = PdfReader(io.BytesIO(form_pdf.written(form.laid(said))))
    return "".join("".join(page.extract_text().split()) for page in read.pages), read


def test_all_27_fields_stand_on_both_with_what_was_written() -> None:
    assert len(LABELS) == 27
    said = item()
    cells, (text, _) = of_docx(said), of_pdf(said)
    for label in LABELS:
        assert any(cell.endswith(label) for cell in cells), label
        assert label in text, label
    written = [value for key, value in said["fields"].items() if key not in ("family", "photo", *FAMILY)]
    for value in filter(None, written):
        assert any(value in cell for cell in cells), value
        assert "".join(value.split()) in text, value


@pytest.mark.parametrize("members", [0, 2, 7])
def test_the_family_has_a_line_for_each_member_and_four_at_least(members: int) -> None:
    laid = form.laid(item(members))
    assert len(laid.family) == max(4, members)
    text, _ = of_pdf(item(members))
    assert [f"合成子女{n}" in text for n in range(8)] == [n < members for n in range(8)]
    assert sum("合成子女" in cell for cell in of_docx(item(members))) == members


def test_an_opinion_stands_over_its_seal_and_date_and_an_open_one_has_room_for_both() -> None:
    (reporting,) = (cell for cell in of_docx(item()) if cell.startswith("同意推荐"))
    assert reporting.endswith("某厅党组（盖章）　　2018-04-18")
    assert sum(cell.endswith("（盖章）　　年　　月　　日") for cell in of_docx(item())) == 2
    text, _ = of_pdf(item())
    assert text.count("（盖章）年月日") == 2
    assert "某厅党组（盖章）2018-04-18" in text


def test_the_pages_carry_their_faces_and_nothing_that_people_wrote_is_markup() -> None:
    wild = '#import "x" *甲* $a$ <b> @c [d] \\ // 生僻字㐂䶮'
    text, read = of_pdf(item(career=wild))
    assert "".join(wild.split()) in text
    assert any(wild in cell for cell in of_docx(item(career=wild)))
    for page in read.pages:
        resources: Any = page["/Resources"]
        fonts = [font.get_object() for font in resources["/Font"].values()]
        assert fonts
        for font in fonts:
            described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)
            assert "Noto" in described["/FontName"]


def test_the_same_form_gives_the_same_page_and_one_too_long_goes_on_the_next() -> None:
    once = form_pdf.written(form.laid(item()))
    assert once == form_pdf.written(form.laid(item()))
    _, read = of_pdf(item(career="\n".join(f"2002.0{n % 9 + 1} 某单位" for n in range(90))))
    assert len(read.pages) > 1


def picture(width: int = 40, height: int = 50) -> str:
    """A PNG of one colour, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = (b"\0" + b"\x80\x20\x20" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


@pytest.mark.req("PE-008")
def test_the_photo_is_set_in_its_place_on_both_and_one_that_cannot_be_is_said() -> None:
    with_photo = {**item(), "photo": {"base64": picture(), "media": "image/png"}}
    _, read = of_pdf(with_photo)
    pages: Any = read.pages
    (image,) = (one for page in pages for one in page["/Resources"]["/XObject"].values())
    assert (image.get_object()["/Width"], image.get_object()["/Height"]) == (40, 50)
    made = docx.Document(io.BytesIO(form_docx.written(form.laid(with_photo))))
    (shape,) = made.element.body.xpath(".//pic:pic")
    assert shape is not None
    assert form_pdf.written(form.laid(with_photo)) == form_pdf.written(form.laid(with_photo))
    broken = {**item(), "photo": {"base64": base64.b64encode(b"\xff\xd8\xff" + b"a" * 100).decode()}}
    text, _ = of_pdf(broken)
    assert "照片（无法印出）" in text
    assert "照片（无法印出）" in of_docx(broken)
    assert "照片" in of_docx(item())


def test_a_programme_without_a_form_prints_none() -> None:
    with pytest.raises(Unknown) as refused:
        form.laid({**item(), "programme": "QS2017"})
    assert refused.value.code == "form_not_printed"
