"""Whose unit and channel a person is of whom the flag is set (PE-013)."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.personnel.persons.managed import ManageAsDispatched, SetManaged
from services.personnel.persons.refusals import PERSON_UNKNOWN
from services.personnel.persons.registered_plans import engagements_of


def manage_as_dispatched(command: ManageAsDispatched, room: Room) -> Iterable[Step]:
    """The flag's stream. Raises Rejected: ``person_unknown`` for who has not the person, and where there is none."""
    actor, state = command.context.actor, room.load(f"person/{command.person}")
    engaged = [one for _, one in engagements_of(room, [command.person])] if state is not None else []
    book = room.load(f"programme/{command.programme}")
    scope = book.scope(command.programme) if book is not None else None
    province = actor.role == "province_org" and scope is not None and actor.covers(scope)
    if not engaged or not (province or engaged[-1].of(actor)):
        raise PERSON_UNKNOWN()
    unit, channel = (*engaged[-1].organs, "", "")[:2]
    order = SetManaged(
        context=command.context,
        programme=command.programme,
        person=command.person,
        unit=unit,
        channel=channel,
        managed=command.managed,
        reason=command.reason,
    )
    return (Step(f"managed/{command.programme}.{command.person}", order),)
