"""Targets: opened, filled, vacated."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import pytest

from kernel.messages import Event, Rejected
from kernel.testing import given
from services.allocation.placement.placement import TARGET, ConfirmPlacement, ConfirmPlacements
from services.allocation.placement.placement_plans import confirm
from services.allocation.placement.review import Reviewed
from services.allocation.reactions import REACTIONS
from services.allocation.targets.binding import BINDING, Bind, BindingCreated, BindingReleased, Bond, Release
from services.allocation.targets.target import (
    CoverageGapFound,
    NoteOnPost,
    Opening,
    OpenTarget,
    SuccessorDue,
    TargetFilled,
    TargetVacated,
)
from tests.kit.allocation.ground import PROVINCE, SYSTEM, Plain, ctx, decided
from tests.kit.allocation.in_memory import AREAS, batch_of_2018
from tests.kit.allocation.targets import DAY, FILLED, OPENED, POSTING, PROPOSED, TOWNSHIP, VILLAGE, confirmed, gone
from tests.kit.golden import told


def opening(
    code: str = VILLAGE,
    kind: Literal["township", "village"] = "village",
    *,
    weak: bool = True,
    tier: str = "province",
    place: int = 1,
    quota: int | None = 787,
    arranger: str | None = "province",
    registered: bool = True,
) -> OpenTarget:
    return OpenTarget(
        context=ctx(),
        programme="LN2018",
        tier=tier,
        synthetic=True,
        opening=Opening(code, kind, weak),
        place=place,
        live=place,
        quota=quota,
        arranger=arranger,
        registered=registered,
    )


def test_a_target_is_opened_as_a_numbered_place() -> None:
    given(TARGET).when(opening(place=787)).types("TargetOpened")
    given(TARGET).when(opening(place=788)).rejected("tier_full", rule="quota.tiers", accepted="不超过 787 个")
    given(TARGET).when(opening(quota=None)).rejected("tier_full")
    given(TARGET, OPENED).when(opening()).rejected("target_open")
    assert OPENED.claims() == ("place:LN2018.province.village.1",)


@pytest.mark.req("AL-003")
def test_the_province_opens_targets_of_its_own_group_and_of_no_other() -> None:
    desk = batch_of_2018("210112", "210727", "210921")

    def asked(county: str) -> dict[str, Any]:
        village = next(d.code for d in AREAS.within(county) if len(d.code) == len(VILLAGE))
        targets = [{"target": village, "kind": "village", "weak": True}]
        return {"programme": "LN2018", "tier": "province", "synthetic": True, "targets": targets}

    of_b = desk.refused(PROVINCE, "OpenTargets", "2018-04-17", **asked("210112"))
    assert (of_b.code, of_b.kind, of_b.rule) == ("arranged_by_city", "forbidden", "quota.arranger")
    of_none = desk.refused(PROVINCE, "OpenTargets", "2018-04-17", **asked("210921"))
    assert (of_none.code, of_none.rule) == ("outside_scope", "quota.groups")
    assert desk.command(PROVINCE, "OpenTargets", "2018-04-17", **asked("210727")) == {"TargetOpened": 1}
    # What one command asks is opened whole or not at all.
    mixed = {**asked("210727"), "targets": asked("210727")["targets"] + asked("210112")["targets"]}
    assert desk.refused(PROVINCE, "OpenTargets", "2018-04-17", **mixed).code


def test_tier_and_kind_of_a_target() -> None:
    given(TARGET).when(opening(tier="county")).rejected("weak_at_county_tier", field="targets.weak")
    given(TARGET).when(opening(TOWNSHIP, "township", tier="county")).rejected("weak_at_county_tier")
    given(TARGET).when(opening(weak=False, tier="county")).types("TargetOpened")
    given(TARGET).when(opening(weak=False)).rejected("not_weak")
    given(TARGET).when(opening(TOWNSHIP, "township", weak=False)).types("TargetOpened")
    given(TARGET).when(opening(TOWNSHIP)).rejected("area_unknown")
    given(TARGET).when(opening(registered=False)).rejected("area_unknown")


def on_post(posting: str = POSTING) -> NoteOnPost:
    return NoteOnPost(context=ctx(SYSTEM), posting=posting, person="p-1")


def test_the_confirmed_occupant_fills_the_target_once() -> None:
    given(TARGET, OPENED, confirmed()).when(on_post()).then(
        TargetFilled(occurred_on=date(2018, 4, 16), target=VILLAGE, posting=POSTING, person="p-1")
    )
    given(TARGET, OPENED, confirmed(), FILLED).when(on_post()).then()
    given(TARGET, OPENED).when(on_post()).rejected("posting_unknown", kind="unknown")
    given(TARGET, OPENED, confirmed()).when(on_post(f"LN2018.{VILLAGE}.2")).rejected("posting_unknown")


def test_a_vacancy_of_a_bound_village_is_owed_by_its_unit() -> None:
    day = date(2019, 5, 13)
    given(TARGET, OPENED, confirmed(), FILLED).when(gone()).then(
        TargetVacated(occurred_on=day, target=VILLAGE, posting=POSTING, cause="CadreRecalled"),
        SuccessorDue(occurred_on=day, target=VILLAGE, unit="U01"),
        CoverageGapFound(occurred_on=day, target=VILLAGE),
    )
    given(TARGET, OPENED, confirmed(), FILLED).when(gone(bound=False)).types("TargetVacated", "CoverageGapFound")
    given(TARGET, OPENED).when(gone()).rejected("posting_unknown")


def test_the_next_occupant_has_the_next_number() -> None:
    vacated = given(TARGET, OPENED, confirmed(), FILLED).when(gone()).events or []
    history: list[Event] = [OPENED, confirmed(), FILLED, *vacated, confirmed(2)]
    state = TARGET.fold(TARGET.initial, history)
    assert state is not None
    assert (state.sequence, state.occupant and state.occupant.posting, state.successor_of) == (
        2,
        f"LN2018.{VILLAGE}.2",
        None,
    )
    given(TARGET, *history).when(gone()).rejected("posting_unknown")


@pytest.mark.req("AL-040")
@pytest.mark.parametrize("order", [("recalled", "delisted"), ("delisted", "recalled")])
def test_with_the_binding_ends_what_the_unit_owes_whichever_is_heard_first(order: tuple[str, str]) -> None:
    binding = f"binding/LN2018.U01.{VILLAGE}"
    room = Plain(
        {
            f"target/LN2018.{VILLAGE}": TARGET.fold(TARGET.initial, [OPENED, confirmed(), FILLED]),
            binding: Bond.BOUND,
        }
    )
    facts = {
        "recalled": told("personnel.CadreRecalled", posting=POSTING, target=VILLAGE),
        "delisted": told("evaluation.VillageDelisted", programme="LN2018", target=VILLAGE),
    }
    events: list[Event] = []
    for name in order:
        received = facts[name]
        reaction = REACTIONS[f"{received.source}.{received.recorded.type}"]
        events += decided(reaction(received, ctx(SYSTEM), room), room)
    target = room.load(f"target/LN2018.{VILLAGE}")
    assert (room.load(binding), target.successor_of, target.occupant) == (Bond.RELEASED, None, None)
    owed = [type(e).__name__ for e in events if type(e).__name__.startswith("Successor")]
    assert owed == (["SuccessorDue", "SuccessorReleased"] if order[0] == "recalled" else [])


BOUND = BindingCreated(occurred_on=DAY, unit="U01", target=VILLAGE)
BIND = Bind(context=ctx(), unit="U01", target=VILLAGE)
REACHED = Release(context=ctx(SYSTEM), unit="U01", target=VILLAGE, cause="VillageDelisted")


@pytest.mark.req("AL-040")
def test_only_the_village_releases_its_unit() -> None:
    ended = given(TARGET, OPENED, confirmed(), FILLED).when(gone())
    ended.types("TargetVacated", "SuccessorDue", "CoverageGapFound")
    # Nothing of that is an event of the binding, which stays what it was.
    assert BINDING.fold(BINDING.initial, [BOUND, *(ended.events or [])]) is Bond.BOUND
    released = given(BINDING, BOUND).when(REACHED).types("BindingReleased")
    assert BINDING.fold(Bond.BOUND, released.events or []) is Bond.RELEASED
    given(BINDING).when(REACHED).then()


@pytest.mark.req("AL-044")
def test_a_posting_is_confirmed_with_its_binding_or_not_at_all() -> None:
    targets, binding = f"target/LN2018.{VILLAGE}", f"binding/LN2018.U01.{VILLAGE}"
    order = ConfirmPlacements(context=ctx(), programme="LN2018", targets=(VILLAGE,))

    def room(bond: Bond) -> Plain:
        proposed = TARGET.fold(TARGET.initial, [OPENED, PROPOSED])
        review = frozenset({Reviewed(VILLAGE, 1)})
        return Plain({targets: proposed, f"review/LN2018.{PROPOSED.channel}": review, binding: bond})

    first, standing, released = room(Bond.NONE), room(Bond.BOUND), room(Bond.RELEASED)
    assert [type(e).__name__ for e in decided(confirm(order, first), first)] == [
        "BindingCreated", "PlacementConfirmed", "PersonEngaged"
    ]  # fmt: skip
    assert first.load(binding) is Bond.BOUND
    assert [type(e).__name__ for e in decided(confirm(order, standing), standing)] == [
        "PlacementConfirmed",
        "PersonEngaged",
    ]
    with pytest.raises(Rejected) as refused:
        decided(confirm(order, released), released)
    assert (refused.value.code, refused.value.rule) == ("binding_released", "binding.release")
    assert released.load(targets).occupant is None
    unbound = ConfirmPlacement(context=ctx(), target=VILLAGE, reviewed=True, bound=False)
    given(TARGET, OPENED, PROPOSED).when(unbound).rejected("binding_missing", rule="binding.create")


def test_a_binding_that_stands_is_reused() -> None:
    given(BINDING).when(BIND).types("BindingCreated")
    given(BINDING, BOUND).when(BIND).then()
    released = BindingReleased(occurred_on=DAY, unit="U01", target=VILLAGE, cause="VillageDelisted")
    given(BINDING, BOUND, released).when(BIND).rejected("binding_released", rule="binding.release")
