"""A channel's places divided among its units by the weights it enters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kernel.messages import Actor, Event
from kernel.rules import Rules
from kernel.testing import given
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.quota import Places, UnitQuotaSet
from services.allocation.quotas.quota_plans import divide_channel
from services.allocation.quotas.unit_division import (
    ChannelPlacesDivided,
    DivideAmong,
    DivideChannelPlaces,
    UnitQuotaDeviated,
    UnitWeight,
)
from services.allocation.registers.unit import Unit
from tests.kit.allocation.ground import CHANNEL, LN2018, ORGANS, OTHER_CHANNEL, Plain, ctx, decided, with_values
from tests.kit.allocation.quotas import SET, assign

UNITS = (
    UnitWeight("U01", 500, "编制 500"),
    UnitWeight("U02", 300, "编制 300", placed=100),
    UnitWeight("U03", 200, "编制 200", at_most=50),
)


def divide(
    *units: UnitWeight, by: Actor = CHANNEL, rules: Rules = LN2018, managed_by: dict[str, str | None] | None = None
) -> DivideAmong:
    asked = DivideChannelPlaces(context=ctx(by, rules=rules), programme="LN2018", channel=ORGANS, units=units)
    managers = {unit.unit: ORGANS for unit in units} | (managed_by or {})
    return DivideAmong(context=asked.context, asked=asked, managed_by=managers)


def quotas(events: list[Event] | None) -> dict[str, Places]:
    return {e.unit: Places(e.townships, e.villages) for e in events or [] if isinstance(e, UnitQuotaSet)}


DIVIDED: list[Event] = [*SET, *(given(BATCH, *SET).when(divide(*UNITS)).events or [])]


def test_weights_caps_and_the_first_batch_make_the_places_and_stand_in_the_event() -> None:
    first, *rest = DIVIDED[len(SET) :]
    assert isinstance(first, ChannelPlacesDivided)
    # 340 and 100 from before, less the cap of 50, over 500 and 300: 243.75 and 146.25.
    assert (first.method, first.divisor, first.townships, first.villages) == ("largest_remainder", 1000, 21, 319)
    assert [(s.unit, s.whole, s.remainder) for s in first.shares] == [
        ("U01", 243, 750),
        ("U02", 146, 250),
        ("U03", 50, 0),
    ]
    assert [(s.townships, s.villages) for s in first.shares] == [(15, 229), (3, 43), (3, 47)]
    assert [(s.weight, s.placed, s.at_most, s.basis) for s in first.shares][1] == (300, 100, None, "编制 300")
    assert first.by_order == ()
    assert quotas(rest) == {"U01": Places(15, 229), "U02": Places(3, 43), "U03": Places(3, 47)}
    assert [e.basis for e in rest if isinstance(e, UnitQuotaSet)] == ["编制 500", "编制 300", "编制 200"]


def test_the_method_comes_from_the_profile_and_equal_claims_are_named() -> None:
    jefferson = with_values(LN2018, quota__apportionment={"method": "jefferson", "ties": "printed_order"})
    equal = tuple(UnitWeight(f"U0{n}", 1, "同等编制") for n in (1, 2, 3))
    (event, *rest) = given(BATCH, *SET).when(divide(*equal, rules=jefferson)).events or []
    assert isinstance(event, ChannelPlacesDivided)
    assert (event.method, event.by_order) == ("jefferson", ("U01", "U02", "U03"))
    assert quotas(rest) == {"U01": Places(7, 107), "U02": Places(7, 106), "U03": Places(7, 106)}


def test_only_what_other_units_of_the_channel_leave_is_divided() -> None:
    before = given(BATCH, *SET).when(assign("U09", 1, 19)).events or []
    made = given(BATCH, *SET, *before).when(divide(UnitWeight("U01", 1, "全部"))).events
    assert quotas(made) == {"U01": Places(20, 300)}


def test_another_quota_than_the_divided_one_is_told_with_its_reason() -> None:
    given(BATCH, *DIVIDED).when(assign("U02", 3, 43)).types("UnitQuotaSet")
    _, told = given(BATCH, *DIVIDED).when(assign("U01", 14, 229, basis="本单位派员困难")).events or []
    assert told == UnitQuotaDeviated(
        occurred_on=told.occurred_on,
        programme="LN2018",
        unit="U01",
        channel=ORGANS,
        townships=-1,
        villages=0,
        reason="本单位派员困难",
    )


@pytest.mark.parametrize(
    "units",
    [
        (UnitWeight("U01", 1, "依据", at_most=339),),
        (UnitWeight("U01", 1, "依据", at_least=341),),
        (UnitWeight("U01", -1, "依据"),),
        (UnitWeight("U01", 0, "依据"),),
        (),
    ],
)
def test_figures_no_division_satisfies_are_refused(units: tuple[UnitWeight, ...]) -> None:
    refused = given(BATCH, *SET).when(divide(*units)).rejected("bounds_impossible", rule="quota.weights", field="units")
    assert refused.refusal is not None
    assert "340" in refused.refusal.sentence


def test_a_channel_divides_among_its_own_registered_units_only() -> None:
    one = UnitWeight("U01", 1, "依据")
    given(BATCH, *SET).when(divide(one, by=OTHER_CHANNEL)).rejected("foreign_channel", kind="forbidden")
    given(BATCH, *SET).when(divide(one, managed_by={"U01": None})).rejected("unit_unknown", kind="unknown")
    given(BATCH, *SET).when(divide(one, managed_by={"U01": "省委高校工委"})).rejected("foreign_channel")
    given(BATCH, *SET).when(divide(one, one)).rejected("units_mixed", field="units.unit")
    given(BATCH).when(divide(one)).rejected("channel_without_quota")


def test_the_plan_asks_the_register_who_manages_each_unit() -> None:
    state: dict[str, Any] = {"batch/LN2018": BATCH.fold(BATCH.initial, SET)}
    room = Plain(state | {f"unit/{u.unit}": Unit(u.unit, ORGANS, "province") for u in UNITS})
    made = decided(divide_channel(replace(divide(*UNITS).asked, context=ctx(CHANNEL)), room), room)
    assert made == DIVIDED[len(SET) :]
