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


Levels = Annotated[tuple[Level, ...], Meta(min_length=1)]
Scopes = Annotated[tuple[FallbackScope, ...], Meta(min_length=1)]
Finders = Annotated[tuple[Finder, ...], Meta(min_length=1)]

REFUSED_LEVELS = Reader[tuple[Source, ...]]("candidate.refused_levels", "分配到村、县级兜底", NO_TWICE)
ASSIGNER = Reader[Literal["host_county_org", "host_city_org"]]("procedure.village_assigned_by", "分配到村")
WORK_TEAM_SIZE = Reader[Size]("team.size", "组成驻村工作组", Check(lambda size: size.min <= size.max, "min 不大于 max"))
TEAM_LEVELS = Reader[Levels]("team.levels", "组成驻村工作组", NO_TWICE)

RESERVES_REQUIRED = Reader[Annotated[int, Meta(ge=0, le=1000)]]("reserve.per_village", "后备干部计数")
BUILD_FROM = Reader[date]("reserve.build_from", "核对后备干部人数")
BUILD_MONTHS = Reader[Months]("reserve.build_months", "核对后备干部人数")
FALLBACK_BY = Reader[Mapping[Stage, Finders]]("reserve.fallback_by", "认定没有合适人选", names_all("selection", "use"))
FALLBACK_SELECTION = Reader[Scopes]("reserve.fallback_selection", "认定没有合适人选、推荐后备人选", NO_TWICE)
FALLBACK_USE = Reader[Scopes]("reserve.fallback_use", "认定没有合适人选", NO_TWICE)
RESERVE_CHANNELS = Reader[Names]("reserve.channels", "推荐后备人选", NO_TWICE)
