"""How far the readers of allocation see: channels and units what is their own, most others what lies in their areas."""

from __future__ import annotations

from kernel.asking import Reach
from programmes.roles import AUDITOR, CHANNELS, PROVINCE, SYSTEM
from services.allocation.roles import EVERYONE, OFFICES

BY_UNIT = CHANNELS | {"unit"}
PLACED = Reach(by_unit=BY_UNIT)
"""Rows that have a place."""
SENDING = Reach(OFFICES - BY_UNIT, BY_UNIT)
"""Rows of a sending unit, which the offices of all areas may see."""
WAITING = Reach(PROVINCE | SYSTEM | AUDITOR, OFFICES)
"""Rows that have no place yet: no area applies to them."""
SHARED = Reach(EVERYONE)
"""Rows that whoever may ask sees: those of the programme, of no single area or unit."""
