"""States kept from one command to the next: as many as weigh a given number of bytes, the least recently used go first.

Weighing looks at everything a state holds, which takes longer than folding an event into it. So a state is weighed when
its stream has four times the events it had then, and in between taken to weigh in proportion. Invariant: what is kept
weighs no more than asked for, by this estimate, after every ``put``; a state heavier than all of it is not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from sys import getsizeof
from typing import Any, Final, NamedTuple

import msgspec

AGAIN: Final = 4
_ONCE: Final = frozenset({type(None), bool})
_LEAVES: Final = frozenset({str, bytes, int, date})


class _Held(NamedTuple):
    """A state at ``version``, which weighed ``bytes_then`` at ``version_then``."""

    version: int
    state: Any
    version_then: int
    bytes_then: int

    @property
    def weight(self) -> int:
        return self.bytes_then * self.version // self.version_then if self.version_then else self.bytes_then


class Kept:
    """States by stream, each with its version, of at most ``most`` bytes together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self.weight = 0
        """What they weigh together."""

    def __len__(self) -> int:
        return len(self._held)

    def get(self, stream: str) -> tuple[int, Any] | None:
        """(version, state) of a stream, None where it is not kept."""
        held = self._held.get(stream)
        return None if held is None else (held.version, held.state)

    def put(self, stream: str, version: int, state: Any) -> None:
        """Keep a state, unless a later one is kept already."""
        known = self._held.get(stream)
        if known is not None and known.version > version:
            return
        if known is None or version >= AGAIN * known.version_then:
            held = _Held(version, state, version, weight_of(stream) + weight_of(state))
        else:
            held = _Held(version, state, known.version_then, known.bytes_then)
        if known is not None:
            self.weight -= known.weight
            del self._held[stream]
        if held.weight > self._most:
            return
        self._held[stream] = held
        self.weight += held.weight
        while self.weight > self._most:
            self.weight -= self._held.popitem(last=False)[1].weight


def weight_of(value: Any) -> int:
    """About how many bytes ``value`` takes with all it holds. What several hold is counted for each, but for what
    there is only once."""
    size, left = 0, [value]
    while left:
        one = left.pop()
        kind: Any = type(one)
        if kind in _LEAVES:
            size += getsizeof(one)
        elif kind not in _ONCE:
            size += getsizeof(one)
            left += _parts_of(kind)(one)
    return size


@cache
def _parts_of(kind: type) -> Callable[[Any], Iterable[Any]]:
    """What a value of ``kind`` holds."""
    if issubclass(kind, Mapping):
        return lambda value: (*value, *value.values())
    if issubclass(kind, tuple | list | set | frozenset):
        return iter
    names = kind.__struct_fields__ if issubclass(kind, msgspec.Struct) else ()
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
    return (lambda value: ()) if not names else attrgetter(*names) if len(names) > 1 else _only(names[0])


def _only(name: str) -> Callable[[Any], Iterable[Any]]:
    return lambda value: (getattr(value, name),)
