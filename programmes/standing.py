"""What each role acts for: divisions of one level in the province served, units of its own, or nobody but itself.

Invariant: a role has one kind of place. Whoever issues a token, whoever verifies it and every service that is asked
hold an actor against the same table, so a role never reaches further than the level it is a role of.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kernel.messages import Actor
from kernel.reach import Fits
from kernel.text import digits
from programmes import areas
from programmes.roles import (
    AUDITOR,
    CADRES,
    CALENDAR,
    CHANNELS,
    LEVELS,
    ROLE_NAMES,
    SECURITY,
    SYSTEM,
    SYSTEM_ADMIN,
    UNITS,
    called,
)

SENDERS: Final = CHANNELS | UNITS
"""Who acts for units of its own, and for no division."""
PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **LEVELS,
        # The whole of the province: what they see or do is of no part of it.
        **dict.fromkeys(sorted(SYSTEM | CALENDAR | SYSTEM_ADMIN | SECURITY | AUDITOR), "province"),
        "witness": "city",
    }
)
"""The level of the divisions a role acts in."""
_FORMS: Final = {
    "province": ("省", 2),
    "city": ("市", 4),
    "county": ("县", 6),
    "township": ("乡镇", 9),
    "village": ("村", 12),
}
"""What a level is called, and the figures of its codes."""


def standing(province: str) -> Fits:
    """Tells why an actor cannot act so in the system of ``province`` (two figures); "" where role and place agree."""
    held = areas.registered(province) if province in areas.PROVINCES else None

    def misfit(actor: Actor) -> str:
        role, level = called(actor.role), PLACES.get(actor.role)
        if actor.role not in ROLE_NAMES:
            return f"没有“{role}”这一角色"
        if level is None:
            return _of_no_division(actor)
        named, length = _FORMS[level]
        if not actor.areas or actor.units:
            return f"{role}须有{named}级区划（{length} 位），不另有单位"
        for code in actor.areas:
            if not code.startswith(province):
                return f"区划 {code} 不在本系统所辖的省（{province}）内"
            if len(code) != length or not digits(code):
                return f"{role}须有{named}级区划（{length} 位），{code} 不是"
            if held is not None and code not in held:
                return f"区划 {code} 不在区划名录中"
        return ""

    return misfit


def _of_no_division(actor: Actor) -> str:
    role = called(actor.role)
    if actor.areas:
        return f"{role}不辖区划"
    if actor.role in CADRES:
        return f"{role}只办理本人事项，不管单位" if actor.units else ""
    if not actor.units:
        return f"{role}须有所管单位"
    # An office's area is its own id as a channel: whoever named it a unit would act for that office.
    return next((f"{unit} 是区划代码，不是单位" for unit in actor.units if digits(unit)), "")
