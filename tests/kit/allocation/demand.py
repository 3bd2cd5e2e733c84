"""A county with poor and weak villages, and the office that sums up their demand."""

from __future__ import annotations

from kernel.messages import Actor, Event
from kernel.testing import actor, given
from programmes.areas import registered
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.demand_state import VillageKinds
from services.allocation.demand.village_kinds import RecordVillageKinds
from tests.kit.allocation.ground import SX2015, ctx

SHANXI = registered("14")
COUNTY = "140928"
VILLAGES = [village.code for village in SHANXI.within(COUNTY, "village")]
WEAK, POOR, BOTH, OTHER = VILLAGES[:4]
OFFICE = actor("county_org", areas=(COUNTY,))


def record(*villages: VillageKinds, county: str = COUNTY, by: Actor = OFFICE) -> RecordVillageKinds:
    context = ctx(by, "2015-06-30", SX2015)
    return RecordVillageKinds(context=context, programme="SX2015", county=county, villages=villages)


KINDS = record(
    VillageKinds(WEAK, True, False),
    VillageKinds(POOR, False, True),
    VillageKinds(BOTH, True, True),
    VillageKinds(OTHER, False, False),
)
RECORDED: list[Event] = given(DEMAND).when(KINDS).events or []
