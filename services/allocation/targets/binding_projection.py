"""Read models of bindings: which unit is bound to which village."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, page
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from services.allocation.readers_queries import PLACED
from services.allocation.roles import OFFICES
from services.allocation.targets.binding import BindingCreated, BindingReleased

BINDINGS = Table(
    "bindings",
    {"unit": "text", "target": "text"},
    {"state": "text", "since": "date", "released_on": "date", "cause": "text"},
    indexes=(("target",),),
)
TABLES = (BINDINGS,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    on = recorded.occurred_on
    match recorded.event:
        case BindingCreated() as e:
            yield BINDINGS.of(e, state="bound", since=on)
        case BindingReleased() as e:
            yield BINDINGS.of(e, state="released", released_on=on)


def bindings(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Unit-village bindings of the asker's areas or units."""
    channel = "(select u.channel from units u where u.unit = bindings.unit)"
    where = Where().equal(ask, "unit", "target", "state").reach(ask.actor, PLACED, ("target",), ("unit", channel))
    return page(rows, ask, "bindings", where, ("unit", "target"))


QUERIES = {
    "bindings": Query(bindings, OFFICES, "单位与村结对", {"unit": "单位编号", "target": "村代码", "state": "状态"}),
}
