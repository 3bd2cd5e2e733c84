"""What a profile asks of a village's work team: how many, by the kind of the village, and who may not be together.

Invariant: a size that depends on the kind of a village is not guessed where the kind is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable

from kernel.rules import Rules
from programmes.readers.demand import WORK_TEAM_SIZE, Size
from programmes.refusals import TEAM_UNIT_MISSING, TEAM_UNIT_TWICE, VILLAGE_KIND_UNKNOWN


def size_of(rules: Rules, target: str, kind: str | None) -> Size:
    """How many members the team of ``target`` has, a village of ``kind`` (None where that is not recorded).

    Raises:
        Rejected: ``village_kind_unknown``, ``rule_unknown``.
    """
    sizes = rules.value(WORK_TEAM_SIZE)
    if isinstance(sizes, Size):
        return sizes
    if kind is None:
        raise VILLAGE_KIND_UNKNOWN(village=target)
    return next(size for size in sizes if kind in size.kinds or not size.kinds)


def kept_apart(person: str, unit: str, others: Iterable[tuple[str, str]], field: str) -> None:
    """Refuse ``person`` of ``unit`` beside one of the ``others``, each with a unit, who is of the same one.

    For profiles with ``team.apart``. Raises Rejected: ``team_unit_twice``, ``team_unit_missing``.
    """
    if not unit:
        raise TEAM_UNIT_MISSING(person=person, field=field)
    for other, own in others:
        if own == unit and other != person:
            raise TEAM_UNIT_TWICE(person=person, other=other, unit=unit, field=field)
