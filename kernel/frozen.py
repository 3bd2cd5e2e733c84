"""Frozen dataclasses, made quickly.

The constructor of a frozen dataclass stores every field through ``object.__setattr__``; for an envelope of 18 fields
that is most of what reading an event costs. ``maker_of`` writes, as ``dataclasses`` itself does, a function of plain
assignments to an unfrozen twin of the same layout, which is then given its real class.

Invariant: what it makes equals what the constructor makes, and is as frozen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def maker_of(
    kind: type[T],
    given: Sequence[str] | None = None,
    converters: Mapping[str, Callable[[Any], Any]] | None = None,
    exact: bool = False,
) -> Callable[..., T]:
    """A function that makes instances of the dataclass ``kind``.

    It takes the values of the fields ``given`` (default: all, in their order). Where that is not all it takes first a
    mapping that holds the others by name, each passed through its converter if it has one: a missing name is a
    KeyError; others in the mapping are not looked at, or with ``exact`` are a KeyError too.

    Raises:
        TypeError: for a class that does more than store its fields.
    """
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} does more than store its fields")
    # Both setters: one left to a frozen base would keep the slow path for the other.
    body: dict[str, Any] = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    if "__slots__" in vars(kind):
        body["__slots__"] = vars(kind)["__slots__"]
    twin = type(kind.__name__, kind.__bases__, body)

    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    known: dict[str, Any] = {"_new_": object.__new__, "_twin_": twin, "_kind_": kind}
    known |= {f"_to_{name}": convert for name, convert in (converters or {}).items()}
    arguments = names if given is None else ["_data_", *given]
    lines = [f"def _make_({', '.join(arguments)}):", "_made_ = _new_(_twin_)"]
    if exact:
        number = len(set(names) - set(arguments))
        lines.insert(1, f"if len(_data_) != {number}: raise KeyError('not just its fields', *_data_)")
    for name in names:
        value = name if name in arguments else f"_data_[{name!r}]"
        lines.append(f"_made_.{name} = " + (f"_to_{name}({value})" if f"_to_{name}" in known else value))
    lines += ["_made_.__class__ = _kind_", "return _made_"]
    exec("\n    ".join(lines), known)
    make: Callable[..., T] = known["_make_"]
    return make
