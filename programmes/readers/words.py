"""The words that values of profiles are made of: figures, names, codes, roles, kinds.

Invariant: a figure is whole and bounded, a name is one line and not empty, a code is one the services know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict

from kernel.forms import MOST
from kernel.reader import Check

Count = Annotated[int, Meta(ge=0, le=MOST)]
Number = Annotated[int, Meta(ge=1, le=MOST)]
Months = Annotated[int, Meta(ge=1, le=600)]
Years = Annotated[int, Meta(ge=1, le=100)]
Days = Annotated[int, Meta(ge=1, le=36_500)]
"""A span in days or working days: with any date that may be recorded it gives a date."""

Name = Annotated[str, Meta(pattern=r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,200}\Z")]
Names = Annotated[tuple[Name, ...], Meta(min_length=1)]
City = Annotated[str, Meta(pattern=r"^[0-9]{4}\Z", title="4")]
County = Annotated[str, Meta(pattern=r"^[0-9]{6}\Z", title="6")]
Area = Annotated[str, Meta(pattern=r"^([0-9]{4}|[0-9]{6})\Z", title="4/6")]
"""A city or a county."""

Kind = Literal["township", "village"]
Tier = Literal["province", "city", "county"]
LocalTier = Literal["city", "county"]
Source = Literal["central", "province", "city", "county", "township"]
Level = Literal["city", "county", "township"]
ChannelKind = Literal["committee", "enterprise"]
Role = Literal[
    "province_org", "city_org", "county_org", "channel", "enterprise", "unit", "township", "village", "cadre"
]
"""The roles an organ of a programme may act by: those of ``programmes.roles`` that no machine and no auditor has."""


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A value of several named parts; a part nobody knows is refused."""

    def plain(self) -> dict[str, Any]:
        """The parts by name."""
        return asdict(self)


class Share(Row, frozen=True):
    """``parts`` of ``of``, a ratio of whole numbers."""

    parts: Count
    of: Number


AT_MOST_WHOLE = Check[Share](lambda share: 0 < share.parts <= share.of, "parts 为正数且不大于 of")
NO_TWICE = Check[Sequence[Any]](lambda names: len(set(names)) == len(names), "各项不重复")


def each_once(*columns: str) -> Check[Sequence[Any]]:
    """No two rows have the same values in ``columns``."""

    def once(rows: Sequence[Any]) -> bool:
        keys = [tuple(getattr(row, column) for column in columns) for row in rows]
        return len(set(keys)) == len(keys)

    return Check(once, f"{'、'.join(columns)} 各行不重复")


def names_all(*keys: str) -> Check[Mapping[Any, Any]]:
    """The value says something of every one of ``keys``."""
    return Check(lambda named: named.keys() >= set(keys), f"{'、'.join(keys)} 各有一项")


def adds_up(total: str, *parts: str) -> Check[Any]:
    """``total`` of the value, or of each of its rows, is the sum of its ``parts``."""

    def right(row: Any) -> bool:
        return bool(getattr(row, total) == sum(getattr(row, part) for part in parts))

    return Check(_each(right), f"{total} = {' + '.join(parts)}")


def _each(right: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: all(map(right, value)) if isinstance(value, tuple) else right(value)
