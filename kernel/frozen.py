"""Frozen dataclasses, made quickly.

The constructor of a frozen dataclass stores every field through ``object.__setattr__``; for an envelope of 18 fields
that is most of what reading an event costs. ``maker_of`` gives a function that fills an unfrozen twin of the same
layout and then hands it its real class. Invariant: what it makes equals what the constructor makes, and is as frozen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def maker_of(kind: type[T]) -> Callable[..., T]:
    """A function that takes the values of all fields of ``kind``, in their order, and gives the instance.

    Raises:
        TypeError: for what is no dataclass, or one that does more than store its fields.
    """
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    if hasattr(kind, "__post_init__") or not all(f.init for f in fields):
        raise TypeError(f"{kind.__name__} does more than store its fields")
    model: Any = dataclasses.make_dataclass(kind.__name__, [(f.name, Any) for f in fields])
    # Both setters: one left to a frozen base would keep the slow path for the other.
    body = {"__init__": model.__init__, "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    if "__slots__" in vars(kind):
        body["__slots__"] = vars(kind)["__slots__"]
    twin: Any = type(kind.__name__, kind.__bases__, body)

    def make(*values: Any) -> T:
        made = twin(*values)
        made.__class__ = kind
        return made  # type: ignore[no-any-return]

    return make
