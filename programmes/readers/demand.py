"""Demand of the villages of a county: who may be sent, who assigns, how large a work team is; the pool of reserves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.words import NO_TWICE, Level, Months, Names, Number, Row, Source, names_all

Stage = Literal["selection", "use"]
FallbackScope = Literal["township", "county"]
Finder = Literal["township", "county_org"]
"""Roles that may find that a village has nobody suitable."""


class Size(Row, frozen=True):
    """A number of persons, both ends included."""

    min: Number
    max: Number


class SizeOf(Size, frozen=True):
    """The size in villages of these kinds; without ``kinds`` in all that no row before it names."""

    kinds: tuple[Literal["weak_party", "registered_poor", "both", "neither"], ...] = ()


def _ordered(sizes: Size | tuple[SizeOf, ...]) -> bool:
    return all(size.min <= size.max for size in (sizes if isinstance(sizes, tuple) else (sizes,)))


def _every_kind(sizes: Size | tuple[SizeOf, ...]) -> bool:
    """Whether each kind stands once and the last row, alone, is for the others."""
    if not isinstance(sizes, tuple):
        return True
    named = [kind for size in sizes for kind in size.kinds]
    return NO_TWICE.holds(named) and [bool(size.kinds) for size in sizes] == [True] * (len(sizes) - 1) + [False]


Levels = Annotated[tuple[Level, ...], Meta(min_length=1)]
Scopes = Annotated[tuple[FallbackScope, ...], Meta(min_length=1)]
Finders = Annotated[tuple[Finder, ...], Meta(min_length=1)]

REFUSED_LEVELS = Reader[tuple[Source, ...]]("candidate.refused_levels", "分配到村、县级兜底", NO_TWICE)
ASSIGNER = Reader[Literal["host_county_org", "host_city_org"]]("procedure.village_assigned_by", "分配到村")
WORK_TEAM_SIZE = Reader[Size | Annotated[tuple[SizeOf, ...], Meta(min_length=1)]](
    "team.size",
    "组成驻村工作组",
    Check(_ordered, "min 不大于 max"),
    Check(_every_kind, "kinds 各类只写一次，只有最后一项不写 kinds"),
)
TEAM_APART = Reader[Literal["unit"]]("team.apart", "组成驻村工作组、驻村工作组成员到组")
TEAM_VILLAGES = Reader[Names]("team.villages", "组成驻村工作组", NO_TWICE)
"""As what a village is found, for it to have a work team."""
TEAM_LEVELS = Reader[Levels]("team.levels", "组成驻村工作组", NO_TWICE)

RESERVES_REQUIRED = Reader[Annotated[int, Meta(ge=0, le=1000)]]("reserve.per_village", "后备干部计数")
BUILD_FROM = Reader[date]("reserve.build_from", "核对后备干部人数")
BUILD_MONTHS = Reader[Months]("reserve.build_months", "核对后备干部人数")
FALLBACK_BY = Reader[Mapping[Stage, Finders]]("reserve.fallback_by", "认定没有合适人选", names_all("selection", "use"))
FALLBACK_SELECTION = Reader[Scopes]("reserve.fallback_selection", "认定没有合适人选、推荐后备人选", NO_TWICE)
FALLBACK_USE = Reader[Scopes]("reserve.fallback_use", "认定没有合适人选", NO_TWICE)
RESERVE_CHANNELS = Reader[Names]("reserve.channels", "推荐后备人选", NO_TWICE)
