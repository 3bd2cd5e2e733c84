"""Readers: the one declaration of the form a value of a profile has, beside the path where it stands.

    COLOURS = Reader[tuple[Colour, ...]]("gate.colours", "门扇上漆")

    rules.value(COLOURS)      # a tuple of colours, or a refusal: never a value of another form
    COLOURS.of("red")         # Unreadable

A decision reads through it, and publication checks by it, so that no value is published that its reader cannot read.
``Rules`` takes readers alone: a path in quotation marks does not pass mypy.

Invariant: the form is the type argument itself; what mypy is told and what is checked are one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, get_args

import msgspec

from kernel.forms import ZH, written

C = TypeVar("C", contravariant=True)
T = TypeVar("T", covariant=True)
_AT = re.compile(r"at `\$(.*)`$")


class Unreadable(ValueError):
    """A value has not the form its path declares.

    ``accepted`` says in words which values have it, ``at`` where in the value it fails (``[3].red``), "" for all.
    """

    def __init__(self, accepted: str, at: str = "") -> None:
        super().__init__(f"{at} {accepted}".strip())
        self.accepted = accepted
        self.at = at


@dataclass(frozen=True)
class Check(Generic[C]):
    """What a type cannot say of a value: whether it ``holds``, and in Chinese what would be accepted."""

    holds: Callable[[C], bool]
    accepted: str


class Form(Generic[T]):
    """The form of the values at ``path``, written as the type argument: ``Form[int]("gate.coats")``.

    ``path`` ends in ``.*`` where it stands for every path of one group. The type is one that ``msgspec`` converts.
    """

    __orig_class__: Any  # set by typing where the class was called with its type argument

    def __init__(self, path: str, *checks: Check[T]) -> None:
        self.path = path
        self.checks = checks

    @cached_property
    def shape(self) -> Any:
        """The type argument. Raises AttributeError where the declaration has none."""
        return get_args(self.__orig_class__)[0]

    def of(self, value: Any) -> T:
        """``value`` as plain data (JSON), made into its form. Raises ``Unreadable``."""
        try:
            made: T = msgspec.convert(value, self.shape, strict=True)
        except msgspec.ValidationError as wrong:
            at = _AT.search(str(wrong))
            raise Unreadable(written(self.shape, ZH), at[1].lstrip(".") if at else "") from None
        for check in self.checks:
            if not check.holds(made):
                raise Unreadable(check.accepted)
        return made


class Reader(Form[T]):
    """The form of a value that decisions read; ``title`` is the business that reads it, in Chinese."""

    def __init__(self, path: str, title: str, *checks: Check[T]) -> None:
        super().__init__(path, *checks)
        self.title = title
