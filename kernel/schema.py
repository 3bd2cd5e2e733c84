"""Schemas: the marshmallow contract of a message, derived from its class, and the one way in from outside.

A contract is strict: unknown fields, wrong types and missing fields are refused, each by name and with what would be
accepted. ``load`` turns a JSON object into a frozen dataclass; only dataclasses travel inside. Every text comes in one
form (``kernel.text``), without marks nobody sees, and without the number of a person unless it is to be sealed.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

import marshmallow as ma
import msgspec

from kernel import personal
from kernel.codec import decoder_of
from kernel.errors import BadInput
from kernel.fields import LISTED, OBJECT, SIMPLE, Contract, Items, Members, absent, say
from kernel.messages import Command, Context, Event, Most, Pattern, Sealing
from kernel.refusals import FIELD_NOT_ALL_READ, FIELD_TOO_LONG, FIELD_TYPE, FIELD_VALUE

C = TypeVar("C", bound=Command)
_OUTSIDE = {"context", "occurred_on"}
_TOLD = 100
"""Faults that a refusal lists."""


def _pattern(pattern: Pattern) -> ma.validate.Validator:
    return ma.validate.And(
        ma.validate.Regexp(
            re.compile(rf"(?:{pattern.regex})\Z"), error=say(FIELD_VALUE, "格式不符。", pattern.accepted)
        ),
        ma.validate.Length(
            max=pattern.longest, error=say(FIELD_TOO_LONG, "超过长度。", f"不超过 {pattern.longest} 个字符")
        ),
    )


def _field(annotation: Any, **options: Any) -> ma.fields.Field[Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is typing.Annotated:
        found = [p for p in args[1:] if isinstance(p, Pattern)]
        if any(p is Sealing for p in args[1:]):
            options["sealing"] = True
        if limits := [p.count for p in args[1:] if isinstance(p, Most)]:
            options["most"] = limits[0]
        if not found:
            return _field(args[0], **options)
        if any(p.code for p in found):
            options["code"] = True
        options = {"accepted": found[0].accepted, **options}
        return _field(args[0], **options, validate=[_pattern(p) for p in found])
    if origin in (Union, types.UnionType):
        inner = [a for a in args if a is not type(None)]
        return _field(inner[0] if len(inner) == 1 else Any, **{**options, "allow_none": True})
    if origin is typing.Literal:
        wanted = "、".join(map(str, args))
        choices = ma.validate.OneOf(args, error=say(FIELD_VALUE, "不在可选值内。", wanted))
        return _field(type(args[0]), **{"accepted": wanted, **options}, validate=choices)
    named: str | None = options.pop("accepted", None)
    if origin in (tuple, list):
        options["error_messages"] = {**absent("列表"), "invalid": say(FIELD_TYPE, "应为列表。", "列表")}
        return Items(_field(args[0]), **{"most": LISTED, **options})
    if dataclasses.is_dataclass(annotation):
        options["error_messages"] = {**absent("对象"), "type": OBJECT}
        return ma.fields.Nested(schema_of(typing.cast(type, annotation)), **options)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        options["error_messages"] = {**absent("对象"), "invalid": OBJECT}
        return Members(keys=_field(args[0]), values=_field(args[1], allow_none=_is_any(args[1])), **options)
    if annotation not in SIMPLE:
        raise TypeError(f"no contract for {annotation!r}")
    field, accepted, messages = SIMPLE[annotation]
    return field(**{**options, "error_messages": {**absent(named or accepted), **messages}})


def _is_any(annotation: Any) -> bool:
    return annotation is Any or (get_origin(annotation) is typing.Annotated and get_args(annotation)[0] is Any)


def _members(kind: type) -> list[tuple[str, Any, Any]]:
    """(name, default, default factory) of each field, MISSING for what it has not."""
    known = msgspec.structs.fields(kind) if issubclass(kind, Event) else dataclasses.fields(typing.cast(Any, kind))
    return [(f.name, _given(f.default), _given(f.default_factory)) for f in known]


def _given(value: Any) -> Any:
    return dataclasses.MISSING if value is msgspec.NODEFAULT else value


@cache
def schema_of(kind: type) -> type[Contract]:
    """The contract of a dataclass or an event, named after it. ``context`` and ``occurred_on`` are not part of it.

    Raises:
        TypeError: for a field type no contract is defined for, floats among them: money is in fen, ratios in integers.
    """
    hints = typing.get_type_hints(kind, include_extras=True)
    members: dict[str, Any] = {}
    for name, default, factory in _members(kind):
        if name in _OUTSIDE:
            continue
        if default is not dataclasses.MISSING:
            members[name] = _field(hints[name], load_default=default)
        elif factory is not dataclasses.MISSING:
            members[name] = _field(hints[name], load_default=factory)
        else:
            members[name] = _field(hints[name], required=True)
    return typing.cast(type[Contract], type(kind.__name__, (Contract,), members))


@cache
def _loader(kind: type) -> tuple[Contract, dict[str, Any]]:
    hints = typing.get_type_hints(kind, include_extras=True)
    names = [f.name for f in dataclasses.fields(kind) if f.name not in _OUTSIDE]
    return schema_of(kind)(), {n: d for n in names if (d := _convert(hints[n])) is not None}


def _convert(annotation: Any) -> Any:
    # The contract has made dates already; only tuples and nested dataclasses are left to build.
    if annotation is date or date in get_args(annotation):
        return None
    if dataclasses.is_dataclass(annotation):
        return lambda v: _built(typing.cast(type, annotation), v)
    if get_origin(annotation) is typing.Annotated and get_origin(get_args(annotation)[0]) is tuple:
        return _convert(get_args(annotation)[0])
    if get_origin(annotation) is tuple:
        inner = _convert(get_args(annotation)[0])
        return tuple if inner is None else (lambda v: tuple(inner(i) for i in v))
    if get_origin(annotation) in (Union, types.UnionType):
        inner = _convert(next(a for a in get_args(annotation) if a is not type(None)))
        return None if inner is None else (lambda v: None if v is None else inner(v))
    return None if decoder_of(annotation) is None else decoder_of(annotation)


def _built(kind: type, data: dict[str, Any]) -> Any:
    _, converters = _loader(kind)
    return kind(**{n: converters[n](v) if n in converters else v for n, v in data.items()})


def value_of(annotation: Any, value: Any) -> Any:
    """One value as a field of this type takes it; an object as it came, where the field is no text.

    Raises:
        ma.ValidationError: where the field would not take it.
    """
    field = _single(annotation)
    if isinstance(value, Mapping) and not isinstance(field, ma.fields.String):
        return value
    return field.deserialize(value)


_single = cache(_field)


def load(kind: type[C], data: Any, context: Context) -> C:
    """A command from the JSON object ``data``.

    Raises:
        BadInput: with one detail for each field that does not fit: {field, code, sentence, accepted}.
    """
    contract, converters = _loader(typing.cast(type, kind))
    try:
        values = contract.load(data)
    except ma.ValidationError as error:
        raise refused(kind.__name__, error.messages) from None
    return kind(context=context, **{n: converters[n](v) if n in converters else v for n, v in values.items()})


def refused(name: str, messages: Any) -> BadInput:
    """Marshmallow's findings as one BadInput, the first of them at its head."""
    details = sorted(_details("", messages), key=lambda one: one["code"] == FIELD_NOT_ALL_READ.code)
    unread = [one for one in details if one["code"] == FIELD_NOT_ALL_READ.code][:_TOLD]
    first = details[0]
    more = f"（另有 {len(details) - 1} 项）" if len(details) > 1 else ""
    return BadInput(
        f"{name} 的“{first['field'] or '内容'}”：{first['sentence']}{more}",
        code=first["code"],
        field=first["field"],
        accepted=first["accepted"],
        details=[*details[: _TOLD - len(unread)], *unread] if len(details) > _TOLD else details,
    )


def _details(path: str, messages: Any) -> typing.Iterator[dict[str, Any]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            part = "" if key == "_schema" else personal.masked(key) if isinstance(key, str) else str(key)
            yield from _details(f"{path}.{part}".strip(".") if part else path, inner)
        return
    for message in messages if isinstance(messages, list) else [messages]:
        code, sentence, accepted = (
            (*str(message).split("|"), "", "")[:3] if "|" in str(message) else (FIELD_VALUE.code, str(message), "")
        )
        yield {"field": path or None, "code": code, "sentence": sentence, "accepted": accepted or None}
