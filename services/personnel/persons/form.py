"""The registration form: reading one row against the fields its notice prints (PE-008).

Which fields there are, in which order, and which may stay empty comes from the profile (``form.fields``). Invariant:
every printed field is present, no other is, and a finding names the field, never what was written in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.errors import PaizhuError
from kernel.rules import Rules
from programmes.readers.nomination import FIELDS, OPINIONS
from services.personnel.persons.refusals import FAMILY_ROWS, FIELD_EMPTY

SEAT_FIELDS = frozenset({"pair", "direction", "level"})
"""What the form of a swap adds: they say which seat the person is for and stand beside the form, not in it."""

_MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])")
_NAME = re.compile(r"[a-z][a-z_]*")
_AGE = re.compile(r"\d{1,3}", re.ASCII)
_SEXES = ("男", "女")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one field. ``rule`` is the path in the profile it rests on."""

    field: str
    code: str
    sentence: str
    accepted: str | None = None
    rule: str | None = FIELDS.path

    @classmethod
    def of(cls, refusal: PaizhuError) -> Finding:
        """What a declared refusal says, as a finding."""
        return cls(refusal.field or "", refusal.code, refusal.sentence, refusal.accepted)


@dataclass(frozen=True, slots=True)
class Field:
    """A printed field: key, name as printed, type, whether it must be filled, whether each family row has it."""

    key: str
    printed: str
    kind: str
    required: bool
    repeats: bool


def contract(rules: Rules) -> tuple[Field, ...]:
    """The fields of the programme's form. An opinion must be filled only where it is due at nomination.

    Raises:
        Rejected: ``rule_unknown`` where the profile has no form.
    """
    due = rules.find(OPINIONS)
    opinions = {f"{name}_unit_opinion" for name in (due.value if due else ())}
    return tuple(
        Field(
            row.key,
            row.printed,
            row.type,
            row.key in opinions if row.type.startswith("opinion") else row.required == 1,
            row.note == "repeating group",
        )
        for row in rules.value(FIELDS)
        if row.key
    )


def read(row: Mapping[str, Any], fields: Sequence[Field]) -> tuple[dict[str, Any], list[Finding]]:
    """The form's values and what is wrong with them.

    Args:
        row: the form's cells by key. A field of the family rows holds a list, or a text with one line a person.
        fields: the contract.

    Returns:
        ({key: text, "family": [{key: text}, …]}, findings). The values are only good where there are no findings.
    """
    findings = list(_strangers(row, fields))
    values: dict[str, Any] = {}
    repeating: dict[str, list[str]] = {}
    for field in fields:
        if field.key not in row:
            findings.append(Finding(field.key, "field_missing", f"登记表缺少“{field.printed}”一栏。", field.printed))
        elif field.repeats:
            repeating[field.key] = _lines(row[field.key])
        else:
            values[field.key] = _text(row[field.key])
            findings += _check(field, values[field.key], field.key)
    findings += _family(repeating, [f for f in fields if f.repeats])
    values["family"] = [dict(zip(repeating, row, strict=True)) for row in zip(*repeating.values(), strict=False)]
    return values, findings


def _strangers(row: Mapping[str, Any], fields: Iterable[Field]) -> Iterator[Finding]:
    known = {field.key for field in fields}
    for number, key in enumerate(row, 1):
        if key not in known:
            # A table without its header row has personal data where names of fields should stand: only a name is shown.
            where = key if _NAME.fullmatch(key) else f"[{number}]"
            yield Finding(where, "field_unknown", "登记表没有这一栏。", "登记表印发的各栏")


def _family(repeating: Mapping[str, list[str]], fields: Sequence[Field]) -> Iterator[Finding]:
    longest = max((len(values) for values in repeating.values()), default=0)
    for field in fields:
        values = repeating.get(field.key)
        if values is None:
            continue
        if len(values) != longest:
            yield Finding.of(FAMILY_ROWS(field=field.key, printed=field.printed, rows=longest))
        for number, value in enumerate(values, 1):
            yield from _check(field, value, f"{field.key}[{number}]")


def _text(cell: Any) -> str:
    # A spreadsheet gives whole numbers as floats; nothing else is converted.
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _lines(cell: Any) -> list[str]:
    if isinstance(cell, list | tuple):
        return [_text(item) for item in cell]
    text = _text(cell)
    return [line.strip() for line in text.split("\n")] if text else []


def _check(field: Field, value: str, where: str) -> Iterator[Finding]:
    if not value:
        if field.required:
            yield Finding.of(FIELD_EMPTY(field=where, printed=field.printed))
        return
    accepts, accepted = _KINDS.get(field.key) or _KINDS.get(field.kind) or (None, "")
    if accepts is not None and not accepts(value):
        yield Finding(where, "field_value", f"“{field.printed}”填写不符合要求。", accepted)


_KINDS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "sex": (lambda value: value in _SEXES, "男或女"),
    "year-month": (lambda value: _MONTH.fullmatch(value) is not None, "YYYY-MM"),
    "integer": (lambda value: _AGE.fullmatch(value) is not None, "整数"),
}
