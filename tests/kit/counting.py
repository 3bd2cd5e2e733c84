"""A counting service, for the tests of the decision loop: counters that never pass ten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from kernel.codec import EventTypes
from kernel.concern import foreign_to
from kernel.errors import Rejected
from kernel.messages import OWN, Area, Command, Context, Event, Key, Recorded
from kernel.part import Part
from kernel.projection import Op
from kernel.reach import to_nobody
from kernel.service import Handles, Received, Room, Service, Step, to


class Count(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    counter: Key
    by: int
    area: Area = "21"


class CountBoth(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    first: Key
    second: Key
    by: int


class Mirror(Command, title="试验", roles=frozenset({"system"}), concerns=OWN):
    counter: Key
    watched: Key


class Counted(Event, title="试验"):
    by: int
    name: str = ""

    def claims(self) -> tuple[str, ...]:
        return (f"name:{self.name}",) if self.name else ()


BROKEN = -5
"""A sum at which the decision fails as code fails that meets a value its author did not think of."""


def decide(state: int, command: Count) -> list[Counted]:
    if state == BROKEN:
        raise KeyError("work_team")
    if state + command.by > 10:
        raise Rejected("too_many", "超过上限。", field="by", accepted=f"≤ {10 - state}")
    return [Counted.carrying(command, name="")] if command.by else []


def both(command: CountBoth, room: Room) -> Iterable[Step]:
    for name in (command.first, command.second):
        yield Step(f"counter/{name}", Count(context=command.context, counter=name, by=command.by))


def mirror(command: Mirror, room: Room) -> Iterable[Step]:
    watched = room.load(f"counter/{command.watched}")
    yield Step(f"counter/{command.counter}", Count(context=command.context, counter=command.counter, by=watched))


def follow(received: Received, context: Context, room: Room) -> Iterable[Step]:
    counter = received.data["counter"]
    yield Step(f"counter/{counter}", Count(context=context, counter=counter, by=received.data["by"]))


def nothing(recorded: Recorded) -> list[Op]:
    return []


ROLES = frozenset({"clerk"})
SERVICE = Service(
    "counting",
    EventTypes([Counted]),
    {
        "counter": Part(
            "counter/{counter}", 0, decides=(decide,), evolve=lambda state, event: state + getattr(event, "by", 0)
        )
    },
    {
        "Count": Handles(Count, to(lambda c: f"counter/{c.counter}"), ROLES, "计数", foreign_to(Count, ("area",), {})),
        "CountBoth": Handles(CountBoth, both, ROLES | {"chief"}, "计两数", to_nobody),
        "Mirror": Handles(Mirror, mirror, ROLES, "照抄", to_nobody),
    },
    {"elsewhere.Counted": follow},
    (),
    nothing,
    {},
)
ACTOR = {"person": "p", "post": "clerk", "organ": "o", "role": "clerk", "areas": ["21"], "units": []}


def ask(command: str, command_id: str = "c1", actor: dict[str, Any] = ACTOR, **data: Any) -> dict[str, Any]:
    return {"command": command, "id": command_id, "occurred_on": "2018-04-16", "actor": actor, "data": data}


def received(position: int, by: int, counter: str = "followed") -> Received:
    """An event of the service followed; it is counted at ``counter``."""
    day = date(2018, 5, 2)
    told = {"by": by, "counter": counter}
    recorded = Recorded(position, "s", 1, "Counted", 1, day, 1, {}, (), None, None, None, None, "k", "", "c", told)
    return Received("elsewhere", recorded)
