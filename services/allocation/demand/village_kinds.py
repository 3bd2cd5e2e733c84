"""The kinds of a county's villages: which have a weak party organisation, which are registered as poor.

Invariant: a village stands once with both marks, so the two kinds are united and never added up (AL-030).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from kernel.messages import Area, Command, Event, Key
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.allocation.demand.county_fallback import CountyShortfallChanged, shortfall
from services.allocation.demand.demand_state import Demand, VillageKinds, count
from services.allocation.demand.refusals import VILLAGE_ELSEWHERE, VILLAGE_TWICE, VILLAGES_MISSING
from services.allocation.words import CODE_LENGTH

KINDS = "quota.villages"


class RecordVillageKinds(Command, title="登记村类别", roles=PROVINCE | CITIES | COUNTIES, concerns=("county",)):
    """Say of what kinds villages of a county are; a village listed again is of the kinds listed last."""

    programme: Key
    county: Area
    villages: tuple[VillageKinds, ...]


class VillageKindsRecorded(Event, title="村类别登记"):
    """Villages of the county and their kinds; the counts are the county's, with these in."""

    rule = KINDS
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: str
    county: Area
    villages: tuple[VillageKinds, ...]
    weak_party: int
    registered_poor: int
    both: int
    union: int
    other: int


def record_kinds(state: Demand, command: RecordVillageKinds) -> Sequence[VillageKindsRecorded | CountyShortfallChanged]:
    """Take the kinds in, and tell what the county owes where that changes it. Source: 晋组通字〔2015〕41号 一.1."""
    listed = [village.target for village in command.villages]
    for code in listed:
        if len(code) != CODE_LENGTH["village"] or not code.startswith(command.county):
            raise VILLAGE_ELSEWHERE(village=code, county=command.county)
        if listed.count(code) > 1:
            raise VILLAGE_TWICE(village=code)
    if not listed:
        raise VILLAGES_MISSING()
    after = replace(state, villages={**state.villages, **{v.target: v for v in command.villages}})
    counts = count(after.villages)
    recorded = VillageKindsRecorded.carrying(command, counts)
    about = (command.programme, command.county, type(recorded).__name__)
    return [recorded, *shortfall(state, after, about, command.context.occurred_on)]
