"""What county and township learn of a cadre in daily management: presence, performance, integrity (AT-005).

Source: 晋组通字〔2015〕41号 五.4 (经常了解驻村情况、工作表现、廉洁自律). No interval is printed; a profile may say
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from kernel.grounds import in_force, must_cover
from kernel.messages import Area, Command, Event, Key, Text
from programmes.readers import inspection
from programmes.roles import COUNTIES, LEVELS, TOWNSHIPS
from services.attendance.register.refusals import DAY_OUTSIDE_POSTING
from services.attendance.register.state import Register

RULE = inspection.NOTES.path


class ManagementNote(Event, title="日常管理记录"):
    """What an organ of ``level`` knows of the cadre on the day."""

    rule: ClassVar[str | None] = RULE
    areas: ClassVar[tuple[str, ...]] = ("target",)

    posting: Key
    target: Area
    level: Literal["county", "township"]
    presence: Text
    performance: Text
    integrity: Text


class WriteManagementNote(Command, title="日常管理记录", roles=COUNTIES | TOWNSHIPS, concerns=("posting",)):
    """Write down how a cadre lives at the place, works, and keeps clean."""

    posting: Key
    presence: Text
    performance: Text
    integrity: Text


def note(register: Register, command: WriteManagementNote) -> Sequence[ManagementNote]:
    """ManagementNote. Raises Rejected: ``foreign_area``, ``day_outside_posting``, ``rule_unknown``."""
    context = command.context
    in_force(context.rules, register.programme).value(inspection.NOTES)
    must_cover(context.actor, register.target, field="posting", rule=RULE)
    if not register.holds(on := context.occurred_on):
        until = register.closed_on or "今"
        raise DAY_OUTSIDE_POSTING(day=on, since=register.opened_on, until=until, field="occurred_on")
    level: Literal["county", "township"] = LEVELS[context.actor.role]  # type: ignore[assignment]  # by the roles
    return (ManagementNote.carrying(command, register, posting=register.posting, level=level),)
