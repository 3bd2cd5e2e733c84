"""Places of provincial units by county, from a fragment; places cities and counties set for themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kernel.messages import Actor, Event, Rejected
from kernel.testing import actor, given
from services.allocation.demand.demand_plans import set_county_quotas, set_local_quota
from services.allocation.demand.demand_projection import COUNTY_QUOTAS
from services.allocation.quotas.local_quota import LOCAL_QUOTA, LocalQuotaSet, SetLocalQuota
from services.allocation.quotas.unit_county_quota import (
    UNIT_COUNTY,
    SetUnitCountyQuotas,
    UnitCounty,
    UnitCountyQuotaSet,
)
from services.allocation.registers.area import Register
from tests.kit.allocation.ground import SX2015, Plain, ctx, decided

PROVINCE = actor("province_org", areas=("14",))
CITY = actor("city_org", areas=("1409",))
COUNTY = actor("county_org", areas=("140928",))
LAW = "山西省人民政府法制办公室"


def enter(*rows: UnitCounty, reason: str = "") -> SetUnitCountyQuotas:
    context = ctx(PROVINCE, "2015-06-24", SX2015)
    return SetUnitCountyQuotas(context=context, programme="SX2015", rows=rows, reason=reason)


PRINTED: list[Event] = given(UNIT_COUNTY).when(enter()).events or []


@pytest.mark.req("AL-036")
def test_the_fragment_comes_in_as_39_rows_of_148_places_and_no_total() -> None:
    rows = [e for e in PRINTED if isinstance(e, UnitCountyQuotaSet)]
    assert (len(rows), len({e.unit for e in rows}), sum(e.places for e in rows)) == (39, 39, 148)
    assert [e.row for e in rows] == list(range(1, 40))
    assert all((e.printed, e.reason) == (e.places, "") for e in rows)
    (law,) = [e for e in rows if e.unit == LAW]
    assert (law.places, law.row) == (
        3,
        next(r["row"] for r in SX2015.entries["quota.fragment"].value if r["unit"] == LAW),
    )
    by_county = Counter[str]()
    for e in rows:
        by_county[e.county] += e.places
    assert list(by_county.values()) == [row["places"] for row in SX2015.entries["quota.fragment_counties"].value]
    assert SX2015.entries["quota.province_total"].value is None
    assert not [name for name in (*UnitCountyQuotaSet.__struct_fields__, *COUNTY_QUOTAS.columns) if "total" in name]


def test_a_printed_row_entered_otherwise_needs_a_reason_and_carries_both_figures() -> None:
    county = next(row["county"] for row in SX2015.entries["quota.fragment"].value if row["unit"] == LAW)
    other = UnitCounty(LAW, county, 4)
    given(UNIT_COUNTY, *PRINTED).when(enter(other)).rejected(
        "deviation_without_reason", rule="quota.fragment", field="reason"
    )
    (event,) = given(UNIT_COUNTY, *PRINTED).when(enter(other, reason="增派一名")).events or []
    assert isinstance(event, UnitCountyQuotaSet)
    assert (event.places, event.printed, event.reason) == (4, 3, "增派一名")
    (moved,) = given(UNIT_COUNTY).when(enter(UnitCounty(LAW, "140927", 3), reason="改派")).events or []
    assert isinstance(moved, UnitCountyQuotaSet)
    assert (moved.county, moved.printed, moved.reason) == ("140927", None, "改派")


def test_a_row_that_did_not_survive_may_be_entered_later_and_is_no_deviation() -> None:
    (event,) = given(UNIT_COUNTY, *PRINTED).when(enter(UnitCounty("合成单位", "140221", 2))).events or []
    assert isinstance(event, UnitCountyQuotaSet)
    assert (event.row, event.printed, event.reason) == (0, None, "")


@pytest.mark.req("AL-041")
def test_a_unit_of_agriculture_is_suggested_for_more_and_nothing_is_added() -> None:
    plain = UnitCounty("合成农业单位", "140221", 2)
    tagged = replace(plain, tags=("agriculture", "other"))
    (without,) = given(UNIT_COUNTY).when(enter(plain)).events or []
    (event,) = given(UNIT_COUNTY).when(enter(tagged)).events or []
    assert isinstance(without, UnitCountyQuotaSet)
    assert isinstance(event, UnitCountyQuotaSet)
    assert (without.suggested, event.suggested) == ((), ("agriculture",))
    assert without.places == event.places == 2
    # More than the print is entered by hand, with the reason.
    row = next(row for row in SX2015.entries["quota.fragment"].value if row["unit"] == "山西省农业厅")
    more = UnitCounty(row["unit"], row["county"], row["places"] + 1, ("agriculture",))
    given(UNIT_COUNTY, *PRINTED).when(enter(more)).rejected("deviation_without_reason", field="reason")
    (grown,) = given(UNIT_COUNTY, *PRINTED).when(enter(more, reason="涉农部门适当增加")).events or []
    assert isinstance(grown, UnitCountyQuotaSet)
    assert (grown.places, grown.printed, grown.suggested) == (9, 8, ("agriculture",))


def test_rows_that_cannot_be_are_refused() -> None:
    row = UnitCounty("合成单位", "140221", 2)
    given(UNIT_COUNTY).when(enter(row, row)).rejected("unit_twice", rule="quota.fragment", field="rows.unit")
    given(UNIT_COUNTY).when(enter(UnitCounty("合成单位", "1402", 2))).rejected("county_row_wrong", field="rows")
    given(UNIT_COUNTY).when(enter(UnitCounty("合成单位", "140221", 0))).rejected("county_row_wrong", field="rows")
    given(UNIT_COUNTY, *PRINTED).when(enter()).rejected("quotas_unchanged", field="rows")
    with pytest.raises(Rejected, match="140221"):
        list(set_county_quotas(enter(row), Plain()))
    assert decided(set_county_quotas(enter(), Plain()), Plain(), SX2015) == PRINTED


def own(by: Actor, tier: str, area: str, places: int = 12) -> SetLocalQuota:
    context = ctx(by, "2015-06-30", SX2015)
    return SetLocalQuota(
        context=context,
        programme="SX2015",
        tier="city" if tier == "city" else "county",
        area=area,
        places=places,
        basis="根据实际",
    )


@pytest.mark.req("AL-037")
def test_a_county_sets_its_own_number_and_nobody_above_overwrites_it() -> None:
    (event,) = given(LOCAL_QUOTA).when(own(COUNTY, "county", "140928")).events or []
    assert isinstance(event, LocalQuotaSet)
    assert (event.tier, event.area, event.places) == ("county", "140928", 12)
    for above in (PROVINCE, CITY):
        refused = given(LOCAL_QUOTA, event).when(own(above, "county", "140928", 20))
        refused.rejected("self_determined", kind="forbidden", rule="quota.local", clause="一.2", accepted="县委组织部")
    (changed,) = given(LOCAL_QUOTA, event).when(own(COUNTY, "county", "140928", 13)).events or []
    assert isinstance(changed, LocalQuotaSet)
    assert changed.places == 13
    given(LOCAL_QUOTA).when(own(CITY, "city", "1409", 0)).types("LocalQuotaSet")
    given(LOCAL_QUOTA).when(own(PROVINCE, "city", "1409")).rejected("self_determined", accepted="市委组织部")


def test_an_own_number_is_of_the_own_area_and_level() -> None:
    given(LOCAL_QUOTA).when(own(CITY, "city", "140928")).rejected("local_quota_wrong", field="area")
    given(LOCAL_QUOTA).when(own(COUNTY, "county", "140928", -1)).rejected("local_quota_wrong", field="places")
    first = given(LOCAL_QUOTA).when(own(COUNTY, "county", "140928")).events or []
    given(LOCAL_QUOTA, *first).when(own(COUNTY, "county", "140928")).rejected("quota_unchanged", field="places")
    room = Plain({"areas/1409": Register({"140928": "五寨县"})})
    assert decided(set_local_quota(own(COUNTY, "county", "140928"), room), room, SX2015) == first
