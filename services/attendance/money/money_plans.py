"""What a payment needs to know of others."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.attendance.money.quarter import PayAllowance, PayQuarter

COUNTY = 6


def pay_allowance(command: PayAllowance, room: Room) -> Iterable[Step]:
    """The register, told of its county's review of the quarter."""
    match command.posting.split("."):
        case [programme, target, _]:
            reviews = room.load(f"quarter-reviews/{programme}.{target[:COUNTY]}")
            held = reviews.get(command.quarter)
        case _:
            held = None
    order = PayQuarter(context=command.context, quarter=command.quarter, reviewed_on=held)
    return (Step(f"register/{command.posting}", order),)
