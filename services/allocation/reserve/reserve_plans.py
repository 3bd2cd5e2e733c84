"""Plans of reserve numbers: which villages a check concerns, and what personnel tells of single reserves.

Invariant: a check covers every registered village of the area the programme is for, those without any reserve included.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.grounds import in_force, must_cover, not_in_future
from kernel.messages import Context
from kernel.service import Received, Room, Step
from programmes.readers.demand import RESERVES_REQUIRED
from services.allocation.reserve.reserve_number import CAUSES, CheckReserves, CheckVillage, NoteReserve

_VILLAGES = """
select distinct a.code from areas a, profiles p
 where p.programme = %s and p.base = '' and length(a.code) = 12 and left(a.code, length(p.scope)) = p.scope
 order by a.code
"""


def reserve_stream(programme: str, village: str) -> str:
    """The stream of a village's number."""
    return f"reserve-number/{programme}.{village}"


def check_reserves(command: CheckReserves, room: Room) -> Iterable[Step]:
    """One check for each village the asker covers."""
    in_force(room.rules(command.programme), command.programme)
    not_in_future(command.as_of, command, RESERVES_REQUIRED.path)
    villages = [row["code"] for row in room.find(_VILLAGES, command.programme)]
    room.load_all(reserve_stream(command.programme, village) for village in villages)
    for village in villages:
        must_cover(command.context.actor, village, field="programme", rule=RESERVES_REQUIRED.path)
        order = CheckVillage(context=command.context, programme=command.programme, village=village, as_of=command.as_of)
        yield Step(reserve_stream(command.programme, village), order)


def reserve_changed(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """ReserveActivated, ReserveAppointed, ReserveRemoved: the village is counted anew."""
    facts = received.fields("programme", "village", "person")
    note = NoteReserve(context=context, **facts, cause=CAUSES[received.recorded.type])
    yield Step(reserve_stream(facts["programme"], facts["village"]), note)
