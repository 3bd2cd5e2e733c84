"""The registration form as PDF/A, set in the two faces that come with the system: nothing of the machine is read.

Invariant: the same form gives the same bytes; what people wrote comes as data and is never read as markup.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final

import orjson
import pylopdf_fonts_zh_cn
import typst

from gateway.form import Laid, without_picture

_PAGE: Final = Path(__file__).with_name("form.typ")


def written(form: Laid) -> bytes:
    """The pages; a photo that cannot be set is left out, and its place says so."""
    try:
        return _set(form)
    except typst.TypstError:
        if not form.picture:
            raise
        return _set(without_picture(form))


def _set(form: Laid) -> bytes:
    # typst reads no binary file that is not on a disk: the picture goes in as the numbers of its bytes.
    told = {**asdict(form), "picture": list(form.picture)}
    made: bytes = typst.compile(
        _PAGE.read_bytes(),
        font_paths=_faces(),
        format="pdf",
        pdf_standards=["a-2b"],
        sys_inputs={"form": orjson.dumps(told).decode()},
    )
    return made


@cache
def _faces() -> typst.Fonts:
    faces = [str(Path(pylopdf_fonts_zh_cn.__file__).parent)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=faces)
