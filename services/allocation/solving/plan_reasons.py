"""Why a cadre goes no nearer: what became of the nearer targets (AL-016).

Invariant: a row at the least rank needs no reason; every other has one, and it names units, never persons.
Source: 辽组通字〔2018〕23号 四.
"""

from __future__ import annotations

import numpy as np

from services.allocation.assignment.arcs import Numbers
from services.allocation.solving.plan_arcs import Pairs

_SHOWN = 2


class Reasons:
    """The reasons of a plan: ``owner`` (R,) is the column of each row, -1 where it has none."""

    def __init__(self, pairs: Pairs, owner: Numbers) -> None:
        self._pairs = pairs
        units = sorted({cadre.unit for cadre in pairs.situation.cadres})
        code = {unit: at for at, unit in enumerate(units)}
        self._units = units
        self._unit_at = np.full(len(pairs.situation.places), -1, np.int64)
        for row, column in enumerate(owner.tolist()):
            if column >= 0:
                self._unit_at[column] = code[pairs.situation.cadres[row].unit]
        self._code = code
        self._least = min(pairs.situation.settings.ranks.values())

    def of(self, row: int, column: int) -> str:
        """Why the row's cadre goes to ``column`` and no nearer; "" at the least rank."""
        pairs = self._pairs
        cadre, place = pairs.situation.cadres[row], pairs.situation.places[column]
        rank = pairs.nearest(row, column).rank
        if rank == self._least:
            return ""
        if place.successor_of == cadre.unit:
            return "结对单位补派"
        if cadre.person in pairs.situation.locks:
            return "已锁定在此"
        own = pairs.columns(row)
        nearer = own[pairs.ranks(row, own) < rank]
        if not len(nearer):
            return "联系点附近没有更近的派驻点"
        holders = self._unit_at[nearer]
        mine = int((holders == self._code[cadre.unit]).sum())
        others = np.unique(holders[(holders >= 0) & (holders != self._code[cadre.unit])]).tolist()
        parts = [f"更近的派驻点 {len(nearer)} 个"]
        if mine:
            parts.append(f"{mine} 个已分给本单位")
        if others:
            shown = "、".join(self._units[at] for at in others[: _SHOWN + 1])
            parts.append(f"其余按总成本最小分给 {shown}{'等' if len(others) > _SHOWN + 1 else ''}")
        return "，".join(parts)
