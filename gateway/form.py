"""The registration form laid out: its printed fields in groups, for whatever writes them on a page.

Which fields there are, in which order and under which words comes from the profile (``form.fields``). Invariant: every
printed field stands on the page once, with or without content; the family has a line for each member.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gateway.refusals import FORM_NOT_PRINTED
from programmes import loader
from programmes.readers.nomination import FIELDS, Field

TITLE: Final = "选派干部登记表"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
"""What a file of it is, as HTTP names it."""
PHOTO: Final = "photo"
_SHORT: Final = frozenset(
    {
        *("name", "sex", "birth_month", "ethnicity", "native_place", "birthplace"),
        *("party_join_month", "work_start_month", "health"),
    }
)
_FEWEST: Final = 4
"""Lines for the family that a printed form has, filled or not."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a unit says of the nominee, with the organ whose seal stands under it and its date, empty before."""

    label: str
    text: str
    organ: str
    on: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A form on its page: (label, content) of small fields, then of those that take a line; the family; opinions;
    ``on`` is the day (ISO 8601) of what it says, ``picture`` the photo as a JPEG or PNG, empty where there is none."""

    title: str
    short: Sequence[tuple[str, str]]
    wide: Sequence[tuple[str, str]]
    family_labels: Sequence[str]
    family: Sequence[Sequence[str]]
    opinions: Sequence[Opinion]
    photo: str
    on: str
    foot: str
    picture: bytes = b""


def laid(item: Mapping[str, Any]) -> Laid:
    """The form that ``item`` (of the question ``form``) holds.

    Raises:
        Unknown: ``form_not_printed`` where its programme prints no form.
    """
    fields = _fields(item["programme"])
    said, family = item["fields"], item["fields"].get("family") or []
    repeated = [field for field in fields if field.note == "repeating group"]
    single = [field for field in fields if field not in repeated and field.key != PHOTO]
    opinions = [field for field in single if field.type.startswith("opinion")]
    plain = [(field.key, field.printed, _text(said, field)) for field in single if field not in opinions]
    lines = [[str(member.get(field.key) or "") for field in repeated] for member in family]
    lines += [[""] * len(repeated)] * (_FEWEST - len(lines))
    photo = next((field.printed for field in fields if field.key == PHOTO), "")
    return Laid(
        TITLE,
        [(printed, text) for key, printed, text in plain if key in _SHORT],
        [(printed, text) for key, printed, text in plain if key not in _SHORT],
        [field.printed.rpartition("-")[2] for field in repeated],
        lines,
        [_opinion(field, said, item["seals"]) for field in opinions],
        photo,
        item["said_on"],
        f"{item['form']}　第 {item['version']} 版",
        picture(item),
    )


def picture(item: Mapping[str, Any]) -> bytes:
    """The photo that was kept of the person, empty where there is none."""
    return base64.b64decode((item.get("photo") or {}).get("base64", ""))


def without_picture(form: Laid) -> Laid:
    """The same where the photo is no picture that can be set: its place says so."""
    return replace(form, picture=b"", photo=f"{form.photo}（无法印出）")


def _fields(programme: str) -> tuple[Field, ...]:
    rule = (loader.load(programme).rules if programme in loader.available() else {}).get(FIELDS.path)
    if not (rule and rule["value"]):
        raise FORM_NOT_PRINTED(programme=programme[:40])
    return FIELDS.of(rule["value"])


def _text(said: Mapping[str, Any], field: Field) -> str:
    return str(said.get(str(field.key)) or "")


def _opinion(field: Field, said: Mapping[str, Any], seals: Mapping[str, Mapping[str, str]]) -> Opinion:
    seal = seals.get(str(field.key).removesuffix("_unit_opinion"), {})
    return Opinion(field.printed, _text(said, field), seal.get("organ", ""), seal.get("on", ""))
