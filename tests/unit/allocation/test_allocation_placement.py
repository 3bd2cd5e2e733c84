"""Placement: proposed by channels, reviewed and confirmed by the province."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from kernel.messages import Actor, Rejected
from kernel.testing import given, rules_of
from programmes import loader
from services.allocation.placement.nominee import NOMINEES, ListNominee, Nominee, NomineeListed
from services.allocation.placement.placement import (
    TARGET,
    ConfirmPlacement,
    ConfirmPlacements,
    PlacementConfirmed,
    ReturnOne,
    ReturnPlacement,
)
from services.allocation.placement.placement_plans import confirm, open_review, propose, send_back
from services.allocation.placement.propose import (
    FIELDS,
    PlacementProposed,
    Placing,
    ProposePlacement,
    ProposePlacements,
    Weighed,
)
from services.allocation.placement.review import REVIEW, OpenChannelReview, OpenReview, PlacementReviewOpened, Reviewed
from services.allocation.quotas.batch import Batch
from services.allocation.quotas.quota import Places
from services.allocation.registers.unit import Unit
from tests.kit.allocation.ground import CHANNEL, ORGANS, OTHER_CHANNEL, PROVINCE, SYSTEM, Plain, ctx, decided
from tests.kit.allocation.targets import FILLED, OPENED, PROPOSED, VILLAGE, confirmed, gone

NEIGHBOUR = "210727101201"  # a village of the same township
NOMINEE = Nominee("n-1", "p-1", ORGANS, "village")
PLACING = Placing(VILLAGE, "U01", "p-1", "首批无", "薄弱", "同乡无更近")


def proposing(
    placing: Placing = PLACING,
    *,
    nominee: Nominee | None = NOMINEE,
    ties: tuple[str, ...] = (NEIGHBOUR,),
    by: Actor = CHANNEL,
    channel: str = ORGANS,
) -> ProposePlacement:
    return ProposePlacement(context=ctx(by), channel=channel, placing=placing, nominee=nominee, ties=ties, attempt=1)


def test_a_proposal_carries_rank_tie_and_factors() -> None:
    (event,) = given(TARGET, OPENED).when(proposing()).events or []
    assert isinstance(event, PlacementProposed)
    assert (event.rank, event.nearness, event.sequence, event.proposal) == (1, NEIGHBOUR, 1, 1)
    assert event.claims() == ("placed:LN2018.p-1.1",)


@pytest.mark.req("AL-017")
@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (proposing(replace(PLACING, first_batch=" ")), "placements.first_batch"),
        (proposing(replace(PLACING, need="")), "placements.need"),
        (proposing(ties=()), "placements.nearness"),
    ],
)
def test_a_proposal_without_one_of_the_three_factors_is_incomplete(command: ProposePlacement, missing: str) -> None:
    given(TARGET, OPENED).when(command).rejected("factors_missing", rule="placement.factors", field=missing)


def test_the_list_of_factors_is_open_and_a_programme_may_name_others() -> None:
    """辽组通字〔2018〕23号 五.3 ends with 等: more may be weighed, and what a profile names must be."""
    road = replace(PLACING, further=(Weighed("road", "距省道 2 公里"),))
    (event,) = given(TARGET, OPENED).when(proposing(road)).events or []
    assert isinstance(event, PlacementProposed)
    assert event.further == road.further
    profile = loader.load("LN2018").published()
    profile["rules"]["placement.factors"]["value"] += ["road"]
    named = rules_of(profile)

    def under(placing: Placing) -> ProposePlacement:
        command = proposing(placing)
        return replace(command, context=replace(command.context, rules=named))

    for wanting in (PLACING, replace(PLACING, further=(Weighed("road", " "), Weighed("local_need", "有")))):
        missing = given(TARGET, OPENED).when(under(wanting))
        missing.rejected("factors_missing", field="placements.further", accepted=f"{'、'.join(FIELDS)}、road")
    given(TARGET, OPENED).when(under(replace(road, need=""))).rejected("factors_missing", field="placements.need")
    given(TARGET, OPENED).when(under(road)).types("PlacementProposed")


def test_a_distance_above_0_needs_its_reason() -> None:
    bare = replace(PLACING, reason="")
    given(TARGET, OPENED).when(proposing(bare)).rejected("nearness_without_reason", rule="nearness.ranks")
    given(TARGET, OPENED).when(proposing(bare, ties=(VILLAGE,))).types("PlacementProposed")


def test_only_checked_nominees_of_own_units_and_of_the_kind() -> None:
    stream = given(TARGET, OPENED)
    stream.when(proposing(nominee=None)).rejected("nominee_not_checked", rule="check.individual")
    stream.when(proposing(by=OTHER_CHANNEL)).rejected("foreign_channel", kind="forbidden")
    stream.when(proposing(nominee=replace(NOMINEE, channel="省委高校工委"))).rejected("foreign_unit", kind="forbidden")
    stream.when(proposing(nominee=replace(NOMINEE, kind="township"))).rejected("kind_differs", accepted="village")
    given(TARGET).when(proposing()).rejected("target_unknown", kind="unknown")
    given(TARGET, structs.replace(OPENED, tier="city")).when(proposing()).rejected("foreign_tier", kind="forbidden")


def test_one_target_takes_one_person() -> None:
    given(TARGET, OPENED, PROPOSED).when(proposing()).rejected("target_taken", rule="coverage.full")
    given(TARGET, OPENED, PROPOSED, confirmed(), FILLED).when(proposing()).rejected("target_taken")


def test_a_bound_unit_sends_the_successor_itself() -> None:
    vacated = given(TARGET, OPENED, confirmed(), FILLED).when(gone()).events or []
    stream = given(TARGET, OPENED, confirmed(), FILLED, *vacated)
    other = proposing(replace(PLACING, unit="U02"))
    stream.when(other).rejected("unit_bound", rule="binding.release", accepted="U01")
    (event,) = stream.when(proposing()).events or []
    assert isinstance(event, PlacementProposed)
    assert event.sequence == 2


def confirming(by: Actor = PROVINCE, *, reviewed: bool = True) -> ConfirmPlacement:
    return ConfirmPlacement(context=ctx(by), target=VILLAGE, reviewed=reviewed, bound=True)


@pytest.mark.req("AL-018")
def test_only_the_province_confirms() -> None:
    stream = given(TARGET, OPENED, PROPOSED)
    refused = stream.when(confirming(CHANNEL)).rejected("province_confirms", kind="forbidden")
    assert refused.events is None
    assert refused.refusal is not None
    assert (refused.refusal.notice, refused.refusal.clause) == ("辽组通字〔2018〕23号", "五.3")
    (event,) = stream.when(confirming()).events or []
    assert isinstance(event, PlacementConfirmed)
    assert (event.posting, event.role) == (f"LN2018.{VILLAGE}.1", "村党组织第一书记")


def test_a_proposal_is_confirmed_after_its_review_only() -> None:
    given(TARGET, OPENED, PROPOSED).when(confirming(reviewed=False)).rejected("not_under_review")
    given(TARGET, OPENED).when(confirming()).rejected("nothing_proposed")


def test_a_returned_proposal_leaves_the_target_free() -> None:
    back = ReturnOne(context=ctx(), target=VILLAGE, reviewed=True, reason="另选更近的村")
    stream = given(TARGET, OPENED, PROPOSED)
    stream.when(replace(back, reason=" ")).rejected("return_without_reason")
    stream.when(replace(back, context=ctx(CHANNEL))).rejected("province_confirms", kind="forbidden")
    returned = stream.when(back).types("PlacementReturned").events or []
    (again,) = given(TARGET, OPENED, PROPOSED, *returned).when(proposing()).events or []
    assert isinstance(again, PlacementProposed)
    assert (again.proposal, again.sequence) == (2, 1)


NOTHING_LEFT = Places(0, 0)


def reviewing(*proposals: Reviewed, left: Places = NOTHING_LEFT, by: Actor = PROVINCE) -> OpenChannelReview:
    return OpenChannelReview(context=ctx(by), programme="LN2018", channel=ORGANS, proposals=proposals, unassigned=left)


def test_a_review_takes_what_is_new() -> None:
    first = Reviewed(VILLAGE, 1)
    opened = given(REVIEW).when(reviewing(first)).types("PlacementReviewOpened").events or []
    given(REVIEW, *opened).when(reviewing(first)).rejected("nothing_to_review")
    (event,) = given(REVIEW, *opened).when(reviewing(first, Reviewed(VILLAGE, 2))).events or []
    assert isinstance(event, PlacementReviewOpened)
    assert event.proposals == (Reviewed(VILLAGE, 2),)
    given(REVIEW).when(reviewing(first, by=CHANNEL)).rejected("province_confirms", kind="forbidden")
    given(REVIEW).when(reviewing(first, left=Places(0, 1))).rejected("channel_quota_open", rule="quota.unit")


def test_a_nominee_is_listed_once_a_nomination() -> None:
    listing = ListNominee(context=ctx(SYSTEM), programme="LN2018", unit="U01", nominee=NOMINEE, tags=("农学",))
    listed = given(NOMINEES).when(listing).types("NomineeListed").events or []
    given(NOMINEES, *listed).when(listing).then()
    again = replace(listing, nominee=replace(NOMINEE, nomination="n-2"))
    given(NOMINEES, *listed).when(again).types("NomineeListed")
    assert isinstance(listed[0], NomineeListed)
    assert listed[0].tags == ("农学",)


class Story:
    """One village from the proposal on, through the plans, in a room without a database."""

    def __init__(self) -> None:
        self.room = Plain(
            {
                f"target/LN2018.{VILLAGE}": TARGET.fold(None, [OPENED]),
                "unit/U01": Unit("U01", ORGANS, "province", (NEIGHBOUR,)),
                "nominees/LN2018.U01": {"p-1": NOMINEE},
                "batch/LN2018": Batch(channels={ORGANS: Places(0, 1)}, units={"U01": (ORGANS, Places(0, 1))}),
            },
            lambda sql, *params: [{"target": VILLAGE}] if "from targets" in sql else [],
        )

    def propose(self, *placings: Placing) -> list[Any]:
        command = ProposePlacements(context=ctx(CHANNEL), programme="LN2018", channel=ORGANS, placements=placings)
        return decided(propose(command, self.room), self.room)

    def review(self, by: Actor = PROVINCE) -> list[Any]:
        command = OpenReview(context=ctx(by), programme="LN2018", channel=ORGANS)
        return decided(open_review(command, self.room), self.room)

    def confirm(self, by: Actor = PROVINCE) -> list[Any]:
        command = ConfirmPlacements(context=ctx(by), programme="LN2018", targets=(VILLAGE,))
        return decided(confirm(command, self.room), self.room)

    def send_back(self) -> list[Any]:
        command = ReturnPlacement(context=ctx(), programme="LN2018", target=VILLAGE, reason="另选")
        return decided(send_back(command, self.room), self.room)


def names(events: list[Any]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_from_proposal_to_binding() -> None:
    story = Story()
    assert names(story.propose(PLACING)) == ["PlacementProposed"]
    with pytest.raises(Rejected, match="尚未进入复核"):
        story.confirm()
    assert names(story.review()) == ["PlacementReviewOpened"]
    with pytest.raises(Rejected) as refused:
        story.confirm(CHANNEL)
    assert (refused.value.kind, refused.value.clause) == ("forbidden", "五.3")
    assert names(story.confirm()) == ["BindingCreated", "PlacementConfirmed", "PersonEngaged"]


def test_a_returned_proposal_needs_a_new_review() -> None:
    story = Story()
    story.propose(PLACING)
    story.review()
    assert names(story.send_back()) == ["PlacementReturned"]
    story.propose(PLACING)
    with pytest.raises(Rejected, match="尚未进入复核"):
        story.confirm()
    story.review()
    assert names(story.confirm()) == ["BindingCreated", "PlacementConfirmed", "PersonEngaged"]


def test_nobody_stands_twice_in_one_proposal() -> None:
    with pytest.raises(Rejected) as refused:
        Story().propose(PLACING, replace(PLACING, target="210727102213"))
    assert refused.value.code == "nominee_twice"
