"""The two modes of exchange, and the round after the printed one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from kernel.errors import BadInput
from kernel.messages import Event, Rejected
from kernel.testing import actor, given
from services.allocation.registers.area import Register
from services.allocation.swap.pair_plan import PairPlan
from services.allocation.swap.swap import PAIR, EndSwaps
from services.allocation.swap.swap_batch import (
    SWAP_BATCHES,
    EnterSwapQuota,
    OpenRound,
    OpenSwapBatch,
    PartyQuota,
    SwapBatchOpened,
    SwapQuotaEntered,
)
from services.allocation.swap.swap_list import FixList
from services.allocation.swap.swap_pair import DefinePair, DefineSwapPairs, NameSwapPartner
from services.allocation.swap.swap_plans import agree_post, define_pairs, end_swaps, fix_list, open_batch, propose_post
from tests.kit.allocation.ground import LN2002, SYSTEM, Plain, decided, with_values
from tests.kit.allocation.swap_of_2002 import active, agree, confirm, define, fill, history, on, place, places, proposed

SHENYANG = actor("city_org", areas=("2101",))
DEPARTMENT = PairPlan(18, "county", "cross_area", "2107", "210727", "21", "21", 0, 1, 2, "province_department", "某厅")
QUOTA = (PartyQuota("county", 2, 0, 1, 5), PartyQuota("province_department", 1, 0, 1, 2))
ENDED = date(2003, 7, 15)


def entering(*quota: PartyQuota, batch: int = 2) -> EnterSwapQuota:
    """The order to enter a quota."""
    return EnterSwapQuota(
        context=on("2003-07-20"), programme="LN2002", batch=batch, quota=quota, source="合成：会议纪要"
    )


def opening(day: str = "2003-07-16", batch: int = 2) -> OpenSwapBatch:
    """The order to open a round."""
    return OpenSwapBatch(context=on("2003-07-20"), programme="LN2002", batch=batch, starts_on=date.fromisoformat(day))


def standing(running: int = 0, ended_on: date | None = ENDED, **changed: Any) -> OpenRound:
    asked = opening(**changed)
    return OpenRound(context=asked.context, asked=asked, running=running, ended_on=ended_on)


def ended() -> list[Event]:
    order = EndSwaps(context=on("2003-07-15", SYSTEM), programme="LN2002", as_of=ENDED)
    return [*active(), *history(order, after=active())]


def open_room(*quota: PartyQuota) -> Plain:
    """The second round is open on 16 July 2003, pair 13 of the first having ended the day before."""
    areas = {"areas/21": Register({"2107": "", "2103": "", "21": ""})}
    areas |= {f"areas/{c}": Register(dict.fromkeys((f"{c}27", f"{c}81", f"{c}82"), "")) for c in ("2107", "2103")}
    here = Plain({**areas, "pair/LN2002.13": PAIR.fold(None, ended())})
    stream = SWAP_BATCHES.decide(SWAP_BATCHES.initial, entering(*(quota or QUOTA)))
    here.states["swap-batches/LN2002"] = SWAP_BATCHES.fold(SWAP_BATCHES.initial, stream)
    decided(open_batch(opening(), here), here, LN2002)
    return here


def defining(here: Plain, *plans: PairPlan) -> list[Event]:
    command = DefineSwapPairs(context=on("2003-07-21"), programme="LN2002", pairs=plans, batch=2)
    return decided(define_pairs(command, here), here, LN2002)


@pytest.mark.req("AL-055")
def test_a_department_of_the_city_is_a_counterpart_only_within_the_area() -> None:
    def name(pair: int, area: str, department: str | None) -> NameSwapPartner:
        by = actor("city_org", areas=("2101", "2107"))
        return NameSwapPartner(
            context=on("2002-06-20", by), programme="LN2002", pair=pair, developed_area=area, department=department
        )

    within = given(PAIR, *history(define(16)))
    taken = within.when(name(16, "2101", "市农业局")).types("SwapPartnerNamed", "SwapPartyRecorded")
    assert [e.party for e in taken.events or [] if hasattr(e, "party")] == ["city_department"]
    within.when(name(16, "2103", "市农业局")).rejected("partner_outside", accepted="2101")
    within.when(name(16, "2101", None)).rejected("partner_outside")
    (across,) = history(define(13))
    unnamed = msgspec.structs.replace(across, developed_area=None)
    given(PAIR, unnamed).when(name(13, "2107", "市农业局")).rejected("department_across", rule="swap.modes")
    department = {"party": "city_department", "department": "市农业局", "developed_area": "2103"}
    given(PAIR).when(define(13, **department)).rejected("department_across", field="pairs.party")


def test_mode_and_party_must_fit_the_codes() -> None:
    given(PAIR).when(define(13, mode="by_lot")).rejected("mode_unknown", accepted="cross_area、within_area")
    given(PAIR).when(define(13, party="friend")).rejected("party_unknown")
    given(PAIR).when(define(13, mode="within_area")).rejected("partner_outside", accepted="2107")
    given(PAIR).when(define(16, mode="cross_area")).rejected("partner_inside")
    given(PAIR).when(define(13, department="某局")).rejected("department_unnamed", accepted="null")
    given(PAIR).when(define(13, developed_area="2103")).rejected("party_area")
    given(PAIR).when(define(16, developed_area="210123")).rejected("partner_itself")


def test_a_log_that_says_within_city_means_within_area() -> None:
    (event,) = history(define(16))
    state = PAIR.fold(None, [msgspec.structs.replace(event, mode="within_city")])
    assert state is not None
    assert state.mode == "within_area"


@pytest.mark.req("AL-061")
def test_the_second_round_opens_with_a_quota_and_after_the_first() -> None:
    given(SWAP_BATCHES).when(standing()).rejected("swap_quota_empty", rule="swap.second_batch", field="batch")
    entered = given(SWAP_BATCHES).when(entering(*QUOTA))
    entered.then(
        SwapQuotaEntered(
            occurred_on=date(2003, 7, 20), programme="LN2002", batch=2, quota=QUOTA, persons=30, source="合成：会议纪要"
        )
    )
    stream = given(SWAP_BATCHES, *(entered.events or []))
    stream.when(standing(running=1)).rejected("earlier_batch_running")
    stream.when(standing(ended_on=None)).rejected("earlier_batch_running")
    stream.when(standing(day="2003-07-15")).rejected("batch_too_early", field="starts_on")
    opened = SwapBatchOpened(
        occurred_on=date(2003, 7, 20),
        programme="LN2002",
        batch=2,
        starts_on=date(2003, 7, 16),
        earlier_ended_on=ENDED,
    )
    stream.when(standing()).then(opened)
    after = given(SWAP_BATCHES, *(entered.events or []), opened)
    after.when(standing()).rejected("swap_batch_open")
    after.when(entering(*QUOTA)).rejected("swap_batch_open")


def test_figures_of_a_round_are_refused_by_name() -> None:
    given(SWAP_BATCHES).when(entering(*QUOTA, batch=1)).rejected("batch_printed")
    given(SWAP_BATCHES).when(entering()).rejected("quota_parties")
    given(SWAP_BATCHES).when(entering(QUOTA[0], QUOTA[0])).rejected("quota_parties")
    given(SWAP_BATCHES).when(entering(replace(QUOTA[0], party="friend"))).rejected("quota_parties")
    given(SWAP_BATCHES).when(entering(replace(QUOTA[0], pairs=0))).rejected("quota_figures")
    given(SWAP_BATCHES).when(entering(replace(QUOTA[0], county_each=-1))).rejected("quota_figures")
    printed = with_values(LN2002, swap__second_batch=31)
    order = replace(entering(*QUOTA), context=replace(entering().context, rules=printed))
    given(SWAP_BATCHES).when(order).rejected("quota_differs", accepted="31")


@pytest.mark.req("AL-061")
def test_a_department_of_the_province_is_a_party_of_the_second_round() -> None:
    admitted, defined, party = defining(open_room(), DEPARTMENT)
    assert [one.pair for one in admitted.pairs] == [18]
    assert (defined.pair, defined.developed_area, party.party, party.department) == (
        18, "21", "province_department", "某厅"
    )  # fmt: skip
    assert (party.batch, party.starts_on) == (2, date(2003, 7, 16))
    with pytest.raises(Rejected) as first:
        decided(define_pairs(first_round(DEPARTMENT), open_room()), open_room(), LN2002)
    assert first.value.code == "pair_unknown"


def first_round(*plans: PairPlan) -> DefineSwapPairs:
    return DefineSwapPairs(context=on("2003-07-21"), programme="LN2002", pairs=plans)


COUNTY = PairPlan(19, "county", "cross_area", "2107", "210727", "2103", "210381", 0, 1, 5)


@pytest.mark.parametrize(
    ("plans", "code"),
    [
        ((DEPARTMENT, replace(DEPARTMENT, pair=19, poor_area="210781")), "pair_beyond_quota"),
        ((replace(COUNTY, township_each=4),), "pair_beyond_quota"),
        ((replace(COUNTY, party="city", poor_area="2107", developed_area="2103"),), "pair_beyond_quota"),
        ((COUNTY, replace(COUNTY, pair=20)), "side_twice"),
        ((COUNTY, replace(COUNTY, poor_area="210781", developed_area="210382")), "pair_defined"),
        ((replace(COUNTY, developed_area="210399"),), "area_unknown"),
        ((replace(COUNTY, developed_area=None),), "partner_missing"),
    ],
)
def test_a_round_admits_what_was_entered_and_each_side_once(plans: tuple[PairPlan, ...], code: str) -> None:
    with pytest.raises((Rejected, BadInput)) as refused:
        defining(open_room(), *plans)
    assert refused.value.code == code


def test_numbers_of_the_printed_pairs_are_not_given_again() -> None:
    with pytest.raises(BadInput) as refused:
        defining(open_room(), replace(COUNTY, pair=13))
    assert (refused.value.code, refused.value.accepted) == ("pair_number_taken", "大于 17 的对号")
    closed = Plain({"areas/21": Register({}), "areas/2107": Register({"210727": ""}),
                    "areas/2103": Register({"210381": ""})})  # fmt: skip
    with pytest.raises(Rejected) as shut:
        defining(closed, COUNTY)
    assert shut.value.code == "swap_batch_closed"


def test_a_round_has_its_own_list_and_its_own_term() -> None:
    here = open_room()
    defining(here, COUNTY)
    stream = "pair/LN2002.19"
    legs = [replace(one, leg=one.leg.replace(".13.", ".19.")) for level in ("county", "township")
            for one in places(13, level, "out", "back")]  # fmt: skip
    for one in legs:
        here.states[stream] = PAIR.fold(here.states[stream], PAIR.decide(here.states[stream], fill(one)))
    with pytest.raises(Rejected, match="名单尚未确定"):
        decided(propose_post(proposed(legs[0].leg).asked, here), here, LN2002)
    order = FixList(context=on("2003-08-01"), programme="LN2002", batch=2)
    (fixed,) = decided(fix_list(order, here), here, LN2002)
    assert (fixed.batch, fixed.pairs, fixed.persons) == (2, 1, 12)
    for one in legs:
        decided(propose_post(proposed(one.leg).asked, here), here, LN2002)
        decided(agree_post(agree(one.leg, city=one.host[:4]).asked, here), here, LN2002)
    for level in ("county", "township"):
        state = here.states[stream]
        here.states[stream] = PAIR.fold(state, PAIR.decide(state, replace(confirm(19, level))))

    def finish(day: str) -> list[Event]:
        return decided(
            end_swaps(EndSwaps(context=on(day, SYSTEM), programme="LN2002", as_of=date.fromisoformat(day)), here),
            here,
            LN2002,
        )

    assert finish("2004-07-15") == []
    assert [(e.pair, e.ended_on) for e in finish("2004-07-16")] == [(19, date(2004, 7, 16))]
    assert place(13, "out", "county", 1).seat == 1


def test_a_pair_of_a_later_round_is_not_held_against_the_print() -> None:
    order = DefinePair(context=on("2003-07-21"), programme="LN2002", plan=COUNTY, batch=2, starts_on=date(2003, 7, 16))
    given(PAIR).when(order).types("SwapPairDefined", "SwapPartyRecorded")
    given(PAIR).when(replace(order, batch=1)).rejected("pair_unknown")
