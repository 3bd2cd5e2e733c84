"""Legal holds: personal data that the law says must be kept, each ground under its own number.

Basis: 个人信息保护法（主席令第九十一号）第四十七条, second paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from kernel.messages import Command, Event, Key, Line
from programmes.roles import SECURITY
from services.personnel.persons.person import impersonal
from services.personnel.privacy.refusals import HOLD_PLACED_BEFORE, HOLD_UNKNOWN


class LegalHoldPlaced(Event, title="登记依法保存"):
    """The person's data must be kept, on the ground given."""

    person: Key
    hold: Key
    basis: Line


class LegalHoldLifted(Event, title="解除依法保存"):
    """One ground to keep the person's data fell away."""

    person: Key
    hold: Key


class PlaceLegalHold(Command, title="登记依法保存要求", roles=SECURITY, concerns=("person",)):
    """Forbid that the person's data be destroyed. ``hold`` is the number of the case, ``basis`` the ground in law."""

    person: Key
    hold: Key
    basis: Line


class LiftLegalHold(Command, title="解除依法保存要求", roles=SECURITY, concerns=("person",)):
    """End a legal hold."""

    person: Key
    hold: Key


def place(holds: Sequence[str], command: PlaceLegalHold) -> list[LegalHoldPlaced]:
    """The hold. Rejected where one of its number stands."""
    if command.hold in holds:
        raise HOLD_PLACED_BEFORE()
    return [LegalHoldPlaced.carrying(command, basis=impersonal(command.basis, "basis"))]


def lift(holds: Sequence[str], command: LiftLegalHold) -> list[LegalHoldLifted]:
    """The end of a hold. Rejected where none of its number stands."""
    if command.hold not in holds:
        accepted = "、".join(holds) or "没有可解除的保存要求"
        raise HOLD_UNKNOWN(holds=accepted)
    return [LegalHoldLifted.carrying(command)]
