"""What the decision on a check or a sample needs to know of registers."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.attendance.checks.check import RULE, RecordCheck
from services.attendance.checks.refusals import CHECKED_ELSEWHERE
from services.attendance.checks.sample import DrawOf, DrawSample
from services.attendance.register.refusals import REGISTER_UNKNOWN

ROSTER = """
select posting from registers where programme = %s and target like %s and kind <> 'secondment'
   and opened_on <= %s and (closed_on is null or closed_on >= %s) order by posting
"""


def checking(command: RecordCheck, room: Room) -> Iterable[Step]:
    """The check, where the posting it names is in its area. Raises Rejected: ``register_unknown``,
    ``checked_elsewhere``."""
    if command.posting:
        register = room.load(f"register/{command.posting}")
        if register is None:
            raise REGISTER_UNKNOWN()
        if not register.target.startswith(command.area) or register.programme != command.programme:
            raise CHECKED_ELSEWHERE(posting=command.posting, area=command.area, rule=RULE)
    yield Step(f"checks/{command.programme}.{command.area}", command)


def drawing(command: DrawSample, room: Room) -> Iterable[Step]:
    """The sample is drawn of those on post in the county on the day."""
    on = command.context.occurred_on
    rows = room.find(ROSTER, command.programme, f"{command.area}%", on, on)
    order = DrawOf(
        context=command.context,
        programme=command.programme,
        area=command.area,
        seed=command.seed,
        roster=tuple(row["posting"] for row in rows),
    )
    yield Step(f"checks/{command.programme}.{command.area}", order)
