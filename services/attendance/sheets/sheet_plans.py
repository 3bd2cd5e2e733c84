"""What the decision on a sheet needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.grounds import in_force
from kernel.service import Room, Step
from programmes.offices import seat
from programmes.readers.attendance import SIGNER
from services.attendance.register.state import scope
from services.attendance.sheets import sheet


def sign(command: sheet.SignMonth, room: Room) -> Iterable[Step]:
    """The signature is put to the register together with who held and holds the post that the profile says signs.

    Raises:
        Rejected: ``rule_unknown`` where the profile does not say who signs.
    """
    programme, target = scope(command.posting)
    rules = room.rules(programme, target) if programme is not None else None
    organ, post = seat(in_force(rules, programme or "").value(SIGNER), target or "")
    office = room.load(f"office/{organ}.{post}")
    yield Step(
        f"register/{command.posting}",
        sheet.SignAs(context=command.context, posting=command.posting, month=command.month, office=office, post=post),
    )
