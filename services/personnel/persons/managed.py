"""The flag "managed as a dispatched cadre", with a free reason (PE-013).

The sentence that would say of whom it holds is lost with a page, so whoever manages the person sets it, and attendance
and evaluation note it; nothing here decides by it.
"""

from __future__ import annotations

from kernel.messages import OWN, Command, Event, Key, Line, Order
from kernel.part import Part
from programmes.roles import MANAGERS, PROVINCE
from programmes.texts import impersonal
from services.personnel.persons.refusals import FLAG_STANDS
from services.personnel.scopes import programme_of


class ManagedAsDispatched(Event, title="纳入选派干部管理"):
    """A person is managed as a dispatched cadre from ``occurred_on`` on, or no longer is."""

    programme: Key
    person: Key
    unit: str
    channel: str
    managed: bool
    reason: Line


class ManageAsDispatched(Command, title="纳入选派干部管理", roles=PROVINCE | MANAGERS, concerns=OWN):
    """Set the flag of a person in a programme, or take it back, and say why."""

    programme: Key
    person: Key
    managed: bool
    reason: Line


class SetManaged(Order):
    """The same, told of whose unit and channel the person is."""

    programme: Key
    person: Key
    unit: str
    channel: str
    managed: bool
    reason: Line


def decide(state: bool, command: SetManaged) -> list[ManagedAsDispatched]:
    """The flag. Rejected: ``flag_stands`` where it is so already; a number in the reason."""
    if state == command.managed:
        raise FLAG_STANDS()
    return [ManagedAsDispatched.carrying(command, reason=impersonal(command.reason, "reason"))]


def evolve(state: bool, event: Event) -> bool:
    """The flag as it was set last."""
    return event.managed if isinstance(event, ManagedAsDispatched) else state


MANAGED = Part("managed/{programme}.{person}", False, decides=(decide,), evolve=evolve, scope=programme_of)
"""The flag of one person in one programme."""
