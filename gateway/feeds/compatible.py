"""What a released contract promises, and what a new one would break.

A subscriber was written against the old schemas. It tolerates what is added; it stumbles over what is removed, renamed
(removed under its old name), of another type, no longer certain to be there, or over a list of values that lost one.
Values may be added to a list: subscribers are told to carry unknown ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

_FIXED: Final = ("format", "pattern", "const", "minimum", "maximum", "minLength", "maxLength")
"""Constraints that must stay as they are: a subscriber's columns and parsers are made to them."""

Schema = Mapping[str, Any]


def broken(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> list[str]:
    """What ``new`` breaks of the ``old`` item schemas, both by CloudEvents type; empty where it is compatible."""
    found = [f"{kind}: the event is gone" for kind in sorted(set(old) - set(new))]
    for kind in sorted(set(old) & set(new)):
        found += [f"{kind}{where}: {what}" for where, what in _differences(old[kind], new[kind], "")]
    return found


def _differences(old: Schema, new: Schema, at: str) -> Iterator[tuple[str, str]]:
    before, after = _types(old), _types(new)
    if before and not (after and after <= before):
        yield at, f"was {_list(before)}, would be {_list(after) or 'anything'}"
    for name in _FIXED:
        if old.get(name) != new.get(name):
            yield at, f"{name} was {old.get(name)}, would be {new.get(name)}"
    yield from _values(old, new, at)
    yield from _members(old, new, at)
    for name in ("items", "additionalProperties"):
        if isinstance(old.get(name), Mapping):
            inner = new.get(name)
            yield from _differences(old[name], inner if isinstance(inner, Mapping) else {}, f"{at}[]")


def _values(old: Schema, new: Schema, at: str) -> Iterator[tuple[str, str]]:
    if "enum" in new and "enum" not in old:
        yield at, f"any value was possible, would be one of {_list(new['enum'])}"
    elif "enum" in old and "enum" not in new:
        yield at, f"was one of {_list(old['enum'])}, would be any value"
    elif lost := [value for value in old.get("enum", ()) if value not in new["enum"]]:
        yield at, f"would never be {_list(lost)} any more"


def _members(old: Schema, new: Schema, at: str) -> Iterator[tuple[str, str]]:
    there = new.get("properties", {})
    for name, schema in old.get("properties", {}).items():
        if name not in there:
            yield f"{at}.{name}", "the field is gone"
        else:
            yield from _differences(schema, there[name], f"{at}.{name}")
    for name in old.get("required", ()):
        if name in there and name not in new.get("required", ()):
            yield f"{at}.{name}", "was always there, might be missing"


def _types(schema: Schema) -> set[str]:
    given = schema.get("type", ())
    return {given} if isinstance(given, str) else set(given)


def _list(values: Any) -> str:
    return ", ".join(sorted(map(str, values)))
