"""Codec: events to the exact text that is stored and hashed, and back.

The text is canonical JSON (RFC 8785 for our subset: sorted keys, no blanks, UTF-8, integers only), one line an event,
with position and recorded_at inside. Types are literal names with an integer schema version; older versions are lifted
by upcasters, functions from dict to dict.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
import orjson
from msgspec.structs import asdict, force_setattr

from kernel.errors import Corrupt
from kernel.frozen import maker_of
from kernel.messages import CommandRefused, Event, Past, Recorded

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
Decode = Callable[[Any], Any]
record = maker_of(Recorded)
"""Makes a Recorded of the values of its fields, in their order."""
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS
_day = lru_cache(4096)(date.fromisoformat)  # many events, few days
_recorded = maker_of(Recorded, ("occurred_on", "data", "event"), {"areas": tuple})
_past = partial(tuple.__new__, Past)
# A frozen struct takes no other class by assignment; the slot behind ``__class__`` gives it one of the same layout.
_become = object.__dict__["__class__"].__set__


def canonical(value: Any) -> bytes:
    """``value`` as canonical JSON. Dataclasses, dates and tuples are taken as they are.

    Raises:
        TypeError: for a type JSON has no form for.
    """
    return orjson.dumps(value, default=_fields, option=_CANONICAL)


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a dataclass, as a dict: of those the keys are sorted, of a dataclass itself they are not."""
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"no JSON form for {type(value).__name__}")
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def plain(value: Any) -> Any:
    """The JSON form of ``value`` as Python data: dicts, lists, strings, integers, booleans, None."""
    return orjson.loads(canonical(value))


def decoder_of(annotation: Any) -> Decode | None:
    """A function from JSON data to the annotated type, or None where JSON data already is that type."""
    origin = get_origin(annotation)
    if origin is typing.Annotated:
        return decoder_of(get_args(annotation)[0])
    if annotation is date:
        return _day
    if dataclasses.is_dataclass(annotation):
        return reader_of(typing.cast(type, annotation))
    if origin in (Union, types.UnionType):
        inner = [a for a in get_args(annotation) if a is not type(None)]
        return _optional(decoder_of(inner[0])) if len(inner) == 1 else None
    if origin is tuple:
        return _sequence(decoder_of(get_args(annotation)[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(decoder_of(get_args(annotation)[1]))
    return None


def _optional(one: Decode | None) -> Decode | None:
    return None if one is None else lambda value: None if value is None else one(value)


def _sequence(one: Decode | None) -> Decode:
    return tuple if one is None else lambda value: tuple(one(item) for item in value)


def _mapping(one: Decode | None) -> Decode | None:
    return None if one is None else lambda value: {key: one(item) for key, item in value.items()}


def reader_of(kind: type) -> Decode:
    """A function from a JSON object to the dataclass ``kind``; unknown keys raise TypeError, as constructors do."""
    hints = typing.get_type_hints(kind, include_extras=True)
    converters = {f.name: d for f in dataclasses.fields(kind) if (d := decoder_of(hints[f.name])) is not None}
    if not converters:
        return lambda data: kind(**data)

    def read(data: dict[str, Any]) -> Any:
        data = dict(data)
        for name, convert in converters.items():
            if name in data:
                data[name] = convert(data[name])
        return kind(**data)

    return read


class _AnyLine(msgspec.Struct):
    """What of a line of whatever type and schema folding takes."""

    type: str
    schema: int
    occurred_on: date
    position: int
    stream: str
    version: int
    data: dict[str, Any]


_ANY_LINE = msgspec.json.Decoder(_AnyLine)


def _dateless(kind: type[Event]) -> type[Event]:
    """``kind`` as it stands under ``data``: the date of the fact may be missing, because the envelope carries it."""
    body = {"__module__": kind.__module__, "__annotations__": {"occurred_on": date}, "occurred_on": date.min}
    return typing.cast(type[Event], types.new_class(kind.__name__, (kind,), exec_body=lambda space: space.update(body)))


def _line_of(kind: type[Event], data: type[Event]) -> type[msgspec.Struct]:
    """What of a line of ``kind`` folding takes, told from others by its type and the present schema."""
    members = [
        ("schema", Literal[kind.schema]),
        ("occurred_on", date),
        ("position", int),
        ("stream", str),
        ("version", int),
        ("data", data),
    ]
    return msgspec.defstruct(f"{kind.__name__}Line", members, tag_field="type", tag=kind.__name__, gc=False)


class EventTypes:
    """The event types one service knows, by their stored names.

    A line of the present schema is read in one pass in C; what does not fit is read again step by step, lifted by
    upcasters, or refused with a reason.
    """

    def __init__(
        self, events: Iterable[type[Event]], upcasters: Mapping[tuple[str, int], Upcaster] | None = None
    ) -> None:
        self.by_name: dict[str, type[Event]] = {}
        self._data: dict[tuple[str, int], type[Event]] = {}
        self._kinds: dict[type[Event], type[Event]] = {}
        self._upcasters = dict(upcasters or {})
        lines: list[type[msgspec.Struct]] = []
        kinds: tuple[type[Event], ...] = (*events, CommandRefused)
        for kind in kinds:
            if kind.__name__ in self.by_name:
                raise ValueError(f"two events are named {kind.__name__}")
            self.by_name[kind.__name__] = kind
            data = self._data[kind.__name__, kind.schema] = _dateless(kind)
            self._kinds[data] = kind
            lines.append(_line_of(kind, data))
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Union[tuple(lines)])  # noqa: UP007

    def event(self, name: str, schema: int, data: dict[str, Any], occurred_on: date) -> Event:
        """The event ``name`` in its present form, lifted from ``schema`` where it is older.

        Raises:
            Corrupt: where the type or the version is not known, or the data does not fit.
        """
        form = self._data.get((name, schema))
        while form is None:
            lift = self._upcasters.get((name, schema))
            if lift is None:
                raise Corrupt(f"no event type {name} version {schema}")
            data, schema = lift(data), schema + 1
            form = self._data.get((name, schema))
        try:
            return self._dated(msgspec.convert(data, form), occurred_on)
        except msgspec.ValidationError as error:
            raise Corrupt(f"{name} version {schema}: {error}") from error

    def past(self, line: bytes | str) -> Past:
        """Of a stored line what folding takes; the rest is not looked at. Raises Corrupt where it cannot be read."""
        try:
            e = self._decoder.decode(line)
        except msgspec.MsgspecError:
            return self._lifted(line)
        return _past((e.position, e.stream, e.version, self._dated(e.data, e.occurred_on)))

    def pasts(self, page: bytes) -> list[Past]:
        """As ``past``, of a page of lines with a line break after each but the last."""
        try:
            lines = self._decoder.decode_lines(page)
        except msgspec.MsgspecError:
            return [self.past(line) for line in page.split(b"\n")]
        found, kinds = [], self._kinds
        for e in lines:  # as ``_dated`` does, without a call for each
            event = e.data
            force_setattr(event, "occurred_on", e.occurred_on)
            _become(event, kinds[type(event)])
            found.append(_past((e.position, e.stream, e.version, event)))
        return found

    def recorded(self, line: bytes | str) -> Recorded:
        """A stored line, decoded. Raises Corrupt where it cannot be read."""
        return recorded(line, self)

    def _dated(self, event: Event, occurred_on: date) -> Event:
        """``event``, as it was read from under ``data``, made whole: with its date and its own class."""
        force_setattr(event, "occurred_on", occurred_on)
        _become(event, self._kinds[type(event)])
        return event

    def _lifted(self, line: bytes | str) -> Past:
        try:
            e = _ANY_LINE.decode(line)
            return _past((e.position, e.stream, e.version, self.event(e.type, e.schema, e.data, e.occurred_on)))
        except (KeyError, TypeError, ValueError) as error:  # of the line, or of an upcaster
            raise _unreadable(error) from error


def data_of(event: Event) -> dict[str, Any]:
    """The fields of ``event`` that stand under ``data``: all but ``occurred_on``, which the envelope carries."""
    data = asdict(event)
    del data["occurred_on"]
    return data


def line_of(recorded: Recorded, service: str) -> bytes:
    """``recorded`` as the line that is stored and hashed, from its event; ``id`` is ``<service>:<position>``.

    Raises:
        TypeError: where a field of the event has no JSON form.
    """
    if recorded.event is None:
        raise TypeError("a line is made of an event, not of foreign data")
    return canonical(
        {
            "actor": recorded.actor,
            "areas": recorded.areas,
            "causation": recorded.causation,
            "clause": recorded.clause,
            "command": recorded.command,
            "correlation": recorded.correlation,
            "data": data_of(recorded.event),
            "id": f"{service}:{recorded.position}",
            "notice": recorded.notice,
            "occurred_on": recorded.occurred_on,
            "position": recorded.position,
            "profile": recorded.profile,
            "programme": recorded.programme,
            "recorded_at": recorded.recorded_at,
            "schema": recorded.schema,
            "stream": recorded.stream,
            "type": recorded.type,
            "version": recorded.version,
        }
    )


def recorded(line: bytes | str, types: EventTypes | None = None) -> Recorded:
    """A stored line as Recorded: with ``types`` its ``event`` is decoded, without (a foreign one) ``data`` kept.

    Raises:
        Corrupt: where the line is no JSON object of the envelope's form.
    """
    try:
        e = orjson.loads(line)
        data, occurred_on = e["data"], _day(e["occurred_on"])
        if types is None:
            return _recorded(e, occurred_on, data, None)
        return _recorded(e, occurred_on, {}, types.event(e["type"], e["schema"], data, occurred_on))
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> Corrupt:
    return Corrupt(f"a stored line cannot be read: {error!r}")
