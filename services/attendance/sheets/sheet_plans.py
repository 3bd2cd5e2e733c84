"""What the decision on a sheet needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.attendance.register.state import scope
from services.attendance.sheets import sheet

SIGNING_POST = "party_secretary"
_TOWNSHIP_DIGITS = 9


def sign(command: sheet.SignMonth, room: Room) -> Iterable[Step]:
    """The signature is put to the register together with who held and holds the post in its township."""
    township = (scope(command.posting)[1] or "")[:_TOWNSHIP_DIGITS]
    yield Step(
        f"register/{command.posting}",
        sheet.SignAs(
            context=command.context,
            posting=command.posting,
            month=command.month,
            office=room.load(f"office/{township}.{SIGNING_POST}"),
            post=SIGNING_POST,
        ),
    )
