"""Questions about sending units: what they heard, saw and studied, and which problems are open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.asking import Reach
from kernel.listing import Listing, queries
from kernel.service import Query
from programmes.roles import UNITS
from services.evaluation.readers import AREA, BY_UNIT, EVERYWHERE, POSTING, PROGRAMME, READERS
from services.evaluation.senders import senders_projection as tables

_UNIT: Final = {**PROGRAMME, "unit": "派出单位编号"}
_OF_UNITS: Final = Reach(everywhere=EVERYWHERE, by_unit=UNITS)
_MET: Final = """(
    select m.*,
        (select count(*) from unit_problems p where p.programme = m.programme and p.unit = m.unit
            and p.raised_on <= m.held_on and (p.solved_on is null or p.solved_on > m.held_on)) as open,
        (select count(*) from unit_problems p where p.programme = m.programme and p.unit = m.unit
            and p.solved_on <= m.held_on) as solved
    from unit_meetings m
) as met"""
"""Each meeting with the problems that were open and solved on its day, whenever they were told."""

QUERIES: Final[Mapping[str, Query]] = queries(
    unit_hearings=Listing(
        "派出单位听取工作汇报",
        tables.HEARINGS,
        READERS | UNITS,
        {**POSTING, **_UNIT},
        AREA,
        areas=("target",),
        units=("unit",),
        reach=BY_UNIT,
        dated=("held_on <= %s",),
    ),
    unit_visits=Listing(
        "派出单位到村调研",
        tables.VISITS,
        READERS | UNITS,
        {**POSTING, **_UNIT},
        AREA,
        areas=("target",),
        units=("unit",),
        reach=BY_UNIT,
        dated=("paid_on <= %s",),
    ),
    unit_meetings=Listing(
        "派出单位研究部署",
        _MET,
        EVERYWHERE | UNITS,
        _UNIT,
        key=("programme", "unit", "number"),
        units=("unit",),
        reach=_OF_UNITS,
        dated=("held_on <= %s",),
    ),
    unit_problems=Listing(
        "派出单位提出的困难和问题",
        tables.PROBLEMS,
        EVERYWHERE | UNITS,
        _UNIT,
        units=("unit",),
        reach=_OF_UNITS,
        dated=("raised_on <= %s",),
    ),
    unit_problems_open=Listing(
        "派出单位尚未解决的困难和问题",
        tables.PROBLEMS,
        EVERYWHERE | UNITS,
        _UNIT,
        columns=("programme", "unit", "text", "raised_on"),
        units=("unit",),
        reach=_OF_UNITS,
        dated=("raised_on <= %s", "(solved_on is null or solved_on > %s)"),
    ),
)
