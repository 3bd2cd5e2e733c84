"""Fields carried over by name, from what is at hand to what is made of it (as ``follow`` does in Eventide).

Which source gives which field depends on the types alone, so it is worked out once for each combination of them.
Invariant: a field that two sources could give is given by neither.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec

CONTEXT, DATE = "context", "occurred_on"


def carried(kind: type, sources: Sequence[Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the struct ``kind``: those that are ``named``, and each other one from the source that has it.

    Raises:
        TypeError: for a field that no source or more than one could give, and for one that ``kind`` does not have.
    """
    values = dict(named)
    for number, names, read in _givers(kind, tuple(map(type, sources)), frozenset(named)):
        values.update(zip(names, read(sources[number]), strict=True))
    return values


@cache
def _givers(
    kind: type, sources: tuple[type, ...], named: frozenset[str]
) -> tuple[tuple[int, tuple[str, ...], Callable[[Any], Sequence[Any]]], ...]:
    taken: dict[int, dict[str, str]] = {}
    for field in msgspec.structs.fields(kind):
        if field.name in named:
            continue
        able = [(number, path) for number, source in enumerate(sources) if (path := _paths(source).get(field.name))]
        if len(able) == 1:
            number, path = able[0]
            taken.setdefault(number, {})[field.name] = path
        elif len(able) > 1 or field.required:
            many = "more than one of" if able else "none of"
            given = ", ".join(source.__name__ for source in sources) or "nothing"
            raise TypeError(f"{kind.__name__}.{field.name} is given by {many} {given}: name it")
    return tuple((number, tuple(paths), _reader(tuple(paths.values()))) for number, paths in taken.items())


def _reader(paths: tuple[str, ...]) -> Callable[[Any], Sequence[Any]]:
    if len(paths) > 1:
        return attrgetter(*paths)
    one = attrgetter(*paths)
    return lambda source: (one(source),)


@cache
def _paths(source: type) -> Mapping[str, str]:
    """What a source gives, and where it has it: its fields; of a command the date of the fact; of an event never that
    date, which belongs to the fact it was."""
    if issubclass(source, msgspec.Struct):
        return {name: name for name in source.__struct_fields__ if name != DATE}
    if dataclasses.is_dataclass(source):
        own = {field.name: field.name for field in dataclasses.fields(source)}
        return own | {DATE: f"{CONTEXT}.{DATE}"} if own.pop(CONTEXT, None) else own
    raise TypeError(f"{source.__name__} has no fields to take over")
