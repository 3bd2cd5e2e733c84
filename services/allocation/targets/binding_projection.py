"""Read models of bindings: which unit is bound to which village."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.readers_queries import PLACED
from services.allocation.roles import OFFICES
from services.allocation.targets.binding import BindingCreated, BindingFollowed, BindingReleased

BINDINGS = Table(
    "bindings",
    {"unit": "text", "target": "text"},
    {
        "state": "text",
        "since": "date",
        "released_on": "date",
        "cause": "text",
        "to_unit": "text",
        "to_target": "text",
        "followed_on": "date",
    },
    indexes=(("target",),),
)
TABLES = (BINDINGS,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case BindingCreated() as e:
            yield BINDINGS.of(e, state="bound", since=on)
        case BindingFollowed() as e:
            yield BINDINGS.of(e, state="followed", followed_on=on)
        case BindingReleased() as e:
            yield BINDINGS.of(e, state="released", released_on=on)


# A binding names no channel: it is the unit's.
CHANNEL_OF_BINDING = "(select u.channel from units u where u.unit = bindings.unit)"
QUERIES = queries(
    bindings=Listing(
        "单位与村结对",
        BINDINGS,
        OFFICES,
        {"unit": "单位编号", "target": "村代码", "state": "状态"},
        areas=("target",),
        units=("unit", CHANNEL_OF_BINDING),
        reach=PLACED,
    )
)
