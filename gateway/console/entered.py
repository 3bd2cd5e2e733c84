"""From what was typed to the data of a command, and back: a form is flat, ``units.0.divisions.1.code``, data is nested.

The names are those by which a refusal names a field, so that what is wrong is said where it was typed.
Invariant: nothing that was typed is lost, and nothing is made right: what fits no contract goes to it as it is. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson

from gateway.console.fields import Field

Typed = Mapping[str, str]
Groups = Mapping[str, list[int]]
_NUMBER: Final = re.compile("-?[0-9]{1,30}")
_WHOLE: Final = 2**63
"""What JSON can carry as a whole number; what is more stays the text that it is, and no contract takes that."""
_DEEPEST: Final = 8
_PAIR: Final = re.compile("[：:=\t]")


def data_of(fields: tuple[Field, ...], typed: Typed) -> dict[str, Any]:
    """The data of a command; what was left empty is not in it, unless empty is what it must be."""
    return _data(fields, typed, groups_of(typed), "")


def settled(fields: tuple[Field, ...], typed: Typed) -> dict[str, str]:
    """What was typed, without groups that were left empty, the others numbered anew, and without empty lines."""
    return _settled(fields, typed, groups_of(typed), "", "")


def begun(fields: tuple[Field, ...], at: str = "") -> dict[str, str]:
    """What stands in a form that nobody has written in: what the contract would take anyway."""
    found: dict[str, str] = {}
    for field in fields:
        if field.kind == "group":
            found |= begun(field.parts, f"{at}{field.name}.")
        elif field.kind not in ("groups", "lines", "pairs", "table"):
            found[at + field.name] = field.initial
    return found


def numbers(path: str, typed: Typed) -> list[int]:
    """The numbers of the groups at ``path`` that are in the form."""
    return groups_of(typed).get(path, [])


def groups_of(typed: Typed) -> Groups:
    """The numbers of all groups, by path: a form is gone through once, however many it has."""
    found: dict[str, set[int]] = {}
    for key in typed:
        path, *rest = key.split(".", _DEEPEST)
        for part in rest:
            if _NUMBER.fullmatch(part):
                found.setdefault(path, set()).add(int(part))
            path = f"{path}.{part}"
    return {path: sorted(known) for path, known in found.items()}


def _data(fields: tuple[Field, ...], typed: Typed, groups: Groups, at: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        given, value = _value(field, typed, groups, at + field.name)
        if given:
            found[field.name] = value
    return found


def _settled(fields: tuple[Field, ...], typed: Typed, groups: Groups, at: str, new: str) -> dict[str, str]:
    """What stands under ``at``, as it stands under ``new`` then."""
    found: dict[str, str] = {}
    for field in fields:
        path, settled_path = at + field.name, new + field.name
        if field.kind == "groups":
            kept = [n for n in groups.get(path, ()) if not _blank(field.parts, typed, groups, f"{path}.{n}.")]
            for number, old in enumerate(kept):
                found |= _settled(field.parts, typed, groups, f"{path}.{old}.", f"{settled_path}.{number}.")
        elif field.kind == "group":
            found |= _settled(field.parts, typed, groups, f"{path}.", f"{settled_path}.")
        elif path in typed:
            value = typed[path]
            found[settled_path] = "\n".join(_lines(value)) if field.kind in ("lines", "pairs", "table") else value
    return found


def _blank(fields: tuple[Field, ...], typed: Typed, groups: Groups, at: str) -> bool:
    """True where nothing was written in these fields beyond what stood there at first."""
    for field in fields:
        path = at + field.name
        if field.kind == "groups":
            if any(not _blank(field.parts, typed, groups, f"{path}.{n}.") for n in groups.get(path, ())):
                return False
        elif field.kind == "group":
            if not _blank(field.parts, typed, groups, f"{path}."):
                return False
        elif typed.get(path, "").strip() not in ("", field.initial):
            return False
    return True


def _value(field: Field, typed: Typed, groups: Groups, path: str) -> tuple[bool, Any]:
    """Whether the field is given, and what."""
    if field.kind == "groups":
        values = [_data(field.parts, typed, groups, f"{path}.{n}.") for n in groups.get(path, ())]
        return bool(values) or field.required, values
    if field.kind == "group":
        absent = _blank(field.parts, typed, groups, f"{path}.") and not field.required
        return not absent, {} if absent else _data(field.parts, typed, groups, f"{path}.")
    text = typed.get(path, "")
    if not text.strip():
        if field.kind in ("lines", "table"):
            return field.required, []
        return (True, None) if field.required and field.nullable else (False, None)
    if field.kind == "lines":
        return True, [_one(field.inner, line) for line in _lines(text)]
    if field.kind == "table":
        return True, _rows(field, text)
    if field.kind == "pairs":
        return True, _members(field, text)
    return True, _one(field.kind, text)


def _one(kind: str, text: str) -> Any:
    given = text.strip()
    if kind == "number" and _NUMBER.fullmatch(given) and -_WHOLE <= int(given) < _WHOLE:
        return int(given)
    if kind == "flag" and given in ("true", "false"):
        return given == "true"
    return text if kind == "text" else given


def _lines(text: str) -> list[str]:
    return [line.rstrip(" \r") for line in text.split("\n") if line.strip()]


def _rows(field: Field, text: str) -> Any:
    """The rows of a sheet: tabs between its cells, the names of the columns on its first line; the text itself where a
    row is longer or two columns have one name, for the contract to say so."""
    header, *lines = (line.split("\t") for line in _lines(text))
    names = [name.strip() for name in header]
    if len(set(names)) != len(names) or any(len(line) > len(names) for line in lines):
        return text
    return [{name: _one(field.inner, cell) for name, cell in zip(names, line, strict=False)} for line in lines]


def _members(field: Field, text: str) -> Any:
    """The members of an object; the text itself where it is none, for the contract to say so."""
    if text.lstrip().startswith("{"):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            return text
    pairs = [_PAIR.split(line, maxsplit=1) for line in _lines(text)]
    if any(len(pair) != 2 for pair in pairs) or len({pair[0].strip() for pair in pairs}) != len(pairs):
        return text
    return {name.strip(): _one(field.inner, value.strip()) for name, value in pairs}
