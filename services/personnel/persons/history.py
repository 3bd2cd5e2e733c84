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
NUMBERS: Final = frozenset({"id_number", "mobile"})
"""The fields that stand beside the form, not on it."""
VERSIONS: Final = """
select position, person, part, programme, nomination, entered_on, sealed, fields from versions where person = any(%s)
 order by entered_on, position
"""


PHOTOS: Final = "select sha256, media, attached_on from photos where person = %s order by attached_on, sha256"


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


def form(versions: Sequence[Said], nomination: str, day: date = date.max) -> dict[str, Any]:
    """The fields of a nomination's form as they stood on ``day``; none before it was submitted."""
    submitted = next((one for one in versions if one.part == "form" and one.nomination == nomination), None)
    if submitted is None or submitted.on > day:
        return {}
    fields = dict(submitted.content)
    for one in versions:
        later = (one.on, one.position) > (submitted.on, submitted.position)
        if one.part == "correction" and later and one.on <= day:
            new = {name: value for name, value in one.content.items() if name in fields}
            fields |= {name: value for name, value in new.items() if _of(name, one, submitted)}
    return fields


def revisions(rows: Sequence[Mapping[str, Any]], nomination: str, day: date = date.max) -> int:
    """How often the form of a nomination had been corrected by ``day``; ``rows`` are those of ``VERSIONS``."""
    submitted = next((row for row in rows if row["part"] == "form" and row["nomination"] == nomination), None)
    if submitted is None:
        return 0
    since = (submitted["entered_on"], submitted["position"])
    later = [row for row in rows if (row["entered_on"], row["position"]) > since and row["entered_on"] <= day]
    return sum(
        row["part"] == "correction"
        and any(
            name in PERSONAL - NUMBERS or (name not in NUMBERS and row["programme"] == submitted["programme"])
            for name in row["fields"]
        )
        for row in later
    )


def replaced(photos: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], nomination: str, day: date) -> int:
    """How often the photo on a nomination's form had become another by ``day``; ``photos`` are those of ``PHOTOS``.

    The first one completes the form; each after it is a change, as of any other field (X-014).
    """
    submitted = next((row for row in rows if row["part"] == "form" and row["nomination"] == nomination), None)
    if submitted is None:
        return 0
    own = len([photo for photo in photos if photo["attached_on"] <= submitted["entered_on"]])
    return max(0, len([photo for photo in photos if photo["attached_on"] <= day]) - max(1, own))


def _of(name: str, correction: Said, submitted: Said) -> bool:
    return name in PERSONAL or correction.programme == submitted.programme
