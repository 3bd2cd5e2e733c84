"""A confirmed placement withdrawn before arrival, and an arrival that was on its way."""

from __future__ import annotations

from datetime import date

from kernel.testing import given
from services.allocation.placement.placement import TARGET
from services.allocation.placement.withdrawal import WithdrawOne, WithdrawPlacement
from services.allocation.targets.closing import CloseOne, CloseTarget
from services.allocation.targets.target import NoteOnPost, TargetFilled
from tests.kit.allocation.ground import SYSTEM, ctx
from tests.kit.allocation.targets import FILLED, OPENED, POSTING, PROPOSED, VILLAGE, confirmed

NOTICE = "辽组通字〔2018〕31号"


def withdrawing(*, bound: bool = True) -> WithdrawOne:
    asked = WithdrawPlacement(context=ctx(), programme="LN2018", target=VILLAGE, notice=NOTICE, reason="合并")
    return WithdrawOne(context=ctx(on="2018-05-02"), asked=asked, amends="allocation:9", bound=bound)


def closing() -> CloseOne:
    asked = CloseTarget(context=ctx(), programme="LN2018", target=VILLAGE, cause="moved", notice=NOTICE, reason="搬迁")
    return CloseOne(context=ctx(on="2018-05-02"), asked=asked, arranger="province", amends="allocation:7")


def arrived(on: str = "2018-05-01") -> NoteOnPost:
    return NoteOnPost(context=ctx(SYSTEM, on=on), posting=POSTING, person="p-1")


def test_what_is_not_confirmed_or_has_arrived_is_not_withdrawn() -> None:
    given(TARGET, OPENED, confirmed()).when(withdrawing()).types("PlacementWithdrawn", "SuccessorDue")
    given(TARGET, OPENED, confirmed()).when(withdrawing(bound=False)).types("PlacementWithdrawn")
    given(TARGET, OPENED, PROPOSED).when(withdrawing()).rejected("nothing_confirmed", field="target")
    given(TARGET, OPENED, confirmed(), FILLED).when(withdrawing()).rejected("on_post_already", field="target")
    given(TARGET).when(withdrawing()).rejected("target_unknown", kind="unknown")


def test_an_arrival_heard_after_the_withdrawal_stands_where_the_place_is_free() -> None:
    withdrawn = given(TARGET, OPENED, confirmed()).when(withdrawing()).events or []
    history = [OPENED, confirmed(), *withdrawn]
    filled = TargetFilled(occurred_on=date(2018, 5, 1), target=VILLAGE, posting=POSTING, person="p-1")
    given(TARGET, *history).when(arrived()).then(filled)
    state = TARGET.fold(TARGET.initial, [*history, filled])
    assert state is not None
    assert (state.occupant and state.occupant.posting, state.successor_of) == (POSTING, None)
    given(TARGET, *history, confirmed(2)).when(arrived()).rejected("posting_unknown")


def test_a_closed_target_takes_nobody_and_goes_on_counting_when_it_is_opened_again() -> None:
    given(TARGET, OPENED, PROPOSED).when(closing()).rejected("target_held", field="target")
    withdrawn = given(TARGET, OPENED, confirmed()).when(withdrawing()).events or []
    ended = given(TARGET, OPENED, confirmed(), *withdrawn).when(closing()).types("TargetClosed", "SuccessorReleased")
    history = [OPENED, confirmed(), *withdrawn, *(ended.events or [])]
    given(TARGET, *history).when(closing()).rejected("target_unknown")
    given(TARGET, *history).when(arrived()).rejected("posting_unknown")
    again = TARGET.fold(TARGET.initial, [*history, OPENED])
    assert again is not None
    assert (again.free, again.sequence, again.successor_of) == (True, 1, None)
    given(TARGET, OPENED).when(closing()).types("TargetClosed")
