"""Whose attendance a cadre reads: the own, found by the register."""

from __future__ import annotations

from typing import Final

from kernel.asking import Reach
from programmes.roles import CADRES, UNITS

MINE: Final = "posting in (select posting from registers where person = %s)"
OWN: Final = Reach(by_unit=UNITS, by_person=CADRES, mine=MINE)
"""Besides organs, inside their areas, a unit reads of those it sent, and a cadre of the own posting."""
