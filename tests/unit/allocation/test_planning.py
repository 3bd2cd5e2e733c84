"""Plans: parts of the cost, locks, waivers, what is impossible, floors of arithmetic, the second best, few moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.messages import Rejected
from services.allocation.assignment.arcs import LARGEST
from services.allocation.planning.plan_rules import broken
from services.allocation.planning.plan_scope import Scope
from services.allocation.planning.plan_settings import PARTS, Settings
from services.allocation.planning.plan_situation import Options
from services.allocation.ranking.nearness import Ties
from services.allocation.solving import plan_prices
from services.allocation.solving.plan_arcs import Pairs
from services.allocation.solving.plan_floors import best_of_floors
from services.allocation.solving.plan_reach import NAMES, Places
from services.allocation.solving.plan_repair import repaired
from services.allocation.solving.plan_solving import best, plan
from tests.kit.allocation.ground import LN2018, with_values
from tests.kit.allocation.planning import cadres, planned, situated, villages

A, B, C = "210727101201", "210727101202", "210727102201"
FAR = "211302101201"
WHOLE = Options()


def targets(found: object) -> dict[str, str]:
    return {row.person: row.target for row in found.rows}


def test_nearness_outweighs_all_other_parts_together_in_a_batch_of_any_size() -> None:
    s = Settings.of(LN2018)
    most = {"nearness": 0, "need_match": s.match_most, "first_batch": s.first_batch_most, "level_emphasis": 1}
    batch = LN2018.entries["quota.batch"].value["total"]
    assert batch == 9025
    assert s.cost(most) * batch < s.weights["nearness"]


def test_the_parts_and_the_total_add_up_row_by_row() -> None:
    ties = {"U1": (A,), "U2": (C,)}
    found = planned(situated([*cadres("U1", 2), *cadres("U2", 1)], villages(A, B, C), ties))
    assert found.head.measures == {"nearness": 1, "need_match": 9, "first_batch": 0, "level_emphasis": 0}
    assert found.head.total == sum(found.head.weights[p] * found.head.measures[p] for p in PARTS) == 100_018
    assert found.head.certificate.gap == 0
    assert found.head.certificate.total == found.head.total


@pytest.mark.req("AL-038")
def test_need_tags_are_matched_where_nearness_is_equal_and_a_place_without_them_is_unscored() -> None:
    ties = {"U1": (A,)}
    people = [*cadres("U1", 1, tags=("党建",)), *[replace(c, person="p-z") for c in cadres("U1", 1, tags=("农技",))]]
    stated = [*villages(B, needs=("农技",)), *villages("210727101203", needs=("党建",))]
    found = planned(situated(people, stated, ties))
    assert targets(found) == {"p-U1-village-000": "210727101203", "p-z": B}
    assert found.head.measures["need_match"] == 4  # one tag met of three points each
    unscored = planned(situated(people, villages(B, "210727101203"), ties))
    assert (unscored.head.rows, unscored.head.measures["need_match"]) == (2, 6)


@pytest.mark.req("AL-015")
def test_of_two_equal_candidates_the_provincial_organ_goes_first_and_the_city_cadre_is_still_allowed() -> None:
    ties = {"U1": (A,), "U2": (A,)}
    people = [*cadres("U1", 1), *cadres("U2", 1)]
    levels = {"U1": "city", "U2": "province"}
    one = planned(situated(people, villages(A), ties, levels=levels), WHOLE)
    assert targets(one) == {"p-U2-village-000": A}
    assert [(left.person, left.rule) for left in one.left] == [("p-U1-village-000", "")]
    both = planned(situated(people, villages(A, B), ties, levels=levels), WHOLE)
    assert set(targets(both)) == {"p-U1-village-000", "p-U2-village-000"}


def test_places_that_had_fewer_cadres_of_the_first_batch_come_first() -> None:
    served = [*villages(A, first_batch=2), *villages(B, first_batch=0)]
    found = planned(situated(cadres("U1", 1), served, {"U1": ("210727101209",)}))
    assert targets(found) == {"p-U1-village-000": B}
    assert found.head.measures["first_batch"] == 0


@pytest.mark.req("AL-016")
def test_a_free_target_in_a_helped_township_is_never_passed_over_while_the_total_could_be_less() -> None:
    ties = {"U1": (A,), "U2": (FAR,)}
    found = planned(situated([*cadres("U1", 1), *cadres("U2", 1)], villages(B, C, FAR), ties))
    assert targets(found) == {"p-U1-village-000": B, "p-U2-village-000": FAR}
    assert {row.person: row.reason for row in found.rows} == {
        "p-U1-village-000": "联系点附近没有更近的派驻点",
        "p-U2-village-000": "",
    }


def test_a_lock_stands_and_its_price_is_what_the_plan_costs_more() -> None:
    ties = {"U1": (A,), "U2": (C,)}
    people = [*cadres("U1", 1), *cadres("U2", 1)]
    free = planned(situated(people, villages(A, C), ties))
    locked = planned(situated(people, villages(A, C), ties, locks={"p-U1-village-000": C}))
    assert targets(locked) == {"p-U1-village-000": C, "p-U2-village-000": A}
    assert [row.locked for row in locked.rows] == [True, False]
    assert locked.rows[0].reason == "已锁定在此"
    outcome = best(situated(people, villages(A, C), ties), WHOLE)
    price = plan_prices.of_some(outcome, ["p-U1-village-000"], lambda *_: None)["p-U1-village-000"]
    assert price == (C, locked.head.total - free.head.total, ("p-U2-village-000",))
    assert price[1] == 4 * LN2018.entries["placement.weights"].value["nearness"]
    again = plan(outcome.pairs.situation, WHOLE, 1, outcome, {"p-U1-village-000": price})
    assert (again.rows[0].next_target, again.rows[0].price, again.rows[0].displaces) == price
    assert again.head.explained


def test_the_second_best_of_a_stranger_is_refused_by_name() -> None:
    outcome = best(situated(cadres("U1", 1), villages(A), {"U1": (A,)}), WHOLE)
    with pytest.raises(Rejected) as refused:
        plan_prices.of_some(outcome, ["p-nobody"], lambda *_: None)
    assert (refused.value.code, refused.value.field) == ("person_not_planned", "persons")


def test_an_impossible_plan_names_rules_counties_the_least_waivers_and_who_signs_them() -> None:
    ties = {"U1": (A,), "U2": (A,), "U3": (FAR,)}
    people = [*cadres("U1", 2), *cadres("U3", 1)]
    places = [*villages(A), *villages(C, successor_of="U2"), *villages(FAR, successor_of="U3")]
    with pytest.raises(Rejected) as refused:
        best(situated(people, places, ties), WHOLE)
    error = refused.value
    assert (error.code, error.rule, error.clause) == ("plan_infeasible", "binding.create", "四")
    assert "有 1 名人选无处可派" in error.sentence
    assert "unit_bound" in error.sentence
    assert "210727" in error.sentence
    assert error.accepted == "至少 1 项豁免，由 省委组织部部长 签署；或编制部分方案（partial）"
    waivers = [d for d in error.details if d["field"] == "waivers"]
    assert [(d["code"], d["accepted"]) for d in waivers] == [("unit_bound", "省委组织部部长")]
    person, target = waivers[0]["sentence"].split(" → ")
    assert target == C
    allowed = planned(situated(people, places, ties, waivers=[("unit_bound", person, target)]), WHOLE)
    assert (allowed.head.rows, allowed.head.left) == (3, 0)
    assert {row.person: row.waived for row in allowed.rows}[person] == ("unit_bound",)


def test_without_waivers_that_help_the_stranded_are_counted() -> None:
    people = [*cadres("U1", 2), *cadres("U1", 1, kind="township")]
    with pytest.raises(Rejected) as refused:
        best(situated(people, [*villages(A, FAR)], {"U1": (A,)}, locks={"p-U1-township-000": FAR}), WHOLE)
    assert refused.value.code == "plan_infeasible"
    assert [d["sentence"] for d in refused.value.details if d["field"] == "stranded"]


def test_a_partial_plan_places_whom_it_can_and_names_the_rule_for_the_others() -> None:
    places = [*villages(A), *villages(C, successor_of="U2")]
    found = planned(situated(cadres("U1", 2), places, {"U1": (A,)}), Options(partial=True))
    assert (found.head.rows, found.head.left, found.head.vacant) == (1, 1, 1)
    assert [(one.target, one.rule) for one in found.left if one.target] == [(C, "unit_bound")]


def test_weights_that_no_solver_can_add_up_are_refused_by_name_and_figure() -> None:
    weights = {**LN2018.entries["placement.weights"].value, "nearness": 2**59}
    found = situated(cadres("U1", 1), villages(A), {"U1": (A,)}, rules=with_values(LN2018, placement__weights=weights))
    with pytest.raises(Rejected) as refused:
        best(found, WHOLE)
    assert (refused.value.code, refused.value.field) == ("cost_overflow", "placement.weights")
    assert str(LARGEST) in refused.value.sentence
    assert str(4 * 2**59 + 10) in refused.value.sentence


def test_a_replan_moves_nobody_it_need_not_move() -> None:
    ties = {"U1": (A,), "U2": (A,), "U3": (A,)}
    people = [cadre for unit in ties for cadre in cadres(unit, 1)]
    before = planned(situated(people, villages(A, B, C), ties), WHOLE)
    gone = before.rows[0].person
    left = [cadre for cadre in people if cadre.person != gone]
    asked = Options(base="LN2018.province.all.1")
    situation = situated(left, villages(A, B, C), ties, planned=targets(before))
    again = plan(situation, asked, 2, repaired(situation, asked))
    most = again.head.least + again.head.least * 25 // 10_000
    assert again.head.total <= most
    moved = {p for p, t in targets(again).items() if targets(before)[p] != t}
    assert again.head.moves == len(moved)
    assert again.head.replaces == "LN2018.province.all.1"
    assert again.head.certificate.proof == "weighed"


def test_a_replan_within_the_tolerance_keeps_everybody_where_the_cost_allows() -> None:
    ties = {"U1": (A,), "U2": (C,)}
    people = [*cadres("U1", 1), *cadres("U2", 1)]
    former = {"p-U1-village-000": A, "p-U2-village-000": C}
    situation = situated([*people, *cadres("U3", 1)], villages(A, C, FAR), {**ties, "U3": (A,)}, planned=former)
    found = plan(situation, WHOLE, 2, repaired(situation, WHOLE))
    assert {p: t for p, t in targets(found).items() if p in former} == former
    assert found.head.moves == 0


def test_a_floor_of_the_profile_is_kept_certified_by_the_bound_and_counted() -> None:
    rules = with_values(LN2018, placement__floors=[{"tag": "女", "least": 1}])
    ties = {"U1": (A,), "U2": (FAR,)}
    people = [*cadres("U1", 1), *cadres("U2", 1, tags=("女",))]
    plain = best_of_floors(situated(people, villages(A), ties), WHOLE)
    assert plan(plain.pairs.situation, WHOLE, 1, plain).rows[0].person == "p-U1-village-000"
    kept = best_of_floors(situated(people, villages(A), ties, rules=rules), WHOLE)
    found = plan(kept.pairs.situation, WHOLE, 1, kept)
    assert [row.person for row in found.rows] == ["p-U2-village-000"]
    assert (found.head.certificate.proof, found.head.certificate.gap, found.head.unique) == ("bound", 0, False)
    assert found.head.floors == {"女": 1}
    assert plan_prices.of_all(kept, lambda *_: None) == {}


def test_a_floor_nobody_can_keep_is_refused_with_its_figures() -> None:
    rules = with_values(LN2018, placement__floors=[{"tag": "女", "least": 2}])
    found = situated(cadres("U1", 1, tags=("女",)), villages(A), {"U1": (A,)}, rules=rules)
    with pytest.raises(Rejected) as refused:
        best_of_floors(found, WHOLE)
    assert (refused.value.code, refused.value.field) == ("floor_infeasible", "placement.floors")
    assert "女 不少于 2 名（人选中有 1 名）" in refused.value.sentence


def test_a_city_plans_for_itself_and_no_cadre_leaves_it() -> None:
    ties = {"U1": (A,), "U2": (FAR,)}
    people = [*cadres("U1", 1, channel="2107"), *cadres("U2", 1, channel="2113")]
    places = [replace(place, tier="city") for place in villages(A, FAR)]
    found = planned(situated(people, places, ties, scope=Scope("LN2018", "city")), WHOLE)
    assert targets(found) == {"p-U1-village-000": A, "p-U2-village-000": FAR}
    pairs = Pairs(situated(people, places, ties, scope=Scope("LN2018", "city")))
    assert pairs.blocked(0, 1) == "foreign_area"
    province = Pairs(situated([*people, *cadres("U3", 1)], places, {**ties, "U3": (A,)}))
    assert province.blocked(2, 0) == "foreign_tier"


def test_what_is_said_of_all_places_at_once_is_what_is_said_of_each_pair() -> None:
    places = [
        *villages(A, B, FAR, "210727101"),
        *villages(C, successor_of="U2"),
        *[replace(place, tier="city") for place in villages("210727101203", "211302101202")],
        *[replace(place, tier="county", successor_of="U9") for place in villages("210727101204", "210726101201")],
    ]
    asked = Places(places)
    for channel in ("C", "2107", "2113", "210727"):
        for unit in ("U1", "U2"):
            for kind in ("village", "township"):
                reach = asked.reach(unit, channel, kind, Ties((A,), LN2018.entries["nearness.ranks"].value))
                assert [NAMES[code] for code in reach.breaks] == [broken(unit, channel, kind, p) for p in places]
                assert [places[at].target for at in reach.own] == [
                    p.target for p in places if not broken(unit, channel, kind, p)
                ]
