"""Whose village a plan is of, and whether a village is poor, as allocation told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from kernel.messages import Context
from kernel.service import Reaction, Received, Room, Step
from programmes.quarters import first_of
from services.evaluation.assistance.assistance import (
    AssistanceFor,
    FileAssistancePlan,
    LogAssistanceProgress,
    ProgressFor,
)
from services.evaluation.assistance.households import (
    FileHouseholds,
    HouseholdsFor,
    NotePoorVillages,
    VillageMark,
    poor_within,
)
from services.evaluation.works.works_plans import told


def plan(command: FileAssistancePlan | LogAssistanceProgress, room: Room) -> Iterable[Step]:
    """A plan or its progress, on the stream of the village."""
    order = told(AssistanceFor if isinstance(command, FileAssistancePlan) else ProgressFor, command, room)
    yield Step(f"assistance/{order.programme}.{order.target}", order)


def file(command: FileHouseholds, room: Room) -> Iterable[Step]:
    """A filing."""
    marks = room.load(f"poor-villages/{command.programme}.{command.target[:6]}")
    first, last = first_of(command.year), first_of(f"{int(command.year) + 1:04}") - timedelta(days=1)
    order = HouseholdsFor(
        context=command.context,
        programme=command.programme,
        target=command.target,
        year=command.year,
        households=command.households,
        document=command.document,
        poor=poor_within(marks, command.target, first, min(last, command.context.occurred_on)),
    )
    yield Step(f"households/{command.programme}.{command.target}", order)


def kinds_recorded(received: Received, context: Context, room: Room) -> Iterable[Step]:
    """allocation.VillageKindsRecorded: which villages of the county are registered as poor."""
    facts = received.fields("programme", "county")
    marks = tuple(VillageMark(one["target"], one["registered_poor"]) for one in received.data["villages"])
    order = NotePoorVillages(context=context, **facts, marks=marks)
    yield Step(f"poor-villages/{facts['programme']}.{facts['county']}", order)


REACTIONS: Final[Mapping[str, Reaction]] = {"allocation.VillageKindsRecorded": kinds_recorded}
