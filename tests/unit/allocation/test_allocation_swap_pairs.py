"""Swap pairs: the poor counties, who exchanges with whom, the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kernel.errors import BadInput
from kernel.messages import Actor, Rejected
from kernel.testing import actor, given
from services.allocation.registers.area import Register
from services.allocation.swap.poor_counties import DefinePoorCounties, PoorCountySetDefined
from services.allocation.swap.swap import PAIR
from services.allocation.swap.swap_list import SWAP_LIST, FixList, FixStandings, Standing
from services.allocation.swap.swap_pair import DefineSwapPairs, NameSwapPartner, SwapPairDefined
from services.allocation.swap.swap_plans import define_pairs, define_poor_counties, fix_list
from tests.kit.allocation.ground import CHANNEL, LN2002, Plain, decided
from tests.kit.allocation.swap_of_2002 import ROWS, define, fill, history, on, place, places

PRINTED = [row["printed"] for row in LN2002.entries["poor_counties.list"].value]
COUNTIES = {row["county"] for row in LN2002.entries["poor_counties.list"].value}
CITIES = {row["poor_city"] for row in ROWS.values()} | {row["developed_city"] for row in ROWS.values()}
AREAS = {row[side] for row in ROWS.values() for side in ("poor_area", "developed_area") if row[side]} | COUNTIES


def room() -> Plain:
    """The divisions that the swap names are registered."""
    states = {f"areas/{city}": Register({code: "" for code in AREAS if code.startswith(city)}) for city in CITIES}
    states["areas/21"] = Register(dict.fromkeys(CITIES, ""))
    return Plain(states)


def poor(*counties: str) -> list[object]:
    command = DefinePoorCounties(context=on("2002-06-17"), programme="LN2002", counties=counties)
    here = room()
    return decided(define_poor_counties(command, here), here, LN2002)


@pytest.mark.req("AL-050")
def test_fifteen_poor_counties_by_any_printed_name() -> None:
    (event,) = poor(*PRINTED)
    assert isinstance(event, PoorCountySetDefined)
    assert (len(event.counties), set(event.counties)) == (15, COUNTIES)
    short = ["新宾县" if name == "新宾满族自治县" else name for name in PRINTED]
    assert "新宾县" in short
    assert poor(*short) == poor(*COUNTIES) == poor() == [event]


@pytest.mark.req("AL-050")
def test_another_set_is_refused() -> None:
    with pytest.raises(Rejected) as few:
        poor(*PRINTED[1:])
    assert (few.value.code, few.value.accepted) == ("poor_counties_count", "15")
    with pytest.raises(Rejected) as other:
        poor("海城市", *PRINTED[1:])
    assert (other.value.code, other.value.accepted) == ("poor_counties_differ", "210123")
    with pytest.raises(BadInput) as nowhere:
        poor("铁西区", *PRINTED[1:])  # it stands twice in the province
    assert nowhere.value.code == "area_ambiguous"


@pytest.mark.req("AL-051")
def test_pairs_go_by_position_and_are_never_crossed() -> None:
    here = room()
    command = DefineSwapPairs(context=on("2002-06-17"), programme="LN2002")
    events = decided(define_pairs(command, here), here, LN2002)
    assert len(events) == 17
    partner = {e.poor_area: e.developed_area for e in events if isinstance(e, SwapPairDefined)}
    assert partner["210423"] == "210804"  # 清原 with 鲅鱼圈
    assert partner["210422"] == "210882"  # 新宾 with 大石桥
    assert (partner["210123"], partner["210323"]) == (None, None)
    crossed = define(10, developed_area="210804")
    given(PAIR).when(crossed).rejected("pair_differs", field="pairs.developed_area", accepted="210882")


def test_a_pair_is_the_printed_one_and_defined_once() -> None:
    given(PAIR).when(define(13, township_each=4)).rejected("pair_differs", accepted="5")
    given(PAIR, *history(define(13))).when(define(13)).rejected("pair_defined")
    unknown = replace(define(13), plan=replace(define(13).plan, pair=18))
    given(PAIR).when(unknown).rejected("pair_unknown")


@pytest.mark.req("AL-054")
def test_an_internal_pair_finds_its_partner_inside_its_city() -> None:
    shenyang = actor("city_org", areas=("2101",))

    def name(area: str, by: Actor = shenyang) -> NameSwapPartner:
        context = on("2002-06-20", by)
        return NameSwapPartner(context=context, programme="LN2002", pair=16, developed_area=area)

    stream = given(PAIR, *history(define(16)))
    stream.when(name("210214")).rejected("partner_outside", rule="swap.internal")
    stream.when(name("210123")).rejected("partner_outside")
    stream.when(name("210106", CHANNEL)).rejected("foreign_area", kind="forbidden")
    named = stream.when(name("210106")).types("SwapPartnerNamed").events or []
    given(PAIR, *history(define(16)), *named).when(name("210111")).rejected("partner_named")
    given(PAIR, *history(define(13))).when(replace(name("210106"), pair=13)).rejected("foreign_area", kind="forbidden")


def standing(out: int, back: int, each: int = 5) -> Standing:
    return Standing(13, "township", each, out, back)


def fixing(*standings: Standing) -> FixStandings:
    return FixStandings(context=on("2002-07-02"), programme="LN2002", standings=standings)


@pytest.mark.req("AL-052")
def test_five_one_way_and_four_back_is_not_ready() -> None:
    legs = [*places(13, "county", "out", "back"), *places(13, "township", "out", "back")]
    command = FixList(context=on("2002-07-02"), programme="LN2002")

    def fixed(*filled: object) -> list[object]:
        here = Plain({"pair/LN2002.13": PAIR.fold(None, history(define(13), *filled))})
        return decided(fix_list(command, here), here, LN2002)

    with pytest.raises(Rejected) as refused:
        fixed(*map(fill, legs[:-1]))
    assert refused.value.code == "pair_not_ready"
    assert refused.value.details == [{"field": "13.township", "code": "imbalance", "sentence": "1", "accepted": "5"}]
    (event,) = fixed(*map(fill, legs))
    assert (event.pairs, event.persons) == (1, 12)


def test_the_list_is_fixed_once_by_the_province() -> None:
    given(SWAP_LIST).when(fixing(standing(5, 5))).types("SwapListFixed")
    given(SWAP_LIST).when(fixing(standing(4, 4))).rejected("pair_not_ready")
    given(SWAP_LIST).when(fixing()).rejected("pairs_missing")
    city = replace(fixing(standing(5, 5)), context=on("2002-07-02", actor("city_org", areas=("2107",))))
    given(SWAP_LIST).when(city).rejected("province_fixes_list", kind="forbidden")
    fixed = given(SWAP_LIST).when(fixing(standing(5, 5))).events or []
    given(SWAP_LIST, *fixed).when(fixing(standing(5, 5))).rejected("list_fixed")


def test_a_leg_takes_a_free_place_of_its_pair() -> None:
    stream = given(PAIR, *history(define(13)))
    stream.when(fill(place(13, "out", "township", 5))).types("SwapPlaceFilled")
    stream.when(fill(place(13, "out", "township", 6))).rejected("no_such_place", field="seat")
    stream.when(fill(place(13, "out", "city", 1))).rejected("no_such_place")
    stream.when(fill(place(13, "out", "county", 1, sending="210381", host="210727"))).rejected("wrong_side")
    held = given(PAIR, *history(define(13), fill(place(13, "out", "county", 1))))
    held.when(fill(place(13, "out", "county", 1))).then()
    held.when(fill(place(13, "out", "county", 1, n=2))).rejected("place_taken")
    given(PAIR, *history(define(16))).when(fill(place(16, "out", "county", 1))).rejected("partner_unnamed")
    given(PAIR).when(fill(place(13, "out", "county", 1))).rejected("pair_undefined", kind="unknown")


def test_events_are_dated_by_the_fact() -> None:
    (event,) = given(PAIR).when(define(13)).events or []
    assert event.occurred_on == date(2002, 6, 17)
