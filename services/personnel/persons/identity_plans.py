"""Settling who a person is whose number somebody else holds already: one person or two.

Invariant: who has the person decides, or the province, and nobody else is told that there is anything to decide: a
department that asks about its own nominee is answered as it would be where nobody held the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from kernel.messages import Command, Key, Line
from kernel.service import Room, Step
from programmes.roles import MANAGERS, PROVINCE
from services.personnel.persons.person import Settle
from services.personnel.persons.refusals import IDENTITY_NOT_SHOWN
from services.personnel.persons.registered_plans import engagements_of

_RECORDS = "select person, erased_on from persons where record_of = %s order by person"


class SettleIdentity(Command, title="核定人员身份", roles=PROVINCE | MANAGERS, concerns=("entered",)):
    """Settle whether the person entered as ``entered`` is the one who holds the id number. ``reason`` names nobody."""

    entered: Key
    verdict: Literal["same", "other"]
    reason: Line


def settle_identity(command: SettleIdentity, room: Room) -> Iterable[Step]:
    """The stream of the person entered, told what the one who holds the number is engaged in.

    Raises:
        Rejected: ``identity_not_shown`` where there is nothing to settle, and for whoever has not the person.
    """
    state = room.load(f"person/{command.entered}")
    if state is None or not state.known:
        raise IDENTITY_NOT_SHOWN()
    records = room.find(_RECORDS, state.known)
    room.load_all(f"person/{row['person']}" for row in records)
    past = [one for _, one in engagements_of(room, [row["person"] for row in records])]
    actor = command.context.actor
    if actor.role != "province_org" and not (past and past[-1].of(actor)):
        raise IDENTITY_NOT_SHOWN()
    programme = next((one.programme for _, one in engagements_of(room, [command.entered])), "")
    order = Settle(
        context=command.context,
        person=command.entered,
        same=command.verdict == "same",
        reason=command.reason,
        programme=programme,
        erased=any(row["erased_on"] for row in records if row["person"] == state.known),
        engagements=tuple(past),
    )
    return (Step(f"person/{command.entered}", order),)
