"""Which clocks a command concerns."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.grounds import not_in_future
from kernel.service import Room, Step
from services.evaluation.clocks import trigger
from services.evaluation.villages import village

DUE = """
    select d.posting, c.programme, c.target from dues d join clocks c using (posting)
    where d.due <= %s and not d.met and d.raised_on is null and c.stopped_on is null
    group by d.posting, c.programme, c.target order by d.posting
"""


def raise_due(command: trigger.RaiseDueTriggers, room: Room) -> Iterable[Step]:
    """One decision for every running clock of the asker's areas with a day that has come."""
    not_in_future(command.as_of, command)
    found = [row for row in room.find(DUE, command.as_of) if command.context.actor.covers(row["target"])]
    villages = room.load_all(f"village/{row['programme']}.{row['target']}" for row in found)
    for row in found:
        yield Step(
            f"clock/{row['posting']}",
            trigger.RaiseDue(
                context=command.context,
                as_of=command.as_of,
                delisted_on=villages[f"village/{row['programme']}.{row['target']}"],
            ),
        )


def delist(command: village.RecordDelisting, room: Room) -> Iterable[Step]:
    """The village leaves the list, and cases that waited for it are looked at again."""
    yield Step(f"village/{command.programme}.{command.target}", command)
    running = room.find(
        "select posting from clocks where programme = %s and target = %s and stopped_on is null order by posting",
        command.programme,
        command.target,
    )
    for row in running:
        yield Step(f"clock/{row['posting']}", trigger.ClearTrigger(context=command.context, what=village.DELISTED))
