"""The scope of a plan: one tier of one programme, everywhere or in one area; who sends there and who decides.

Invariant: a target and a sending unit belong to one tier, and units of a city or county send inside it alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from kernel.messages import Actor
from services.allocation.planning.refusals import FOREIGN_SCOPE
from services.allocation.registers.tier_organs import own_area, tier_of

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Scope:
    """``tier`` is province, city or county; ``area`` a division code, None for all of the programme."""

    programme: str
    tier: str
    area: str | None = None

    @property
    def key(self) -> str:
        """What names the scope in streams and ids."""
        return f"{self.programme}.{self.tier}.{self.area or EVERYWHERE}"

    def plan(self, number: int) -> str:
        """The id of the n-th plan of this scope."""
        return f"{self.key}.{number}"

    def holds(self, target: str) -> bool:
        """True where a target of the tier lies in the scope."""
        return target.startswith(self.area or "")

    def sends(self, channel: str) -> bool:
        """True where units of ``channel`` send to this scope."""
        home = own_area(channel)
        if tier_of(channel) != self.tier:
            return False
        return not home or home.startswith(self.area or "") or (self.area or "").startswith(home)


def may_plan(scope: Scope, actor: Actor) -> bool:
    """True for who decides or proposes in the scope: the province everywhere, a city at its own and its counties' tier
    and a county at its own tier, each in its own area."""
    if actor.role == "province_org":
        return True
    return scope.area is not None and actor.role in _PLANNERS.get(scope.tier, ()) and actor.covers(scope.area)


_PLANNERS = {"city": ("city_org",), "county": ("city_org", "county_org")}


def must_plan(scope: Scope, actor: Actor) -> None:
    """Check that the actor may plan. Raises Rejected: ``foreign_scope``."""
    if not may_plan(scope, actor):
        raise FOREIGN_SCOPE(organ=actor.organ, scope=scope.key)
