"""What is made quickly is no different from what the constructor makes."""

from __future__ import annotations

import copy
from dataclasses import FrozenInstanceError, dataclass, field, fields
from datetime import date
from typing import Any

import pytest

from kernel.frozen import maker_of
from kernel.messages import Recorded
from kernel.projection import Op, Table


@dataclass(frozen=True)
class Loose:
    """Without slots, with defaults."""

    a: int
    b: tuple[str, ...] = ()
    c: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Based:
    """A base with a slot."""

    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Based):
    """With slots of its own and of its base."""

    text: str
    more: str | None = None


TABLE = Table("t", {"k": "text"}, {"n": "int"})
CASES: list[tuple[type[Any], tuple[Any, ...]]] = [
    (Loose, (1, ("x",), {"y": 2})),
    (Op, (TABLE, ("k",), {"n": 1}, {}, False)),
    (Happened, (date(2018, 5, 2), "句", None)),
    (Recorded, (1, "a/1", 1, "T", 1, date(2018, 5, 2), 5, {}, (), None, None, None, None, "", "", "c", {}, None)),
]


@pytest.mark.parametrize(("kind", "values"), CASES, ids=[kind.__name__ for kind, _ in CASES])
def test_it_equals_what_the_constructor_makes_and_is_as_frozen(kind: type[Any], values: tuple[Any, ...]) -> None:
    names = [f.name for f in fields(kind)]
    made, usual = maker_of(kind)(*values), kind(**dict(zip(names, values, strict=True)))
    assert type(made) is kind
    assert made == usual
    assert repr(made) == repr(usual)
    assert copy.copy(made) == usual
    with pytest.raises(FrozenInstanceError):
        setattr(made, names[0], 2)
    with pytest.raises(FrozenInstanceError):
        delattr(made, names[0])
    assert hasattr(made, "__dict__") == hasattr(usual, "__dict__")


def test_fields_may_come_from_a_mapping_each_through_its_converter() -> None:
    make = maker_of(Happened, ("occurred_on",), {"text": str.upper})
    assert make({"text": "a", "more": None, "other": 1}, date(2018, 5, 2)) == Happened(
        occurred_on=date(2018, 5, 2), text="A"
    )
    with pytest.raises(KeyError, match="more"):
        make({"text": "a"}, date(2018, 5, 2))


def test_fields_may_have_any_name() -> None:
    @dataclass(frozen=True, slots=True)
    class Named:
        kind: str
        data: str
        new: str
        made: str
        self: str

    made = maker_of(Named)("a", "b", "c", "d", "e")
    assert (made.kind, made.data, made.new, made.made, made.self) == ("a", "b", "c", "d", "e")
    assert maker_of(Named, ("new",))({"kind": "a", "data": "b", "made": "d", "self": "e"}, "c") == made


def test_too_few_values_are_refused() -> None:
    with pytest.raises(TypeError):
        maker_of(Loose)(1)


def test_a_class_that_checks_its_fields_keeps_its_constructor() -> None:
    @dataclass(frozen=True)
    class Checked:
        a: int

        def __post_init__(self) -> None:
            raise ValueError

    with pytest.raises(TypeError, match="Checked"):
        maker_of(Checked)
