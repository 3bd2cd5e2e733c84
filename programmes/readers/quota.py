"""Quotas: the printed tables of places, how they are split, and when the batch must be whole."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.words import (
    NO_TWICE,
    ChannelKind,
    City,
    Count,
    County,
    Name,
    Names,
    Number,
    Row,
    Tier,
    adds_up,
    each_once,
)

Method = Literal["largest_remainder", "webster", "jefferson", "adams", "huntington_hill"]


class Batch(Row, frozen=True):
    """All places, by kind of target."""

    total: Count
    townships: Count
    villages: Count


class Group(Row, frozen=True):
    """A group of cities whose places ``arranger`` arranges."""

    group: Name
    arranger: Literal["province", "city"]
    cities: Annotated[tuple[City, ...], Meta(min_length=1)]
    printed: tuple[Name, ...]
    county_units: Count
    townships: Count
    villages: Count
    cadres: Count


class Excluded(Row, frozen=True):
    """A city without places."""

    city: City
    printed: Name


class TierPlaces(Row, frozen=True):
    """The places of one tier."""

    tier: Tier
    townships: Count
    weak_villages: Count
    other_villages: Count
    cadres: Count


class Ratio(Row, frozen=True):
    """Shares of province and city."""

    province: Count
    city: Count


class Apportionment(Row, frozen=True):
    """How places are divided by weights."""

    method: Method
    ties: Literal["printed_order"]


class Channel(Row, frozen=True):
    """A channel and its places; ``organ`` is its full name."""

    channel: Name
    printed: Name
    kind: ChannelKind
    organ: Name
    townships: Count
    villages: Count
    total: Count


class Prefer(Row, frozen=True):
    """Tiers whose cadres go mainly to villages of one kind."""

    tiers: Annotated[tuple[Tier, ...], Meta(min_length=1)]
    kind: Literal["weak_party", "registered_poor"]


class UnitPlaces(Row, frozen=True):
    """The places of one unit in one county, a row of the printed table."""

    row: Number
    seq_printed: Name | None
    county_printed: Name | None
    seq: Number
    county: County
    unit: Name
    places: Number


Groups = Annotated[tuple[Group, ...], Meta(min_length=1)]
Tiers = Annotated[tuple[TierPlaces, ...], Meta(min_length=3)]
Channels = Annotated[tuple[Channel, ...], Meta(min_length=1)]
UnitTable = Annotated[tuple[UnitPlaces, ...], Meta(min_length=1)]

BATCH = Reader[Batch]("quota.batch", "公布分配方案")
CITIES = Reader[Count]("quota.cities", "公布分配方案")
GROUPS = Reader[Groups]("quota.groups", "确定选派范围", each_once("group"))
EXCLUDED = Reader[tuple[Excluded, ...]]("quota.excluded", "确定选派范围", each_once("city"))
TIERS = Reader[Tiers]("quota.tiers", "三级分配", each_once("tier"))
RATIO = Reader[Ratio]("quota.tier_ratio", "三级分配", Check(lambda of: of.province + of.city > 0, "两数不同时为 0"))
WEAK_VILLAGES = Reader[Count]("quota.weak_villages", "三级分配")
APPORTIONMENT = Reader[Apportionment]("quota.apportionment", "名额分配")
CHANNELS = Reader[Channels](
    "quota.channels", "各领域名额、人选推荐", each_once("channel"), adds_up("total", "townships", "villages")
)
FACTORS = Reader[Names]("quota.factors", "确定单位名额", NO_TWICE)
FRAGMENT = Reader[UnitTable]("quota.fragment", "单位到县名额", each_once("unit"))
MORE_FROM = Reader[tuple[Name, ...]]("quota.more_from", "单位到县名额", NO_TWICE)
PREFERRED = Reader[Name]("quota.prefer_pool", "单位人选库")
MAINLY = Reader[Prefer](
    "quota.tiers_prefer",
    "应派村与覆盖",
    Check(lambda of: NO_TWICE.holds(of.tiers), "tiers 各项不重复"),
)
DEADLINE = Reader[date]("batch.deadline", "核对批次进度")
