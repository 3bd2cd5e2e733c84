"""Of which village an income is told: one that the register of divisions knows."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from programmes.areas import is_a
from services.evaluation.villages.income import INCOME, RecordVillageIncome
from services.evaluation.villages.refusals import INCOME_OF_A_VILLAGE


def of_a_village(command: RecordVillageIncome, room: Room) -> Iterable[Step]:
    """The income. Raises Rejected: ``income_of_a_village``, where there is no such village."""
    if not is_a("village", command.target):
        raise INCOME_OF_A_VILLAGE(target=command.target)
    yield Step(INCOME.stream_of(command), command)
