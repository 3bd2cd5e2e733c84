"""Facts around plans: locks, waivers, needs, recorded plans, overrides; each as given, when, then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from kernel.messages import Actor, Rejected
from kernel.testing import given
from services.allocation.placement.nominee import Nominee
from services.allocation.placement.placement import TARGET
from services.allocation.placement.propose import Placing, ProposePlacement
from services.allocation.planning.override import Planned, must_say_why
from services.allocation.planning.plan_needs import NEEDS, RecordTargetNeeds, TargetNeed, TargetNeedsRecorded
from services.allocation.planning.plan_record import PLAN, PlacementPlanned, PlacementPlanPart, RecordPlan
from services.allocation.planning.plan_rules import Cadre, Place
from services.allocation.planning.plan_scope import Scope, may_plan
from services.allocation.planning.plan_situation import Options
from services.allocation.planning.plan_terms import (
    TERMS,
    Agree,
    LockPlacement,
    PlacementLocked,
    PlacementUnlocked,
    RuleWaived,
    UnlockPlacement,
    WaiveRule,
)
from services.allocation.targets.target import SuccessorDue
from tests.kit.allocation.ground import CHANNEL, JINZHOU, LN2018, ORGANS, PROVINCE, ctx
from tests.kit.allocation.planning import cadres, planned, situated, villages
from tests.kit.allocation.targets import OPENED, VILLAGE
from tests.kit.offices import signing as office

APRIL = ctx().occurred_on
SIGNER = Actor("p-signer", "组织部部长", "省委组织部", "province_org", ("21",))
CADRE = Cadre("p-1", "n-1", "U01", ORGANS, "village")
PLACE = Place(VILLAGE, "village", "province")
BOUND = replace(PLACE, successor_of="U02")


def lock(cadre: Cadre | None = CADRE, place: Place | None = PLACE, by: Actor = PROVINCE, own: bool = True) -> Agree:
    asked = LockPlacement(context=ctx(by), programme="LN2018", person="p-1", target=VILLAGE, reason="工作需要")
    return Agree(context=ctx(by), asked=asked, cadre=cadre, place=place, own=own)


def waive(rule: str = "unit_bound", place: Place = BOUND, by: Actor = SIGNER) -> Agree:
    asked = WaiveRule(
        context=ctx(by), programme="LN2018", rule=rule, person="p-1", target=VILLAGE, reason="原单位无人可派"
    )
    signing = None if rule == "kind_differs" else office("province_org_head", "21", "p-signer", "2018-01-01")
    return Agree(context=ctx(by), asked=asked, cadre=CADRE, place=place, own=True, signing=signing)


LOCKED = PlacementLocked(
    occurred_on=APRIL, programme="LN2018", person="p-1", target=VILLAGE, unit="U01", reason="工作需要"
)
WAIVED = RuleWaived(
    occurred_on=APRIL,
    programme="LN2018",
    waived="unit_bound",
    person="p-1",
    target=VILLAGE,
    reason="原单位无人可派",
    signer="p-signer",
    post="province_org_head",
    organ="省委组织部",
)


def test_a_lock_is_recorded_once_and_taken_off_with_a_reason() -> None:
    given(TERMS).when(lock()).then(LOCKED)
    given(TERMS, LOCKED).when(lock()).then()
    asked = UnlockPlacement(context=ctx(), programme="LN2018", person="p-1", reason="情况变化")
    off = Agree(context=ctx(), asked=asked, cadre=CADRE, place=None, own=True)
    gone = PlacementUnlocked(occurred_on=APRIL, programme="LN2018", person="p-1", target=VILLAGE, reason="情况变化")
    given(TERMS, LOCKED).when(off).then(gone)
    given(TERMS, LOCKED, gone).when(off).rejected("lock_unknown", field="person", kind="unknown")
    given(TERMS, LOCKED, gone).when(lock()).then(LOCKED)


def test_a_person_and_a_target_are_in_one_lock_at_a_time() -> None:
    other = structs.replace(LOCKED, person="p-2")
    given(TERMS, other).when(lock()).rejected("lock_taken", field="target")
    elsewhere = structs.replace(LOCKED, target="210727101209")
    given(TERMS, elsewhere).when(lock()).rejected("lock_taken", field="person")


@pytest.mark.parametrize(
    ("cadre", "place", "rule", "path"),
    [
        (replace(CADRE, kind="township"), PLACE, "kind_differs", "quota.tiers"),
        (CADRE, replace(PLACE, tier="city"), "foreign_tier", "quota.tiers"),
        (replace(CADRE, channel="2113"), replace(PLACE, tier="city"), "foreign_area", "quota.tiers"),
        (CADRE, BOUND, "unit_bound", "binding.create"),
    ],
)
def test_an_infeasible_lock_is_refused_by_the_rule_in_its_way(cadre: Cadre, place: Place, rule: str, path: str) -> None:
    refused = given(TERMS).when(lock(cadre, place)).rejected("lock_infeasible", field="target", rule=path)
    assert refused.refusal is not None
    assert f"（{rule}）" in refused.refusal.sentence
    assert refused.refusal.accepted


def test_who_and_where_must_be_known_and_ones_own() -> None:
    given(TERMS).when(lock(cadre=None)).rejected("nominee_unknown", field="person", kind="unknown")
    given(TERMS).when(lock(place=None)).rejected("target_not_vacant", field="target", kind="unknown")
    given(TERMS).when(lock(by=JINZHOU, own=False)).rejected("foreign_nominee", field="person", kind="forbidden")


def test_a_waiver_is_signed_by_the_post_the_profile_names_and_makes_the_lock_possible() -> None:
    given(TERMS).when(waive()).then(WAIVED)
    given(TERMS, WAIVED).when(waive()).then()
    given(TERMS, WAIVED).when(lock(place=BOUND)).then(LOCKED)


def test_a_waiver_of_another_post_another_rule_or_of_nothing_is_refused() -> None:
    claims = replace(SIGNER, person="p-stranger")
    given(TERMS).when(waive(by=claims)).rejected("not_in_office", field="rule", kind="forbidden", accepted="p-signer")
    elsewhere = replace(SIGNER, role="city_org", areas=("2107",))
    given(TERMS).when(waive(by=elsewhere)).rejected("not_in_office", kind="forbidden")
    given(TERMS).when(waive("kind_differs")).rejected("not_waivable", field="rule", rule="placement.waivable")
    given(TERMS).when(waive(place=PLACE)).rejected("nothing_to_waive", field="rule")


def propose(waived: frozenset[str] = frozenset(), said: Planned | None = None, override: str = "") -> ProposePlacement:
    placing = Placing(VILLAGE, "U01", "p-1", "首批无", "薄弱", "同乡无更近", override)
    return ProposePlacement(
        context=ctx(CHANNEL),
        channel=ORGANS,
        placing=placing,
        nominee=Nominee("n-1", "p-1", ORGANS, "village"),
        ties=("210727101201",),
        attempt=1,
        planned=said or Planned(),
        waived=waived,
    )


def test_a_waived_binding_lets_another_unit_be_proposed_and_the_proposal_says_so() -> None:
    due = SuccessorDue(occurred_on=APRIL, target=VILLAGE, unit="U02")
    given(TARGET, OPENED, due).when(propose()).rejected("unit_bound", accepted="U02")
    (event,) = given(TARGET, OPENED, due).when(propose(frozenset({"unit_bound"}))).events or []
    assert event.waived == ("unit_bound",)


def test_a_proposal_that_differs_from_the_plan_says_why() -> None:
    said = Planned("LN2018.province.all.1", "210727101299", "")
    given(TARGET, OPENED).when(propose(said=said)).rejected(
        "override_without_reason", field="placements.override", rule="placement.propose"
    )
    (event,) = given(TARGET, OPENED).when(propose(said=said, override="村情变化")).events or []
    assert (event.plan, event.override) == ("LN2018.province.all.1", "村情变化")
    follows = Planned("LN2018.province.all.1", VILLAGE, "p-1")
    (event,) = given(TARGET, OPENED).when(propose(said=follows, override="多余")).events or []
    assert (event.plan, event.override) == ("LN2018.province.all.1", "")


def test_a_target_planned_for_somebody_who_waits_is_an_override_too() -> None:
    with pytest.raises(Rejected) as refused:
        must_say_why(Planned("P", "", "p-2"), "p-1", VILLAGE, " ")
    assert f"{VILLAGE} 由 p-2 担任" in refused.value.sentence
    must_say_why(Planned(), "p-1", VILLAGE, "")


def needs(*targets: TargetNeed, by: Actor = JINZHOU, county: str = "210727") -> RecordTargetNeeds:
    return RecordTargetNeeds(context=ctx(by), programme="LN2018", county=county, targets=targets)


def test_needs_and_first_batch_are_recorded_by_whoever_covers_the_county_once() -> None:
    need = TargetNeed(VILLAGE, ("党建",), 1)
    recorded = TargetNeedsRecorded(occurred_on=APRIL, programme="LN2018", county="210727", targets=(need,))
    given(NEEDS).when(needs(need)).then(recorded)
    given(NEEDS, recorded).when(needs(need)).then()
    changed = TargetNeed(VILLAGE, ("农技",), 1)
    given(NEEDS, recorded).when(needs(need, changed)).then(structs.replace(recorded, targets=(changed,)))
    given(NEEDS).when(needs(TargetNeed("210726101201"))).rejected("foreign_target", field="targets.target")
    given(NEEDS).when(needs(replace(need, first_batch=-1))).rejected("figure_negative", field="targets.first_batch")


def record(size: int = 1) -> RecordPlan:
    found = planned(
        situated([*cadres("U1", 2), *cadres("U2", 1)], villages(VILLAGE, "210727101209"), {"U1": (VILLAGE,)})
    )
    return RecordPlan(context=ctx(), head=found.head, rows=found.rows, left=found.left, size=size)


def test_a_plan_is_recorded_whole_in_parts_of_the_size_given() -> None:
    asked = record()
    events = given(PLAN).when(asked).types(
        "PlacementPlanned", "PlacementPlanPart", "PlacementPlanPart", "PlacementPlanPart"
    ).events  # fmt: skip
    head, *parts = events or []
    assert isinstance(head, PlacementPlanned)
    assert head.parts == 3
    kept = [p for p in parts if isinstance(p, PlacementPlanPart)]
    assert [len(p.rows) + len(p.left) for p in kept] == [1, 1, 1]
    assert tuple(row for p in kept for row in p.rows) == asked.rows
    given(PLAN, *(events or [])).when(asked).rejected("plan_recorded", field="plan")


@pytest.mark.parametrize("name", ["total", "rows", "measures", "weights", "certificate"])
def test_a_plan_that_does_not_add_up_is_not_recorded(name: str) -> None:
    asked = record()
    wrong = {
        "total": asked.head.total - 1,
        "rows": 5,
        "measures": {**asked.head.measures, "nearness": 0},
        "weights": {**asked.head.weights, "nearness": 1},
        "certificate": replace(asked.head.certificate, gap=1),
    }[name]
    changed: dict[str, Any] = {name: wrong}
    false = replace(asked, head=replace(asked.head, **changed))
    given(PLAN).when(false).rejected("plan_false", rule="placement.confirm")


def test_only_who_decides_or_proposes_in_a_scope_may_plan_it() -> None:
    province, jinzhou = Scope("LN2018", "province"), Scope("LN2018", "city", "2107")
    assert may_plan(province, PROVINCE)
    assert may_plan(jinzhou, PROVINCE)
    assert may_plan(jinzhou, JINZHOU)
    assert not may_plan(province, JINZHOU)
    assert not may_plan(Scope("LN2018", "city"), JINZHOU)
    assert not may_plan(Scope("LN2018", "city", "2113"), JINZHOU)
    asked = record()
    given(PLAN).when(replace(asked, context=ctx(JINZHOU))).rejected("foreign_scope", field="area", kind="forbidden")


def test_the_options_of_a_plan_stand_in_its_head() -> None:
    found = planned(situated(cadres("U1", 1), villages(VILLAGE), {"U1": (VILLAGE,)}), Options(seed=7, without=("p-9",)))
    assert (found.head.seed, found.head.without, found.head.position) == (7, ("p-9",), 7)
    assert found.head.weights == LN2018.entries["placement.weights"].value
