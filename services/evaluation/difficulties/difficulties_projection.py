"""Read models of difficulties and symposia."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.difficulties import difficulty

DIFFICULTIES = Table(
    "difficulties",
    {"difficulty": "text"},
    {
        "programme": "text",
        "county": "text",
        "posting": "text",
        "person": "text",
        "target": "text",
        "kind": "text",
        "text": "text",
        "raised_on": "date",
        "solution": "text",
        "solved_on": "date",
    },
    (("county",),),
)
ASSIGNMENTS = Table("difficulty_assignments", {"difficulty": "text", "assigned_on": "date"}, {"organ": "text"})
"""Who solves a difficulty from a day on."""
SYMPOSIA = Table(
    "symposia",
    {"programme": "text", "county": "text", "number": "int"},
    {"present": "int", "minutes": "text", "held_on": "date"},
)
TABLES = (DIFFICULTIES, ASSIGNMENTS, SYMPOSIA)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case difficulty.SymposiumHeld():
            yield SYMPOSIA.of(event, held_on=event.occurred_on)
        case difficulty.DifficultyRaised():
            yield DIFFICULTIES.of(event, raised_on=event.occurred_on)
        case difficulty.DifficultyAssigned():
            yield ASSIGNMENTS.of(event, assigned_on=event.occurred_on)
        case difficulty.DifficultySolved():
            yield DIFFICULTIES.put(event.difficulty, solution=event.solution, solved_on=event.occurred_on)
