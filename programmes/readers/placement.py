"""Placement: who proposes and reviews, what a plan weighs, which targets bind their unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.attendance import Post
from programmes.readers.words import NO_TWICE, Count, Kind, LocalTier, Name, Names, Row, Share, each_once, names_all

HardRule = Literal["kind_differs", "foreign_tier", "foreign_area", "unit_bound", "locked_elsewhere"]
Weight = Annotated[int, Meta(ge=0, le=2**59)]
"""One that the solver can hold; whether it can add them up depends on the batch and is seen when that is planned."""
UnitLevel = Literal["central", "province", "city", "county", "enterprise"]
"""Levels of sending units; an enterprise beside the tiers is one of its own."""


class Weights(Row, frozen=True):
    """The cost of one step of each part."""

    nearness: Weight
    need_match: Weight
    first_batch: Weight
    level_emphasis: Weight


class Ranks(Row, frozen=True):
    """How far a target lies from a tie, by the smallest division that holds both."""

    same_village: Count
    same_township: Count
    same_county: Count
    same_city: Count
    elsewhere: Count


class Signatory(Row, frozen=True):
    """The post whose holder waives ``rule`` for one pair by signature."""

    rule: HardRule
    post: Post


class Floor(Row, frozen=True):
    """At least ``least`` of the placed carry ``tag``."""

    tag: Name
    least: Count


BOTH = names_all("city", "county")

FACTORS = Reader[Names]("placement.factors", "提出分配方案", NO_TWICE)
"""What each proposal says; the list ends with 等, so further factors may be said beside."""
PROPOSERS = Reader[Mapping[LocalTier, Literal["city_org", "county_org"]]](
    "placement.proposer_by_tier", "提出分配方案", BOTH
)
WEIGHTS = Reader[Weights]("placement.weights", "人岗匹配")
FIRST_BATCH = Reader[Count]("placement.first_batch_most", "人岗匹配")
FLOORS = Reader[tuple[Floor, ...]]("placement.floors", "人岗匹配", each_once("tag"))
WAIVABLE = Reader[tuple[Signatory, ...]]("placement.waivable", "签署豁免", each_once("rule"))
TOLERANCE = Reader[Share]("placement.move_tolerance", "人岗匹配")
ORGAN = Reader[Literal["province_org"]]("review.organ", "复核确定人选")
REVIEWERS = Reader[Mapping[LocalTier, Literal["city_org", "county_org"]]]("review.organ_by_tier", "复核确定人选", BOTH)
LEVELS = Reader[Mapping[UnitLevel, Count]]("preference.levels", "人岗匹配")
MATCH_MOST = Reader[Count]("preference.match_most", "人岗匹配")
RANKS = Reader[Ranks]("nearness.ranks", "人岗匹配、提出分配方案")
BINDING_KINDS = Reader[tuple[Kind, ...]]("binding.kinds", "结对", NO_TWICE)
GROUP = Reader[Literal["township"]]("group.by", "编入乡镇工作组")
LEAST_WEAK = Reader[Annotated[int, Meta(ge=0, le=100)]]("deputy.weak_villages_min", "登记包扶薄弱村")
