"""In which county a cadre's difficulty stands."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from programmes.roles import DIGITS
from services.evaluation.difficulties.difficulty import DifficultyFor, RaiseDifficulty
from services.evaluation.works.works_plans import told


def raise_one(command: RaiseDifficulty, room: Room) -> Iterable[Step]:
    """A difficulty, on the stream of its county."""
    order = told(DifficultyFor, command, room)
    yield Step(f"difficulties/{order.programme}.{order.target[: DIGITS['county']]}", order)
