"""One row of a ledger as an official fills it in: its printed columns read, and the place it names found (X-020).

Which columns there are comes from the profile. Source: 辽组通字〔2018〕23号 附件4 (annex 3 is lost and assumed alike).
Invariant: a place is written so that it means one division of the register, a village with its township; a finding
names the column, never what was written in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kernel.messages import Cells
from kernel.personal import is_mobile
from kernel.reader import Reader
from kernel.refusals import FIELD_TOO_LONG
from kernel.rules import Rules
from kernel.text import LONGEST_ENTRY, code, digits
from kernel.text import person as name_of
from programmes import villages
from programmes.readers.ledger import TOWNSHIP_COLUMNS, VILLAGE_COLUMNS
from programmes.readers.nomination import Field
from programmes.roster import CHOICES, chosen, word
from services.personnel.ledger.refusals import LEDGER_COUNTY_WRONG, LEDGER_PLACE_WRONG
from services.personnel.persons import form
from services.personnel.persons.form import Finding
from services.personnel.persons.refusals import CHOICE_UNKNOWN, FIELD_EMPTY, MOBILE_INVALID

Columns = Reader[tuple[Field, ...]]
PLACES: Final[Mapping[str, Literal["township", "village"]]] = {"host_township": "township", "host_village": "village"}
"""The column that names the place, and what it names."""
_MONTHS_DIGITS: Final = 3
_KEY: Final = re.compile(r"[a-z][a-z_]*")
_SAMPLES: Final = {"township": ("乡镇", "××镇"), "village": ("乡镇和村", "××镇××村")}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: the text of its cells by key, in their one form; ``target`` is the code of the place, "" where
    none was found, ``place`` the column that names it; what is wrong with it."""

    cells: Mapping[str, str]
    place: str
    target: str
    findings: list[Finding]

    @property
    def kind(self) -> Literal["township", "village"]:
        """What the row is about."""
        return PLACES[self.place]


def read(given: Cells, columns: Columns, rules: Rules, counties: Collection[str]) -> Row:
    """The row by the columns that ``columns`` reads; its county is one of ``counties`` (six figures), or, of the
    province, one in it (two figures).

    Raises:
        Rejected: ``rule_unknown`` where the programme has no such ledger.
    """
    printed = {field.key: field for field in rules.value(columns) if field.key}
    cells: dict[str, str] = {}
    findings = [
        Finding(
            key if _KEY.fullmatch(key) else f"[{number}]",
            "field_unknown",
            "台账没有这一栏。",
            "台账印发的各栏",
            columns.path,
        )
        for number, key in enumerate(given, 1)
        if key not in printed
    ]
    for key, field in printed.items():
        cells[key], wrong = _cell(given, field, columns)
        findings += wrong
    place = next(key for key in PLACES if key in printed)
    target = ""
    if not {"host_county", place} & {finding.field for finding in findings}:
        target, wrong = _place(cells, printed, place, columns, counties)
        findings += wrong
    return Row(cells, place, target, findings)


def columns_of(given: Cells) -> Columns:
    """Those of the two ledgers of 2018 that a row of these cells is one of."""
    return TOWNSHIP_COLUMNS if "host_township" in given else VILLAGE_COLUMNS


def term(months: int) -> str:
    """A term as a ledger says it."""
    return f"{months}个月"


def term_of(written: str) -> str:
    """A term as a ledger says it, of one that is written as the bare number of months, which is the column's unit."""
    return term(int(written)) if digits(written) and len(written) <= _MONTHS_DIGITS else written


def _cell(given: Cells, field: Field, columns: Columns) -> tuple[str, list[Finding]]:
    """The text of a cell by the type its column has; a mobile number has eleven digits (X-020)."""
    key, printed = str(field.key), field.printed
    if key not in given:
        return "", [Finding(key, "field_missing", f"台账缺少“{printed}”一栏。", printed, columns.path)]
    written, findings = form.cell(given[key], key, printed)
    if findings or not written:
        empty = [FIELD_EMPTY(field=key, printed=printed)] if field.required and not findings else []
        return written, [*findings, *map(Finding.of, empty)]
    if len(written) > LONGEST_ENTRY:
        return written, [Finding.of(FIELD_TOO_LONG(field=key, longest=LONGEST_ENTRY))]
    match key, field.type:
        case "name", _:
            return name_of(written), []
        case _, "phone":
            number = code(written)
            return number, [] if is_mobile(number) else [Finding.of(MOBILE_INVALID())]
        case _, "integer":
            wrong = Finding(key, "field_value", f"“{printed}”应为整数。", "整数", columns.path)
            return written, [] if digits(written) else [wrong]
        case column, _ if column in CHOICES:
            value = chosen(column, written)
            words = [word(column, one) for one in CHOICES[column]]
            known = value in CHOICES[column]
            return value, [] if known else [Finding.of(CHOICE_UNKNOWN(field=key, rule=columns.path, choices=words))]
    return written, []


def _place(
    cells: Mapping[str, str],
    printed: Mapping[str, Field],
    place: str,
    columns: Columns,
    counties: Collection[str],
) -> tuple[str, list[Finding]]:
    """The code of the place, a village with its township (X-020): of all counties it may mean the one that has it."""
    province = next(iter(counties))[:2]
    meant = [one for one in villages.counties(cells["host_county"], province) if one.startswith(tuple(counties))]
    if not meant:
        where = "、".join(map(villages.printed, counties))
        wrong = LEDGER_COUNTY_WRONG(printed=printed["host_county"].printed, where=where, rule=columns.path)
        return "", [Finding.of(wrong)]
    found = {code for one in meant if (code := villages.found(cells[place], one, PLACES[place]))}
    if len(found) == 1:
        return found.pop(), []
    what, sample = _SAMPLES[PLACES[place]]
    wrong = LEDGER_PLACE_WRONG(
        printed=printed[place].printed, what=what, field=place, rule=columns.path, accepted=sample
    )
    return "", [Finding.of(wrong)]


def places(rows: Sequence[Row]) -> list[str]:
    """The places the rows name, each once."""
    return list(dict.fromkeys(row.target for row in rows if row.target))
