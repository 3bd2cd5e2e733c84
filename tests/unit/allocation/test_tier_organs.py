"""Tiers below the province: a city or county manages, proposes and divides for its own units, the city confirms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from kernel.messages import Actor, Rejected
from kernel.testing import actor, given
from services.allocation.placement.nominee import Nominee
from services.allocation.placement.placement import TARGET, ConfirmPlacement, ConfirmPlacements, PlacementConfirmed
from services.allocation.placement.placement_plans import confirm, open_review
from services.allocation.placement.propose import Placing, ProposePlacement
from services.allocation.placement.review import OpenReview
from services.allocation.quotas.local_quota import LOCAL_QUOTA, Local, SetLocalQuota
from services.allocation.quotas.quota import AssignUnitQuota, Places, SetUnitQuota, UnitQuotaSet
from services.allocation.quotas.quota_plans import set_unit_quota
from services.allocation.registers.tier_organs import own_area, tier_of
from services.allocation.registers.unit import UNIT, RegisterUnit, Unit
from tests.kit.allocation.ground import CHANNEL, JINZHOU, LN2018, ORGANS, PROVINCE, Plain, ctx, decided, with_values
from tests.kit.allocation.targets import OPENED, VILLAGE

COUNTY = actor("county_org", areas=("210727",))
OTHER_CITY = actor("city_org", areas=("2113",))
OF_CITY, OF_COUNTY = structs.replace(OPENED, tier="city"), structs.replace(OPENED, tier="county", weak=False)


def proposing(channel: str, by: Actor, target: str = VILLAGE) -> ProposePlacement:
    return ProposePlacement(
        context=ctx(by),
        channel=channel,
        placing=Placing(target, "C2107-1", "p-1", "首批无", "薄弱", "同乡无更近"),
        nominee=Nominee("n-1", "p-1", channel, "village"),
        ties=("210727101201",),
        attempt=1,
    )


@pytest.mark.parametrize(
    ("channel", "tier", "area"),
    [("2107", "city", "2107"), ("210727", "county", "210727"), (ORGANS, "province", ""), ("210", "province", "")],
)
def test_a_channel_says_its_tier(channel: str, tier: str, area: str) -> None:
    assert (tier_of(channel), own_area(channel)) == (tier, area)


def test_each_tier_proposes_for_its_own_places_in_its_own_area() -> None:
    given(TARGET, OF_CITY).when(proposing("2107", JINZHOU)).types("PlacementProposed")
    given(TARGET, OF_COUNTY).when(proposing("210727", COUNTY)).types("PlacementProposed")
    given(TARGET, OF_COUNTY).when(proposing("2107", JINZHOU)).rejected("foreign_tier", kind="forbidden")
    given(TARGET, OPENED).when(proposing("2107", JINZHOU)).rejected("foreign_tier", rule="quota.tiers")
    given(TARGET, OF_CITY).when(proposing("2113", OTHER_CITY)).rejected("target_outside_channel", kind="forbidden")
    given(TARGET, OF_COUNTY).when(proposing("210727", JINZHOU)).rejected("foreign_channel", kind="forbidden")


def test_a_committee_does_not_propose_for_a_city_whatever_its_token_names() -> None:
    posing = actor("channel", units=(ORGANS, "2107"))
    refused = given(TARGET, OF_CITY).when(proposing("2107", posing))
    refused.rejected("role_of_tier", kind="forbidden", accepted="city_org")


def proposed(opened: Any, channel: str, by: Actor) -> list[Any]:
    return [opened, *(given(TARGET, opened).when(proposing(channel, by)).events or [])]


@pytest.mark.parametrize(("opened", "channel", "by"), [(OF_CITY, "2107", JINZHOU), (OF_COUNTY, "210727", COUNTY)])
def test_the_city_of_the_target_confirms_below_the_province(opened: Any, channel: str, by: Actor) -> None:
    stream = given(TARGET, *proposed(opened, channel, by))
    asked = ConfirmPlacement(context=ctx(JINZHOU), target=VILLAGE, reviewed=True, bound=True)
    for other, code in ((PROVINCE, "city_confirms"), (COUNTY, "city_confirms"), (OTHER_CITY, "foreign_area")):
        refused = stream.when(replace(asked, context=ctx(other)))
        refused.rejected(code, kind="forbidden", rule="review.organ_by_tier")
    (event,) = stream.when(asked).events or []
    assert isinstance(event, PlacementConfirmed)
    assert (event.tier, event.channel) == (opened.tier, channel)


def test_the_organ_below_the_province_is_the_profile_s() -> None:
    stream = given(TARGET, *proposed(OF_COUNTY, "210727", COUNTY))
    rules = with_values(LN2018, review__organ_by_tier={"city": "city_org", "county": "county_org"})
    asked = ConfirmPlacement(context=ctx(COUNTY, rules=rules), target=VILLAGE, reviewed=True, bound=True)
    stream.when(asked).types("PlacementConfirmed")
    stream.when(replace(asked, context=ctx(JINZHOU, rules=rules))).rejected("city_confirms", accepted="county_org")


@pytest.mark.req("AL-018")
@pytest.mark.parametrize("by", [CHANNEL, JINZHOU, COUNTY])
def test_nobody_but_the_province_confirms_what_is_the_province_s(by: Actor) -> None:
    stream = given(TARGET, *proposed(OPENED, ORGANS, CHANNEL))
    asked = ConfirmPlacement(context=ctx(by), target=VILLAGE, reviewed=True, bound=True)
    refused = stream.when(asked).rejected("province_confirms", kind="forbidden", accepted="province_org")
    assert refused.events is None


def test_all_under_review_means_all_that_the_asker_reviews() -> None:
    states = {f"target/LN2018.{VILLAGE}": TARGET.fold(None, proposed(OF_CITY, "2107", JINZHOU))}
    rows = [{"target": VILLAGE, "tier": "city"}, {"target": "210727102213", "tier": "province"}]
    room = Plain(states, lambda sql, *params: rows if "from targets" in sql else [])
    with pytest.raises(Rejected, match="尚未进入复核"):  # the one of the city was found, the province's was left out
        decided(confirm(ConfirmPlacements(context=ctx(JINZHOU), programme="LN2018"), room), room)
    with pytest.raises(Rejected) as none:
        list(confirm(ConfirmPlacements(context=ctx(OTHER_CITY), programme="LN2018"), room))
    assert none.value.code == "nothing_under_review"
    for by in (CHANNEL, COUNTY):
        with pytest.raises(Rejected) as refused:
            list(confirm(ConfirmPlacements(context=ctx(by), programme="LN2018"), room))
        assert refused.value.code == "province_confirms"


def quota(places: int, townships: int, by: Actor = JINZHOU) -> SetLocalQuota:
    return SetLocalQuota(
        context=ctx(by), programme="LN2018", tier="city", area="2107", places=places, townships=townships, basis="合成"
    )


def to_unit(townships: int, villages: int, by: Actor = JINZHOU, unit: str = "C1") -> AssignUnitQuota:
    asked = SetUnitQuota(
        context=ctx(by), programme="LN2018", unit=unit, townships=townships, villages=villages, basis="合成"
    )
    return AssignUnitQuota(context=asked.context, asked=asked, channel="2107")


def test_a_city_divides_its_own_quota_and_no_more() -> None:
    given(LOCAL_QUOTA).when(to_unit(1, 2)).rejected("channel_without_quota")
    events = given(LOCAL_QUOTA).when(quota(10, 2)).types("LocalQuotaSet").events or []
    events += given(LOCAL_QUOTA, *events).when(to_unit(1, 5)).types("UnitQuotaSet").events or []
    stream = given(LOCAL_QUOTA, *events)
    assert stream.state.unassigned == Places(1, 3)
    stream.when(to_unit(0, 4, unit="C2")).rejected("quota_exceeded", field="villages", accepted="0 至 3")
    stream.when(to_unit(2, 0, unit="C2")).rejected("quota_exceeded", field="townships", accepted="0 至 1")
    stream.when(to_unit(1, 3, by=OTHER_CITY, unit="C2")).rejected("foreign_channel", kind="forbidden")
    stream.when(to_unit(1, 3, unit="C2")).types("UnitQuotaSet")
    stream.when(quota(5, 1)).rejected("quota_below_units", accepted="乡镇不少于 1，村不少于 5")
    stream.when(quota(11, 12)).rejected("local_quota_wrong", field="places")


def test_a_unit_s_quota_stands_with_its_city_s_and_the_review_waits_for_the_last_place() -> None:
    room = Plain(
        {
            "unit/C1": Unit("C1", "2107", "city"),
            "local-quota/LN2018.2107": Local("2107", Places(0, 2)),
            f"target/LN2018.{VILLAGE}": TARGET.fold(None, proposed(OF_CITY, "2107", JINZHOU)),
        },
        lambda sql, *params: [{"target": VILLAGE}],
    )

    def allot(villages: int) -> list[Any]:
        asked = to_unit(0, villages).asked
        return decided(set_unit_quota(asked, room), room)

    def review(by: Actor) -> list[Any]:
        command = OpenReview(context=ctx(by), programme="LN2018", channel="2107")
        return decided(open_review(command, room), room)

    (event,) = allot(1)
    assert isinstance(event, UnitQuotaSet)
    assert (event.channel, event.villages) == ("2107", 1)
    with pytest.raises(Rejected, match="1 个村名额未分到单位"):
        review(JINZHOU)
    allot(2)
    with pytest.raises(Rejected) as refused:
        review(PROVINCE)
    assert refused.value.code == "city_confirms"
    assert [type(e).__name__ for e in review(JINZHOU)] == ["PlacementReviewOpened"]


def test_a_city_registers_units_of_its_own_under_its_code() -> None:
    def register(by: Actor, unit: str = "C1", channel: str = "2107") -> RegisterUnit:
        return RegisterUnit(context=ctx(by), unit=unit, name="合成市直单位", channel=channel, level="city")

    given(UNIT).when(register(JINZHOU)).types("UnitRegistered")
    given(UNIT).when(register(JINZHOU, unit="2113")).rejected("unit_like_area", field="unit")
