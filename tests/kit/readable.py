"""Values that a form of a profile takes, by its types and checks: those at the edges, and any.

What is written here knows no path: a reader that is declared tomorrow is varied as those of today are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from hypothesis import strategies as st
from msgspec import inspect

from kernel.forms import MOST
from kernel.reader import Form, Unreadable

TEXTS: Final = (
    *("外地某某", "x" * 200, "甲", "0", "14", "1401", "140100", "999999", "2107", "210727", "province_org"),
    *("township_party_secretary", "county_nobody", "village_x", "2018-06", "D01", "target unit"),
)
"""Names and codes that a profile may write and no other profile knows."""
DAYS: Final = ("0001-01-01", "2018-02-28", "2018-05-02", "9999-12-31")
FEW: Final = 3
"""Items of a list or mapping that is made up."""


def readable(form: Form[Any], value: Any) -> bool:
    """Whether a profile with ``value`` would be published."""
    try:
        form.of(value)
    except Unreadable:
        return False
    return True


def values(form: Form[Any]) -> st.SearchStrategy[Any]:
    """Any value that ``form`` takes, as a profile writes it."""
    return _any(inspect.type_info(form.shape)).filter(lambda value: readable(form, value))


def variants(form: Form[Any], value: Any) -> tuple[Any, ...]:
    """``value`` with each of its parts at its edges, exchanged, gone, or one more: those that ``form`` takes."""
    found: list[Any] = []
    for other in _varied(inspect.type_info(form.shape), value):
        if other != value and other not in found and readable(form, other):
            found.append(other)
    return tuple(found)


def _edges(info: inspect.Type) -> Iterator[Any]:
    """Values of a type at its edges, whatever stands there."""
    match info:
        case inspect.Metadata():
            yield from _edges(info.type)
        case inspect.LiteralType():
            yield from info.values
        case inspect.BoolType():
            yield from (False, True)
        case inspect.NoneType():
            yield None
        case inspect.IntType():
            least = info.ge if info.ge is not None else -MOST
            yield from dict.fromkeys((least, least + 1, info.le if info.le is not None else MOST))
        case inspect.StrType():
            yield from (text for text in TEXTS if re.search(info.pattern or "", text))
        case inspect.DateType():
            yield from DAYS
        case inspect.UnionType():
            for one in info.types:
                yield from _edges(one)
        case inspect.VarTupleType() | inspect.ListType():
            items = tuple(islice(_edges(info.item_type), FEW))
            yield []
            yield from ([one] for one in items)
            yield list(items)
        case inspect.DictType():
            keys, parts = tuple(islice(_edges(info.key_type), FEW)), tuple(islice(_edges(info.value_type), FEW))
            yield {}
            yield from ({keys[0]: part} for part in parts[:FEW] if keys)
            yield dict.fromkeys(keys, parts[-1])
        case inspect.StructType():
            least_of = {part.encode_name: next(_edges(part.type)) for part in info.fields if part.required}
            yield least_of
            for part in info.fields:
                yield from ({**least_of, part.encode_name: edge} for edge in islice(_edges(part.type), FEW))
        case _:
            raise TypeError(f"no value of {info} is known")


def _varied(info: inspect.Type, value: Any) -> Iterator[Any]:
    """``value`` with one part changed."""
    if isinstance(info, inspect.Metadata):
        yield from _varied(info.type, value)
        return
    yield from _edges(info)
    if isinstance(info, inspect.UnionType):
        for one in info.types:
            yield from _varied(one, value)
    elif isinstance(info, inspect.VarTupleType | inspect.ListType) and isinstance(value, list):
        yield value[::-1]
        for at, item in enumerate(value):
            yield [*value[:at], *value[at + 1 :]]
            yield from ([*value[:at], other, *value[at + 1 :]] for other in _varied(info.item_type, item))
        yield from ([*value, one] for one in _edges(info.item_type))
    elif isinstance(info, inspect.DictType) and isinstance(value, dict):
        yield from _with_parts(value, dict.fromkeys(value, info.value_type))
        yield from ({**value, key: next(_edges(info.value_type))} for key in _edges(info.key_type))
    elif isinstance(info, inspect.StructType) and isinstance(value, dict):
        yield from _with_parts(value, {part.encode_name: part.type for part in info.fields})


def _with_parts(value: Mapping[str, Any], types: Mapping[str, inspect.Type]) -> Iterator[Any]:
    for key, info in types.items():
        yield {name: kept for name, kept in value.items() if name != key}
        yield from ({**value, key: other} for other in _varied(info, value.get(key)))


def _any(info: inspect.Type) -> st.SearchStrategy[Any]:
    match info:
        case inspect.Metadata():
            return _any(info.type)
        case inspect.IntType():
            least, most = info.ge if info.ge is not None else -MOST, info.le if info.le is not None else MOST
            return st.integers(least, most)
        case inspect.UnionType():
            return st.one_of(*map(_any, info.types))
        case inspect.VarTupleType() | inspect.ListType():
            return st.lists(_any(info.item_type), min_size=info.min_length or 0, max_size=FEW + (info.min_length or 0))
        case inspect.DictType():
            return st.dictionaries(
                _any(info.key_type), _any(info.value_type), min_size=info.min_length or 0, max_size=FEW
            )
        case inspect.StructType():
            named = {part.encode_name: _any(part.type) for part in info.fields}
            needed = {part.encode_name for part in info.fields if part.required}
            return st.fixed_dictionaries(
                {name: one for name, one in named.items() if name in needed},
                optional={name: one for name, one in named.items() if name not in needed},
            )
        case _:
            return st.sampled_from(tuple(_edges(info)))


def first(form: Form[Any]) -> Any:
    """The first value at an edge that ``form`` takes."""
    return next(value for value in _edges(inspect.type_info(form.shape)) if readable(form, value))
