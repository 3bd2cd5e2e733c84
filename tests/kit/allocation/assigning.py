"""Five villages of a county of 2015, three units with a filed candidate each, and how a village is assigned to one."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.messages import Actor, Event, Rejected
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.demand_plans import assign_village, record_consultation
from services.allocation.demand.demand_state import Demand
from services.allocation.demand.village_assignment import AssignVillage, RecordConsultation
from services.allocation.placement.holder import PersonEngaged
from services.allocation.reactions import REACTIONS
from services.allocation.registers.area import Register
from services.allocation.registers.unit import Unit
from tests.kit.allocation.demand import COUNTY, OFFICE, POOR, RECORDED, VILLAGES, WEAK
from tests.kit.allocation.ground import SX2015, Plain, ctx, decided
from tests.kit.personnel import candidates

STREAM = f"demand/SX2015.{COUNTY}"
LAW, FARM, CENTRAL = candidates.UNIT, candidates.OTHER_UNIT, candidates.CENTRAL_UNIT


def county() -> Plain:
    """Five villages of the county with their kinds, and three units."""
    states: dict[str, Any] = {
        f"areas/{COUNTY[:4]}": Register(dict.fromkeys((COUNTY, *VILLAGES[:5]), "名")),
        f"unit/{LAW}": Unit(LAW, "山西省直", "province", helped=(POOR,)),
        f"unit/{FARM}": Unit(FARM, "山西省直", "province"),
        f"unit/{CENTRAL}": Unit(CENTRAL, "山西省直", "central"),
        STREAM: DEMAND.fold(Demand(), RECORDED),
    }
    room = Plain(states)
    for unit in (LAW, FARM, CENTRAL):
        file(room, unit, "p-1")
    return room


def file(room: Plain, unit: str, person: str, **candidate: Any) -> list[Event]:
    """Personnel tells that a candidate of the unit was filed, as its own parts come to it."""
    told = candidates.filed(person, unit, **candidate)
    events: list[Event] = decided(REACTIONS["personnel.NomineeCleared"](told, ctx(rules=SX2015), room), room, SX2015)
    return events


def talk(room: Plain, unit: str = LAW, by: Actor = OFFICE) -> list[Event]:
    """The unit has talked to the county."""
    context = ctx(by, "2015-07-01", SX2015)
    command = RecordConsultation(context=context, programme="SX2015", county=COUNTY, unit=unit)
    events: list[Event] = decided(record_consultation(command, room), room, SX2015)
    return events


def assign(
    room: Plain, target: str = WEAK, *, unit: str = LAW, by: Actor = OFFICE, level: str = "province",
    on: str = "2015-07-10", person: str = "p-1", **more: Any,
) -> list[Event]:  # fmt: skip
    """A village is assigned."""
    command = AssignVillage(
        context=ctx(by, on, SX2015),
        programme="SX2015",
        target=target,
        unit=unit,
        person=person,
        level=level,
        **more,
    )
    *events, claim = decided(assign_village(command, room), room, SX2015)
    assert isinstance(claim, PersonEngaged)  # whoever is assigned holds this village and no other place
    return events


def refused(room: Plain, **asked: Any) -> Rejected:
    """The refusal of an assignment."""
    with pytest.raises(Rejected) as found:
        assign(room, **asked)
    return found.value
