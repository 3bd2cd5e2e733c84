"""For any command some data that its contract takes, by the types of its fields."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from kernel.messages import Command, Pattern

_TEXTS = ("210726101201", "2018-06", "2018-Q2", "2018-H1", "2018", "甲", "09:30", "2018-06-05T09:30", "0" * 64)
POSTING: Final = "LN2018.210726101201.1"
LEG: Final = "LN2002.1.out.city.1.1"
_NAMED: Mapping[str, Any] = {
    "programme": "LN2018",
    "posting": POSTING,
    "postings": [POSTING],
    "leg": LEG,
    "legs": [LEG],
    "unit": "U1",
    "notice": "辽组通字〔2018〕23号",
    "profile": {"scope": "21"},
}
_PLAIN: Mapping[Any, Any] = {int: 1, bool: False, date: "2018-06-01", str: "甲", Any: "甲"}


def sample(kind: type[Command], **given: Any) -> dict[str, Any]:
    """Data for a command of ``kind``: every field, optional ones too, those ``given`` as they are."""
    return {**_fields(kind), **given}


def _fields(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind, include_extras=True)
    names = [field.name for field in dataclasses.fields(kind) if field.name != "context"]
    return {
        name: _NAMED[name] if name in _NAMED and not _nested(hints[name]) else _value(hints[name]) for name in names
    }


def _nested(hint: Any) -> bool:
    return typing.get_origin(hint) is tuple and dataclasses.is_dataclass(typing.get_args(hint)[0])


def _value(hint: Any) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated and typing.get_origin(args[0]) is tuple:
        return _value(args[0])
    if origin is typing.Annotated:
        patterns = [one for one in args[1:] if isinstance(one, Pattern)]
        return next(text for text in _TEXTS if all(re.fullmatch(one.regex, text) for one in patterns))
    if origin in (typing.Union, types.UnionType):
        return _value(next(one for one in args if one is not type(None)))
    if origin is typing.Literal:
        return args[0]
    if origin is tuple:
        return [_value(args[0])]
    if dataclasses.is_dataclass(hint):
        return _fields(hint)
    return {} if origin is not None else _PLAIN[hint]
