"""What stands in a table's cells: names for codes, words for values, yuan for fen. Pure.

Invariant: a cell is text, perhaps with the page it leads to; nothing of an answer is left out but the ids of persons,
which say nothing to anybody and stand as the link to the cadre.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from gateway.console.column_words import COLUMNS, VALUES
from programmes.areas import Areas
from programmes.choice_words import title_of
from programmes.field_words import WORDS
from programmes.key_words import WORDS as KEYS

_CODE: Final = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")
_PLAIN: Final = frozenset(
    {"number", "no", "year", "document", "row_no", "serial", "version", "mobile", "id_number_tail"}
)
"""Columns in which digits are no code of a division."""
_POSTING: Final = re.compile(r"[A-Za-z0-9]+\.[0-9]{9,12}\.[0-9]+")
_PERSON: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BREAK: Final = re.compile("[，：；]")
_MOST: Final = 40
"""Values of a list that are shown; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text, whether it is a number, and where it leads ("": nowhere)."""

    text: str
    number: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: divisions by the register, units by their own."""

    areas: Areas
    units: Mapping[str, str]

    def place(self, code: str) -> str:
        """A division with those it lies in below the province; the code where it is not registered."""
        if self.areas.find(code) is None:
            return code
        found = [self.areas.find(code[:digits]) for digits in (4, 6, 9, 12) if len(code) >= digits]
        return " ".join(one.name for one in found if one) or self.areas.get(code).name


def heading(name: str) -> str:
    """What a column is called."""
    word = COLUMNS.get(name) or WORDS.get(name) or KEYS.get(name)
    if word is None and name.endswith("_fen"):
        return f"{heading(name.removesuffix('_fen'))}（元）"
    return _BREAK.split(word, maxsplit=1)[0] if word else name


def columns(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The columns of ``rows`` in the order in which they come."""
    return list(dict.fromkeys(name for row in rows for name in row))


def cell(name: str, value: Any, names: Names) -> Cell:
    """``value`` of the column ``name``."""
    if value is None or value == "" or value == [] or value == {}:
        return Cell("")
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int | float):
        fen = name == "fen" or name.endswith("_fen")
        return Cell(f"{value / 100:,.2f}" if fen else f"{value:,}" if name not in _PLAIN else str(value), number=True)
    if isinstance(value, str):
        return Cell(_text(name, value, names), to=_to(name, value))
    return Cell(_many(name, value, names))


def _text(name: str, value: str, names: Names) -> str:
    if name not in _PLAIN and _CODE.fullmatch(value):
        return names.place(value)
    if name in ("unit", "organ", "of_unit", "signer") and value in names.units:
        return names.units[value]
    if _PERSON.fullmatch(value):
        return value[:8]
    found = VALUES.get(value) or title_of(name, value)
    return KEYS.get(value, value) if found == value and re.fullmatch("[a-z_]+", value) else found


def _to(name: str, value: str) -> str:
    if name == "posting" and _POSTING.fullmatch(value):
        return f"/cadres/{quote(value)}"
    if name == "plan":
        return "/ask/allocation/plan_rows?" + urlencode({"plan": value})
    if name == "nomination":
        return "/ask/personnel/form?" + urlencode({"nomination": value})
    return ""


def _many(name: str, value: Any, names: Names) -> str:
    if isinstance(value, Mapping):
        parts = [
            f"{_key(str(k), names)}：{cell(str(k), v, names).text}" for k, v in value.items() if v not in (None, "")
        ]
        return "；".join(parts)
    parts = [cell(name, one, names).text for one in value[:_MOST]]
    more = f"……共 {len(value)} 项" if len(value) > _MOST else ""
    return "、".join(parts) + more


def _key(name: str, names: Names) -> str:
    return names.place(name) if _CODE.fullmatch(name) else heading(name)
