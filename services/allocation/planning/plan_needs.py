"""What places need and had: need tags and cadres of the first batch, entered by whoever answers for the county.

Invariant: what is entered for a target replaces what was entered before; a target nothing was entered for is unscored,
never refused (AL-017, AL-038).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kernel.messages import Area, Command, Event, Few, Key, Line
from kernel.part import Part
from programmes.readers.placement import FACTORS
from programmes.roles import CITIES, COUNTIES, PROVINCE
from services.allocation.planning.refusals import FIGURE_NEGATIVE, FOREIGN_TARGET
from services.allocation.words import programme_and_area


@dataclass(frozen=True, slots=True)
class TargetNeed:
    """A target's need tags, and how many cadres of the first batch it has."""

    target: Area
    needs: Few[Line] = ()
    first_batch: int = 0


class RecordTargetNeeds(Command, title="登记派驻点需求", roles=PROVINCE | CITIES | COUNTIES, concerns=("county",)):
    """Record needs and first batch of targets of one county."""

    programme: Key
    county: Area
    targets: tuple[TargetNeed, ...]


class TargetNeedsRecorded(Event, title="派驻点需求登记"):
    """What these targets of a county need, and had."""

    rule = FACTORS.path
    areas: ClassVar[tuple[str, ...]] = ("county",)

    programme: str
    county: Area
    targets: tuple[TargetNeed, ...]


def decide(state: Mapping[str, TargetNeed], command: RecordTargetNeeds) -> Sequence[TargetNeedsRecorded]:
    """Record what is new. Source: 辽组通字〔2018〕23号 五.3; 晋组通字〔2015〕41号 三.4."""
    for need in command.targets:
        if not need.target.startswith(command.county):
            raise FOREIGN_TARGET(target=need.target, county=command.county)
        if need.first_batch < 0:
            raise FIGURE_NEGATIVE(target=need.target, first_batch=need.first_batch)
    fresh = tuple(n for n in command.targets if state.get(n.target) != n)
    if not fresh:
        return []
    return [TargetNeedsRecorded.carrying(command, targets=fresh)]


def evolve(state: Mapping[str, TargetNeed], event: Any) -> Mapping[str, TargetNeed]:
    """The county's targets with what was entered."""
    if isinstance(event, TargetNeedsRecorded):
        return {**state, **{need.target: need for need in event.targets}}
    return state


NEEDS: Part[Mapping[str, TargetNeed]] = Part(
    "target-needs/{programme}.{county}", {}, decides=(decide,), evolve=evolve, scope=programme_and_area
)
