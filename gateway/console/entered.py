"""From what was typed to the data of a command, and back: a form is flat, ``units.0.divisions.1.code``, data is nested.

The names are those by which a refusal names a field, so that what is wrong is said where it was typed.
Invariant: nothing that was typed is lost, and nothing is made right: what fits no contract goes to it as it is. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from gateway.console.fields import Field

Typed = Mapping[str, str]
_NUMBER: Final = re.compile("-?[0-9]{1,30}")
_PAIR: Final = re.compile("[：:=\t]")


def data_of(fields: tuple[Field, ...], typed: Typed, at: str = "") -> dict[str, Any]:
    """The data of a command; what was left empty is not in it, unless empty is what it must be."""
    found: dict[str, Any] = {}
    for field in fields:
        given, value = _value(field, typed, at + field.name)
        if given:
            found[field.name] = value
    return found


def settled(fields: tuple[Field, ...], typed: Typed, at: str = "") -> dict[str, str]:
    """What was typed, without groups that were left empty, the others numbered anew, and without empty lines."""
    found: dict[str, str] = {}
    for field in fields:
        path = at + field.name
        if field.kind == "groups":
            kept = [n for n in numbers(path, typed) if not _blank(field.parts, typed, f"{path}.{n}.")]
            for new, old in enumerate(kept):
                moved = {f"{path}.{new}.{k}": v for k, v in _below(f"{path}.{old}.", typed)}
                found |= settled(field.parts, moved, f"{path}.{new}.")
        elif field.kind == "group":
            found |= settled(field.parts, typed, f"{path}.")
        elif path in typed:
            value = typed[path]
            found[path] = "\n".join(_lines(value)) if field.kind in ("lines", "pairs", "table") else value
    return found


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
    return sorted({int(head) for key, _ in _below(f"{path}.", typed) if _NUMBER.fullmatch(head := key.split(".")[0])})


def _below(prefix: str, typed: Typed) -> Iterator[tuple[str, str]]:
    return ((key[len(prefix) :], value) for key, value in typed.items() if key.startswith(prefix))


def _blank(fields: tuple[Field, ...], typed: Typed, at: str) -> bool:
    """True where nothing was written in these fields beyond what stood there at first."""
    for field in fields:
        path = at + field.name
        if field.kind == "groups":
            if any(not _blank(field.parts, typed, f"{path}.{n}.") for n in numbers(path, typed)):
                return False
        elif field.kind == "group":
            if not _blank(field.parts, typed, f"{path}."):
                return False
        elif typed.get(path, "").strip() not in ("", field.initial):
            return False
    return True


def _value(field: Field, typed: Typed, path: str) -> tuple[bool, Any]:
    """Whether the field is given, and what."""
    if field.kind == "groups":
        values = [data_of(field.parts, typed, f"{path}.{n}.") for n in numbers(path, typed)]
        return bool(values) or field.required, values
    if field.kind == "group":
        absent = _blank(field.parts, typed, f"{path}.") and not field.required
        return not absent, {} if absent else data_of(field.parts, typed, f"{path}.")
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
    if kind == "number" and _NUMBER.fullmatch(given):
        return int(given)
    if kind == "flag" and given in ("true", "false"):
        return given == "true"
    return text if kind == "text" else given


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _rows(field: Field, text: str) -> list[dict[str, Any]]:
    """The rows of a sheet: tabs between its cells, the names of the columns on its first line."""
    header, *lines = (line.split("\t") for line in _lines(text))
    names = [name.strip() for name in header]
    return [{name: _one(field.inner, cell) for name, cell in zip(names, line, strict=False)} for line in lines]


def _members(field: Field, text: str) -> Any:
    """The members of an object; the text itself where it is none, for the contract to say so."""
    if text.lstrip().startswith("{"):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            return text
    pairs = [_PAIR.split(line, maxsplit=1) for line in _lines(text)]
    if any(len(pair) != 2 for pair in pairs):
        return text
    return {name.strip(): _one(field.inner, value.strip()) for name, value in pairs}
