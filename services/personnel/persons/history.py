"""What was known of a person on a day: what was entered, and every correction since, in the order of the facts (X-053).

Invariant: a correction changes what was entered before it, never what is entered later, and a later fact wins over one
that only was recorded later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

PERSONAL: Final = frozenset({"name", "photo", "sex", "birth_month", "id_number", "mobile", "family"})
"""The fields that are the person's, whatever form they stand on; every other one is a single form's."""
VERSIONS: Final = """
select position, person, part, programme, nomination, entered_on, sealed from versions where person = any(%s)
 order by entered_on, position
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One version as it was entered, ``part`` "personal", "form" or "correction", with its opened ``content``."""

    position: int
    part: str
    programme: str
    nomination: str
    on: date
    content: Mapping[str, Any]


def said(rows: Iterable[Mapping[str, Any]], contents: Iterable[Any]) -> list[Said]:
    """The rows of ``VERSIONS`` with what each holds; without those that hold nothing that could be read."""
    return [
        Said(row["position"], row["part"], row["programme"], row["nomination"], row["entered_on"], content)
        for row, content in zip(rows, contents, strict=True)
        if isinstance(content, Mapping)
    ]


def personal(versions: Sequence[Said], day: date = date.max) -> dict[str, Any]:
    """The personal fields as they stood on ``day``; none before anything was entered. ``versions`` are in order."""
    known: dict[str, Any] = {}
    for one in versions:
        if one.on <= day and one.part == "personal":
            known = dict(one.content)
        elif one.on <= day and one.part == "correction":
            known |= {name: value for name, value in one.content.items() if name in PERSONAL}
    return known


def form(versions: Sequence[Said], nomination: str, day: date = date.max) -> tuple[dict[str, Any], int]:
    """(the fields of a nomination's form as they stood on ``day``, how often one of them was corrected by then)."""
    submitted = next((one for one in versions if one.part == "form" and one.nomination == nomination), None)
    if submitted is None or submitted.on > day:
        return {}, 0
    fields, corrected = dict(submitted.content), 0
    for one in versions:
        later = (one.on, one.position) > (submitted.on, submitted.position)
        if one.part == "correction" and later and one.on <= day:
            new = {
                name: value
                for name, value in one.content.items()
                if name in fields and (name in PERSONAL or one.programme == submitted.programme)
            }
            fields |= new
            corrected += bool(new)
    return fields, corrected
