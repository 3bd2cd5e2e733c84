"""Who is managed as a dispatched cadre without being one: noted by the services whose scope that changes (PE-013).

The notice's passage is lost; what is left of it is "纳入选派干部管理". Invariant: no rule is built on the flag. It says
of whom attendance and assessment are kept too, and changes no place, no figure of coverage and no posting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kernel.asking import Reach
from kernel.listing import Listing, queries
from kernel.messages import Context, Event, Key, Order
from kernel.part import Part
from kernel.projection import Op, Table
from kernel.service import Query, Reaction, Received, Room, Step

MANAGED: Final = Table(
    "managed_as_dispatched",
    {"programme": "text", "person": "text"},
    {"unit": "text", "channel": "text", "managed": "bool", "since": "date"},
)
_EVERYWHERE: Final = frozenset({"province_org", "auditor", "system"})
_UNITS: Final = frozenset({"channel", "enterprise", "unit", "city_org", "county_org"})


class ManagedNoted(Event, title="纳入选派干部管理抄录"):
    """Whether a person is in the scope of this service without a post as a dispatched cadre."""

    programme: Key
    person: Key
    unit: str
    channel: str
    managed: bool


class NoteManaged(Order):
    """Write the flag down (caused by personnel.ManagedAsDispatched)."""

    programme: Key
    person: Key
    unit: str
    channel: str
    managed: bool


def _note(state: bool, command: NoteManaged) -> Sequence[ManagedNoted]:
    return [] if state == command.managed else [ManagedNoted.carrying(command)]


def _noted(state: bool, event: Event) -> bool:
    return event.managed if isinstance(event, ManagedNoted) else state


PART: Final = Part("managed/{programme}.{person}", False, decides=(_note,), evolve=_noted)
"""The flag of one person in one programme."""


def _reaction(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """The flag was set or taken back."""
    facts = received.fields("programme", "person", "unit", "channel", "managed")
    yield Step(f"managed/{facts['programme']}.{facts['person']}", NoteManaged(context=context, **facts))


REACTION: Final[dict[str, Reaction]] = {"personnel.ManagedAsDispatched": _reaction}


def rows(event: Event | None) -> Iterable[Op]:
    """The row of a noted flag."""
    if isinstance(event, ManagedNoted):
        yield MANAGED.of(event, since=event.occurred_on)


QUERY: Final[dict[str, Query]] = queries(
    managed_as_dispatched=Listing(
        "纳入选派干部管理的人员",
        MANAGED,
        _EVERYWHERE | _UNITS,
        {"programme": "方案编号", "person": "人员编号"},
        units=("unit", "channel"),
        reach=Reach(_EVERYWHERE, _UNITS),
        where="managed",
        dated=("since <= %s",),
    )
)
