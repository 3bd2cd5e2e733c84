"""The fields of a form, made from the very contract a command is loaded with: a new command has its form as it is.

Invariant: a form has exactly the fields of the contract, each called in Chinese. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final, cast

import marshmallow as ma

from kernel.fields import SIMPLE, Items, Members
from kernel.messages import Command
from kernel.schema import schema_of
from programmes.choice_words import title_of
from programmes.field_words import WORDS

_DAY: Final = "年-月-日，如 2018-05-02"
_SHEET: Final = "从表格粘贴，首行为栏目"
_TOLD: Final = re.compile("[，：]")
_LINE: Final = 400
"""Characters: what may be longer is written in a box of several lines."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how it is called, what is written in it and how, what stands there at first.

    ``kind``: line, text, number, day, flag, choice; lines (a list, one value a line), pairs (an object, ``name：value``
    a line), table (a list of objects, pasted from a sheet with its header); group (``parts``), groups (a list of them).
    ``inner`` is the kind of the values of a list or an object. ``nullable``: left empty it is null.
    """

    name: str
    label: str
    kind: str
    required: bool
    hint: str = ""
    initial: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    parts: tuple[Field, ...] = ()
    inner: str = ""
    nullable: bool = False
    most: int = 0


def fields_of(command: type[Command]) -> tuple[Field, ...]:
    """The fields of a command's form, those of its contract in their order."""
    return _fields_of(cast(type, command))


@cache
def _fields_of(command: type) -> tuple[Field, ...]:
    return _parts(schema_of(command)())


OCCURRED: Final = Field("occurred_on", "事实发生的日期", "day", required=True, hint=_DAY)
"""What every command has beside its contract."""


def _parts(contract: ma.Schema) -> tuple[Field, ...]:
    return tuple(_field(name, field) for name, field in contract.fields.items())


def _field(name: str, field: ma.fields.Field[Any]) -> Field:
    label, told = _word(name)
    made = Field(
        name,
        label,
        _kind(field),
        required=field.required,
        initial=_initial(field.load_default),
        nullable=bool(field.allow_none),
    )
    if isinstance(field, Items):
        return _listed(made, field)
    if isinstance(field, Members):
        return replace(made, inner=_kind(field.value_field), hint="每行一项，写作“名称：内容”")
    if isinstance(field, ma.fields.Nested):
        return replace(made, parts=_parts(field.schema))
    if choices := _choices(field):
        titles = tuple((value, title_of(name, value)) for value in choices)
        return replace(made, choices=titles, hint="")
    return replace(made, hint="；".join(filter(None, (told, _hint(field, made.kind)))))


def _word(name: str) -> tuple[str, str]:
    """What a field is called, and what else its word tells."""
    label, *told = _TOLD.split(WORDS.get(name, ""), maxsplit=1)
    return label, "".join(told)


def _listed(made: Field, field: Items) -> Field:
    inner = field.inner
    if isinstance(inner, ma.fields.Nested):
        return replace(made, kind="groups", parts=_parts(inner.schema), most=field.most)
    if isinstance(inner, Members):
        return replace(
            made, kind="table", inner=_kind(inner.value_field), most=field.most, hint="从表格粘贴，首行为栏目"
        )
    kind = _kind(inner)
    hint = "每行一项" + (f"，{said}" if (said := _hint(inner, kind)) else "")
    return replace(made, kind="lines", inner=kind, most=field.most, hint=hint)


def _kind(field: Any) -> str:
    for plain, kind in ((int, "number"), (bool, "flag"), (date, "day")):
        if isinstance(field, SIMPLE[plain][0]):
            return kind
    if isinstance(field, ma.fields.Nested):
        return "group"
    if isinstance(field, Members):
        return "pairs"
    if _choices(field):
        return "choice"
    return "line" if _longest(field) <= _LINE else "text"


def _choices(field: Any) -> tuple[str, ...]:
    found = [v for v in getattr(field, "validators", ()) if isinstance(v, ma.validate.OneOf)]
    return tuple(map(str, found[0].choices)) if found else ()


def _longest(field: Any) -> int:
    """Characters; a text without an end of its own stands on a line, anything that is no text in a box."""
    if not isinstance(field, ma.fields.String):
        return _LINE + 1
    lengths = [one.max for v in field.validators for one in getattr(v, "validators", (v,)) if hasattr(one, "max")]
    return min((most for most in lengths if most), default=_LINE)


def _hint(field: Any, kind: str) -> str:
    if kind == "day":
        return _DAY
    if kind == "number":
        return "整数"
    required = str(getattr(field, "error_messages", {}).get("required", ""))
    accepted = required.rpartition("|")[2]
    return "" if accepted in ("文本", "任意 JSON", "一行非空文本，不含控制字符", "非空文本") else accepted


def _initial(default: Any) -> str:
    """What a default looks like in a field; what is empty, or no single value, stands as nothing."""
    if isinstance(default, bool):
        return "true" if default else "false"
    return str(default) if isinstance(default, int | str | date) else ""
