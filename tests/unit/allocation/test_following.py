"""A target whose division is another one now: a proposal goes back, who holds it goes on, with who is to follow."""

from __future__ import annotations

from datetime import date

from kernel.testing import given
from services.allocation.placement.following import FollowDivision, TakeOver
from services.allocation.placement.placement import TARGET
from services.allocation.targets.succession import AwaitSuccessor
from services.allocation.targets.target import NoteVacancy
from tests.kit.allocation.ground import SYSTEM, ctx
from tests.kit.allocation.targets import FILLED, OPENED, POSTING, PROPOSED, VILLAGE, confirmed

NEW = "210727102299"
DOCUMENT = "辽民批〔2019〕9号"
NEXT = f"LN2018.{VILLAGE}.2"


def following(*, carried: bool) -> FollowDivision:
    return FollowDivision(context=ctx(on="2019-03-01"), into=NEW, cause="moved", document=DOCUMENT, carried=carried)


def test_a_proposal_goes_back_with_its_place() -> None:
    events = given(TARGET, OPENED, PROPOSED).when(following(carried=False)).types("PlacementReturned", "TargetClosed")
    state = TARGET.fold(TARGET.initial, [OPENED, PROPOSED, *(events.events or [])])
    assert state is not None
    assert (state.closed, state.into, state.proposal, state.free) == (True, NEW, None, False)
    given(TARGET, OPENED, PROPOSED, *(events.events or [])).when(following(carried=False)).then()


def test_the_cadre_goes_on_with_the_planned_successor_who_then_takes_over() -> None:
    awaited = AwaitSuccessor(
        context=ctx(SYSTEM, on="2019-02-01"),
        posting=POSTING,
        successor=NEXT,
        person="p-2",
        unit="U01",
        channel="省直机关工委",
        takes_over=date(2019, 4, 1),
    )
    history = [OPENED, confirmed(), FILLED]
    history += given(TARGET, *history).when(awaited).events or []
    old = TARGET.fold(TARGET.initial, history)
    assert old is not None
    left = given(TARGET, *history).when(following(carried=True)).types("OccupantFollowed", "TargetClosed")
    behind = TARGET.fold(TARGET.initial, [*history, *(left.events or [])])
    assert behind is not None
    assert (behind.occupant, behind.next) == (None, None)

    over = TakeOver(
        context=ctx(on="2019-03-01"),
        target=NEW,
        first=old,
        place=1,
        follows=(VILLAGE,),
        document=DOCUMENT,
        carried=old.occupant,
        next=old.next,
        successor_of=None,
    )
    here = given(TARGET).when(over).types("TargetFollowed").events or []
    gone = NoteVacancy(
        context=ctx(SYSTEM, on="2019-04-01"), posting=POSTING, cause="CadreRelieved", bound=True, successor=NEXT
    )
    given(TARGET, *here).when(gone).types("TargetHandedOver")
