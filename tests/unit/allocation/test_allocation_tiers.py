"""Tiers: the ratio of about 3:7, the printed split, the villages left to the counties."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.testing import given
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.scope import Footing
from services.allocation.quotas.tiers import (
    CountyVillages,
    Share,
    TierRow,
    TierSplitFixed,
    TierSplitProposed,
)
from tests.kit.allocation.ground import LN2018, with_values
from tests.kit.allocation.tiers import COUNTY, GROUPS, PROPOSED, C, P, counties, fix, propose


@pytest.mark.req("AL-005")
def test_the_ratio_alone_and_the_printed_split_with_its_deviation() -> None:
    unprinted = with_values(LN2018, quota__tiers=None)
    (bare,) = given(BATCH, *GROUPS).when(propose(unprinted)).events or []
    assert isinstance(bare, TierSplitProposed)
    assert (bare.province, bare.city, bare.deviation, bare.printed) == (1080, 2520, 0, False)
    assert bare.by_ratio == (
        Share("all", 3600, 1080, 2520),
        Share("townships", 219, 66, 153),
        Share("weak_villages", 3381, 1014, 2367),
    )
    (printed,) = given(BATCH, *GROUPS).when(propose()).events or []
    assert isinstance(printed, TierSplitProposed)
    assert (printed.province, printed.city, printed.printed) == (838, 2762, True)
    assert (printed.ratio_actual, printed.deviation) == ("838/3600", 242)
    given(BATCH, *PROPOSED).when(fix(P, C, COUNTY)).types("TierSplitFixed")


@pytest.mark.req("AL-013")
def test_the_printed_places_of_the_city_tier_are_fixed() -> None:
    (event,) = given(BATCH, *PROPOSED).when(fix(P, C, COUNTY)).events or []
    assert isinstance(event, TierSplitFixed)
    assert (event.province, event.city, event.county, event.deviation) == (838, 2762, 2612, 0)
    assert (event.overridden, event.reason) == ((), "")
    assert event.tiers == (P, C, COUNTY)


@pytest.mark.req("AL-013")
@pytest.mark.parametrize(
    ("tiers", "left", "right"),
    [
        ((P, replace(C, cadres=2763), COUNTY), 2762, 2763),  # 168 + 2594 = 2762
        ((P, replace(C, townships=169, cadres=2763), COUNTY), 220, 219),  # 51 + 168 = 219
        ((replace(P, townships=50, cadres=837), C, COUNTY), 218, 219),
        ((P, replace(C, weak_villages=2593, cadres=2761), COUNTY), 3380, 3381),  # 787 + 2594 = 3381
        ((replace(P, weak_villages=788, cadres=839), C, COUNTY), 3382, 3381),
        ((P, C, replace(COUNTY, other_villages=2613, cadres=2613)), 2613, 2612),
    ],
)
def test_a_split_that_breaks_an_equality_is_refused_with_both_sides(
    tiers: tuple[TierRow, ...], left: int, right: int
) -> None:
    refused = given(BATCH, *PROPOSED).when(fix(*tiers, reason="合成理由"))
    refusal = refused.rejected("totals_differ", rule="quota.tiers", field="tiers").refusal
    assert refusal is not None
    assert (str(left) in refusal.sentence, str(right) in refusal.sentence) == (True, True)
    assert refusal.details[0]["sentence"] == "1"


def test_another_split_that_covers_the_group_is_recorded_with_its_deviation() -> None:
    other = (TierRow("province", 51, 788, 0, 839), TierRow("city", 168, 2593, 0, 2761), COUNTY)
    given(BATCH, *PROPOSED).when(fix(*other)).rejected("deviation_without_reason", rule="quota.tiers", field="reason")
    (event,) = given(BATCH, *PROPOSED).when(fix(*other, reason="合成理由")).events or []
    assert isinstance(event, TierSplitFixed)
    assert (event.deviation, event.reason) == (-1, "合成理由")
    assert event.overridden == (
        Footing("province.weak_villages", 788, 787, 1),
        Footing("province.cadres", 839, 838, 1),
        Footing("city.weak_villages", 2593, 2594, -1),
        Footing("city.cadres", 2761, 2762, -1),
    )


@pytest.mark.req("AL-006")
def test_counties_cover_what_is_not_weak() -> None:
    assert len(counties()) == 64
    (event,) = given(BATCH, *PROPOSED).when(fix(P, C, COUNTY, counties=counties())).events or []
    assert isinstance(event, TierSplitFixed)
    assert sum(c.villages - c.weak for c in event.counties) == event.county == 2612
    weak = replace(COUNTY, weak_villages=1, other_villages=2611)
    given(BATCH, *PROPOSED).when(fix(P, C, weak)).rejected("weak_at_county_tier", rule="coverage.full", accepted="0")
    one_more = (*counties()[:-1], replace(counties()[-1], villages=counties()[-1].villages + 1))
    given(BATCH, *PROPOSED).when(fix(P, C, COUNTY, counties=one_more)).rejected("totals_differ")
    too_weak = (CountyVillages("210301", 3, 4),)
    given(BATCH, *PROPOSED).when(fix(P, C, COUNTY, counties=too_weak)).rejected("weak_villages_exceed")


def test_the_order_of_the_steps() -> None:
    given(BATCH).when(propose()).rejected("groups_missing")
    given(BATCH, *GROUPS).when(fix(P, C, COUNTY)).rejected("split_not_proposed")
    given(BATCH, *PROPOSED).when(fix(P, C)).rejected("tiers_incomplete")
    given(BATCH, *PROPOSED).when(fix(P, C, C)).rejected("tiers_incomplete")
