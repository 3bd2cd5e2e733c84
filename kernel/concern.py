"""Whom a command concerns, and whether who gives it has anything to do with them.

    class CloseGate(Command, title="关门", roles=KEEPERS, concerns=("gate",))

A field that holds division codes speaks for itself. What else a field may name, each service knows how to find
(``Finds``): the areas and units of a gate, of a key. A field with many values concerns all of them; of
several fields, one that the actor reaches is enough. Finer authority, by role and place, is decided by the domain, and
so is what names nothing there is.

What a stranger sends is not read: the first thing each field names, looked up in the data as it came, is enough to tell
that none of them is reached. Whoever passes is asked again, over the whole command.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final

import marshmallow as ma

from kernel.errors import PaizhuError
from kernel.messages import OWN, Actor, Area, Command, Key
from kernel.reach import Finds, Foreign, Whose
from kernel.refusals import FIELD_MISSING, FOREIGN_AREA, NO_REACH, OUT_OF_REACH, PROGRAMME_ELSEWHERE
from kernel.schema import value_of
from kernel.service import Room

_PROGRAMME: Final = "programme"


def foreign_to(kind: type[Command], concerns: tuple[str, ...], finds: Finds) -> Foreign:
    """How it is told that a command of ``kind`` is none of its actor's business.

    Raises:
        TypeError: for a field that holds no division code and that nothing in ``finds`` understands.
    """
    ways = {path: _judge(kind, path, finds) for path in concerns if path not in OWN}
    within = finds.get(_PROGRAMME) if _PROGRAMME in {f.name for f in dataclasses.fields(kind)} else None

    def foreign(command: Any, room: Room) -> PaizhuError | None:
        actor = command.context.actor
        if within is not None and (
            foreign := elsewhere(actor, command.programme, within(command.programme, command, room))
        ):
            return foreign
        refusals, named = [], not ways
        for path, judge in ways.items():
            verdicts = [judge(thing, command, room) for thing in _values(command, path)]
            named = named or bool(verdicts)
            strange = [one for one in verdicts if isinstance(one, PaizhuError)]
            if not strange and True in verdicts:
                return None
            refusals += strange
        if not (actor.areas or actor.units):
            return NO_REACH()
        if not named:
            # Nothing is named: that is no lack of rights.
            refusals.append(FIELD_MISSING(field=concerns[0], accepted="至少一项"))
        return refusals[0] if refusals else None

    def ahead(actor: Actor, data: Any, room: Room) -> PaizhuError | None:
        if not isinstance(data, Mapping):
            return None
        try:
            programme = value_of(Key, data[_PROGRAMME]) if _PROGRAMME in data else ""
            if within is not None and programme:
                strange = elsewhere(actor, programme, within(programme, None, room))
                if strange:
                    return strange
            told = SimpleNamespace(context=SimpleNamespace(actor=actor), programme=programme)
            refusals = []
            for path, judge in ways.items():
                for thing, others in _first(data, path):
                    verdict = judge(value_of(leaf_of(kind, path), thing), told, room)
                    if isinstance(verdict, PaizhuError):
                        refusals.append(verdict)
                    elif verdict or others:
                        return None
        except ma.ValidationError:
            return None  # the contract says what is wrong with it
        if not (actor.areas or actor.units):
            return NO_REACH()
        return refusals[0] if refusals else None

    return Foreign(foreign, ahead)


def _first(data: Any, path: str) -> Iterator[tuple[Any, bool]]:
    """The first thing that ``path`` leads to in data as it came, and whether there may be others; nothing where it
    leads nowhere."""
    others = False
    for name in path.split("."):
        data = data.get(name) if isinstance(data, Mapping) else None
        if isinstance(data, list):
            others = others or len(data) > 1
            data = data[0] if data else None
    if data is not None:
        yield data, others


def _judge(kind: type[Command], path: str, finds: Finds) -> Callable[[Any, Any, Room], PaizhuError | bool]:
    """What is said of one thing that a field names: True where the actor reaches it, False where it is unknown, or the
    refusal."""
    name = path.rsplit(".", 1)[-1]

    def of_area(code: Any, command: Any, room: Room) -> PaizhuError | bool:
        actor = command.context.actor
        return actor.covers(code) or FOREIGN_AREA(area=code, areas=actor.areas or "无", field=path, rule=None)

    def of_thing(thing: Any, command: Any, room: Room) -> PaizhuError | bool:
        actor, whose = command.context.actor, finds[name](thing, command, room)
        if whose is None or whose.reached_by(actor):
            return whose is not None
        return _out_of_reach(actor, path, _called(thing))

    if leaf_of(kind, path) == Area:
        return of_area
    if name not in finds:
        raise TypeError(f"{kind.__name__} concerns “{path}”, which holds no division code and which nothing finds")
    return of_thing


def elsewhere(actor: Actor, programme: str, whose: Whose | None) -> PaizhuError | None:
    """The refusal of an actor none of whose areas holds the programme's scope or lies in it."""
    if whose is None or not actor.areas:
        return None
    if any(actor.covers(scope) or any(own.startswith(scope) for own in actor.areas) for scope in whose.areas):
        return None
    return PROGRAMME_ELSEWHERE(programme=programme, scope=whose.areas, areas=actor.areas)


def _out_of_reach(actor: Actor, field: str, thing: str) -> PaizhuError:
    return OUT_OF_REACH(field=field, thing=thing, areas=actor.areas or "无", units=actor.units or "无")


def _called(thing: Any) -> str:
    """What a refusal calls a thing: its id; of an object, which has none, nothing of what it holds."""
    return str(thing)[:80] if isinstance(thing, str | int) else "所报内容"


def _values(command: Any, path: str) -> Iterator[Any]:
    found = [command]
    for name in path.split("."):
        found = [value for one in found for value in _each(getattr(one, name))]
    yield from found


def _each(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def leaf_of(kind: Any, path: str) -> Any:
    """The type of what ``path`` leads to, out of tuples and unions with None."""
    for name in path.split("."):
        kind = typing.get_type_hints(kind, include_extras=True)[name]
        while typing.get_origin(kind) in (tuple, typing.Union, types.UnionType) or _is_list(kind):
            kind = next(one for one in typing.get_args(kind) if one is not type(None))
    return kind


def _is_list(kind: Any) -> bool:
    """Whether ``kind`` is a list with a note on it."""
    return typing.get_origin(kind) is typing.Annotated and typing.get_origin(typing.get_args(kind)[0]) is tuple
