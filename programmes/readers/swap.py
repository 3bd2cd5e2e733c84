"""Swaps: the printed pairs, who agrees and fixes, how a later round is paired; assessment and promotion after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.words import (
    NO_TWICE,
    Area,
    City,
    Count,
    County,
    LocalTier,
    Months,
    Name,
    Names,
    Number,
    Row,
    Share,
    Years,
    adds_up,
    each_once,
)

Mode = Literal["cross_area", "within_area"]
Party = Literal["city", "county", "city_department", "province_department"]
Direction = Literal["poor_to_developed", "developed_to_poor", "developed_to_developed", "poor_to_poor", "wished"]
RingSize = Annotated[int, Meta(ge=2, le=6)]


class PrintedPair(Row, frozen=True):
    """A pair as printed; the figures count one direction, ``persons`` both. The partner is None where none is named."""

    pair: Number
    level: LocalTier
    mode: Mode
    party: Party
    poor_city: City
    poor_city_printed: Name
    poor_area: Area
    poor_printed: Name
    developed_city: City
    developed_city_printed: Name
    developed_area: Area | None
    developed_printed: Name | None
    city_each: Count
    county_each: Count
    township_each: Count
    persons: Count
    origin: Name


class PoorCounty(Row, frozen=True):
    """A poor county; ``partner`` says whether its partner is named."""

    no: Number
    printed: Name
    county: County
    partner: Literal["named", "unnamed"]


class Planned(Row, frozen=True):
    """Persons by level."""

    total: Count
    city: Count
    county: Count
    township: Count


Pairs = Annotated[tuple[PrintedPair, ...], Meta(min_length=1)]
PoorCounties = Annotated[tuple[PoorCounty, ...], Meta(min_length=1)]
Agreeing = Annotated[tuple[Literal["province_org", "city_org"], ...], Meta(min_length=1)]

PAIRS = Reader[Pairs]("swap.pairs", "互派对口安排", each_once("pair"))
POOR_COUNTIES_LIST = Reader[PoorCounties]("poor_counties.list", "贫困县名单", each_once("county"))
POOR_COUNT = Reader[Number]("poor_counties.count", "贫困县名单")
MODES = Reader[Annotated[tuple[Mode, ...], Meta(min_length=1)]]("swap.modes", "互派对口安排", NO_TWICE)
PARTIES = Reader[Annotated[tuple[Party, ...], Meta(min_length=1)]]("swap.parties", "互派对口安排", NO_TWICE)
LIST_FIXED_BY = Reader[Literal["province_org"]]("swap.list_fixed_by", "确定选派名单")
AGREED_BY = Reader[Agreeing]("swap.posts_agreed_by", "落实挂职岗位", NO_TWICE)
SHARES = Reader[Names]("swap.shares", "互派人选构成", NO_TWICE)
SHARE_FLOORS = Reader[Mapping[Name, Share]]("swap.share_floors", "互派人选构成")
SECOND_BATCH = Reader[Count]("swap.second_batch", "下一批互派名额")
MEASURES = Reader[Names]("swap.measures", "市内扶持措施", NO_TWICE)
PLANNED = Reader[Planned]("swap.planned", "互派计划与实际", adds_up("total", "city", "county", "township"))
ACTUAL = Reader[Count]("swap.actual", "互派计划与实际")
WEIGHTS = Reader[Mapping[Direction, Count]]("swap.pairing.weights", "自愿配对")
NOT_AGAIN = Reader[bool]("swap.pairing.not_again", "自愿配对")
RINGS = Reader[Annotated[tuple[RingSize, ...], Meta(min_length=1)]]("swap.pairing.rings", "自愿配对", NO_TWICE)
RING_MAX = Reader[RingSize]("swap.pairing.ring_max", "自愿配对")

CITY_AGE = Reader[Years]("swap.age_max.city", "互派人选条件")
COUNTY_AGE = Reader[Years]("swap.age_max.county", "互派人选条件")
TOWNSHIP_AGE = Reader[Years]("swap.age_max.township", "互派人选条件")
AGE_REFERENCE = Reader[date]("swap.age_max.reference", "互派人选条件")
RESERVE_EXPECTED = Reader[Literal[True]]("swap.reserve_expected", "互派人选条件")
EDUCATION_MIN = Reader[Literal["bachelor"]]("swap.education_min", "互派人选条件")

COMPANIONS_MOST = Reader[Count]("swap.companions", "组织报到")
SUBSTITUTE_TERM = Reader[Literal["remainder"]]("swap.substitute_term", "组织报到")
REPORT_BY = Reader[date]("report.deadline", "组织报到、互派期满")
TERM = Reader[Months]("term.months", "任期")
TERM_STARTS = Reader[Literal["appointment", "reporting"]]("term.starts", "履岗任职、交接")
"""The day from which the months of a posting run."""
DIMENSIONS = Reader[Names]("swap.assessment.dimensions", "挂职期满考核", NO_TWICE)
METHODS = Reader[Names]("swap.assessment.methods", "挂职期满考核", NO_TWICE)
REPORT_LENGTH = Reader[Annotated[int, Meta(ge=1, le=20_000)]]("swap.report.min_chars", "挂职期满考核")
REPORT_COPIES = Reader[Number]("swap.report.copies", "挂职期满考核")
GROUNDS = Reader[Names]("promotion.grounds", "提拔使用", NO_TWICE)
