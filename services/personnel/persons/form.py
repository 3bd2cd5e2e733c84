"""The registration form: reading one row against the fields its notice prints (PE-008).

Which fields there are, in which order, and which may stay empty comes from the profile (``form.fields``). Invariant:
every printed field is present, no other is, and a finding names the field, never what was written in it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kernel.errors import PaizhuError, Rejected
from kernel.refusals import FIELD_TOO_LONG
from kernel.rules import Rules
from kernel.text import (
    LONGEST_ENTRY,
    LONGEST_IMAGE,
    LONGEST_NAME,
    code,
    figures,
    is_name,
    is_plain,
    normal,
    person,
    unseen,
)
from programmes.readers.nomination import FIELDS, OPINIONS
from programmes.roster import CHOICES
from services.personnel.persons.refusals import CELL_NOT_TEXT, CELL_UNREADABLE, CELL_UNSEEN, FAMILY_ROWS, FIELD_EMPTY

SEAT_FIELDS = frozenset({"pair", "direction", "level"})
"""What the form of a swap adds: they say which seat the person is for and stand beside the form, not in it."""

# One figure for the month only where no number can stand behind it: a cell that shows 1985.1 may have been 1985.10.
_MONTH = re.compile(r"((?:19|20)[0-9]{2})(?:[.\-/](0[1-9]|1[0-2])|[\-/]([1-9])|年(0?[1-9]|1[0-2])月)")
_NAME = re.compile(r"[a-z][a-z_]*")
_AGE = re.compile(r"[0-9]{1,3}")
_UNREADABLE = {
    "error": "是错误值",
    "formula": "的公式没有存下结果",
    "number": "以数字存放，原来写的是什么已看不出",
    "digits": "以数字存放，末位已失真",
    "date": "以日期存放，原来写的是什么已看不出",
}
"""Why a cell of a workbook says nothing for certain: ``{"unreadable": "error"}`` stands for such a cell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one field. ``rule`` is the path in the profile it rests on."""

    field: str
    code: str
    sentence: str
    accepted: str | None = None
    rule: str | None = FIELDS.path
    kind: str = Rejected.kind

    @classmethod
    def of(cls, refusal: PaizhuError) -> Finding:
        """What a declared refusal says, as a finding."""
        rule, kind = (refusal.rule, refusal.kind) if isinstance(refusal, Rejected) else (FIELDS.path, Rejected.kind)
        return cls(refusal.field or "", refusal.code, refusal.sentence, refusal.accepted, rule, kind)


@contextmanager
def noted(findings: list[Finding]) -> Iterator[None]:
    """Within the block a refusal ends the block and becomes one of ``findings``."""
    try:
        yield
    except Rejected as refusal:
        findings.append(Finding.of(refusal))


@dataclass(frozen=True, slots=True)
class Field:
    """A printed field: key, name as printed, type, whether it must be filled, whether each family row has it.
    ``holds`` is how it is read, found once for all rows."""

    key: str
    printed: str
    kind: str
    required: bool
    repeats: bool
    holds: _Kind = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "holds", _KINDS.get(self.key) or _KINDS.get(self.kind) or _TEXT)


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
    """The form's values and what is wrong with them (PE-008).

    Args:
        row: the form's cells by key. A field of the family rows holds a list, or a text with one line a person.
        fields: the contract.

    Returns:
        ({key: text, "family": [{key: text}, …]}, findings). The values are only good where there are no findings.
    """
    findings: list[Finding] = []
    values: dict[str, Any] = {}
    repeating: dict[str, list[str]] = {}
    written = "".join([given for given in row.values() if type(given) is str])
    plain = "\n" not in written and is_plain(written)  # nearly every row of a roster, and then each of its cells
    for field in fields:
        given = row.get(field.key)
        if plain and type(given) is str and (value := _plainly(field, given.strip(" "))) is not None:
            if not field.repeats:
                values[field.key] = value
            else:
                repeating[field.key] = [value] if value else []
        elif field.key not in row:
            findings.append(Finding(field.key, "field_missing", f"登记表缺少“{field.printed}”一栏。", field.printed))
        elif field.repeats:
            lines, found = _lines(field, given)
            findings += found
            if all(finding.field != field.key for finding in found):  # else the lines of the cell are not known
                repeating[field.key] = lines
        else:
            values[field.key], found = _read(field, given, field.key)
            findings += found
    if len(row) + len(findings) > len(fields):
        findings[:0] = _strangers(row, fields)
    longest = max(map(len, repeating.values()), default=0)
    for field in fields if any(len(lines) != longest for lines in repeating.values()) else ():
        if len(repeating.get(field.key, ())) != longest and field.key in repeating:
            findings.append(Finding.of(FAMILY_ROWS(field=field.key, printed=field.printed, rows=longest)))
    values["family"] = [dict(zip(repeating, row, strict=True)) for row in zip(*repeating.values(), strict=False)]
    return values, findings


def cell(given: Any, where: str, printed: str) -> tuple[str, list[Finding]]:
    """The text of a cell in its normal form, and what is wrong with it: a whole number is the text of its figures, and
    nothing else is converted.
    """
    if isinstance(given, str) and "\n" not in given and is_plain(given):
        return given.strip(), []  # nearly every cell of a roster
    if isinstance(given, Mapping) and (why := _UNREADABLE.get(str(given.get("unreadable")))):
        return "", [Finding.of(CELL_UNREADABLE(field=where, printed=printed, why=why))]
    if isinstance(given, int | float):
        given = figures(given)
    elif given is None:
        return "", []
    if not isinstance(given, str):
        return "", [Finding.of(CELL_NOT_TEXT(field=where, printed=printed))]
    written = normal(given)
    if marks := unseen(written):
        return "", [Finding.of(CELL_UNSEEN(field=where, printed=printed, marks=marks))]
    return "\n".join(line.strip() for line in written.split("\n")).strip(), []


def _strangers(row: Mapping[str, Any], fields: Iterable[Field]) -> Iterator[Finding]:
    """Columns that the form does not print (PE-008)."""
    known = {field.key for field in fields}
    for number, key in enumerate(row, 1):
        if key not in known:
            # A table without its header row has personal data where names of fields should stand: only a name is shown.
            where = key if _NAME.fullmatch(key) else f"[{number}]"
            yield Finding(where, "field_unknown", "登记表没有这一栏。", "登记表印发的各栏")


def _plainly(field: Field, written: str) -> str | None:
    """The value of a cell that holds one plain line, None where something is wrong with it: nearly every cell of a
    roster, told at once."""
    if not written:
        return None if field.required and not field.repeats else ""
    kind = field.holds
    value = written if kind is _TEXT else kind.read(written)
    return None if value is None or len(value) > kind.longest else value


def _lines(field: Field, given: Any) -> tuple[list[str], list[Finding]]:
    """One value for each member of the family: of a list, or of a text with one line a person."""
    findings: list[Finding] = []
    if not isinstance(given, list | tuple):
        whole, findings = cell(given, field.key, field.printed)
        given = whole.split("\n") if whole else []
    read = [_read(field, one, f"{field.key}[{number}]") for number, one in enumerate(given, 1)]
    return [value for value, _ in read], [*findings, *(finding for _, found in read for finding in found)]


def _read(field: Field, given: Any, where: str) -> tuple[str, list[Finding]]:
    written, findings = cell(given, where, field.printed)
    if findings:
        return written, findings
    if not written:
        return "", [Finding.of(FIELD_EMPTY(field=where, printed=field.printed))] if field.required else []
    kind = field.holds
    value = kind.read(written)
    if value is None:
        return written, [Finding(where, "field_value", f"“{field.printed}”填写不符合要求。", kind.accepted)]
    if len(value) > kind.longest:
        return value, [Finding.of(FIELD_TOO_LONG(field=where, longest=kind.longest))]
    return value, []


def _month(written: str) -> str | None:
    """YYYY-MM where ``written`` is exactly a month: 1985-10, 1985.10, 1985/10, 1985年10月, the first figure of a month
    left out but after a point."""
    found = _MONTH.fullmatch(written) or _MONTH.fullmatch(code(written))
    return f"{found[1]}-{int(found[found.lastindex or 1]):02d}" if found else None


def _name(written: str) -> str | None:
    """A person's name in its one form, None for what cannot be one."""
    name = person(written)
    return name if is_name(name) else None


def _one_of(*choices: str) -> Callable[[str], str | None]:
    return lambda written: written if written in choices else None


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of field is read: what it holds, None for what does not fit; what fits in words; characters."""

    read: Callable[[str], str | None] = str
    accepted: str = ""
    longest: int = LONGEST_ENTRY


_TEXT = _Kind()
_PERSON = _Kind(_name, "一个姓名", LONGEST_NAME)
_KINDS: Mapping[str, _Kind] = {
    "name": _PERSON,
    "family_name": _PERSON,
    "image": _Kind(longest=LONGEST_IMAGE),
    "sex": _Kind(_one_of(*CHOICES["sex"]), "男或女"),
    "year-month": _Kind(_month, "年月，如 1985-10、1985.10 或 1985年10月"),
    "integer": _Kind(lambda written: written if _AGE.fullmatch(written) else None, "整数"),
}
