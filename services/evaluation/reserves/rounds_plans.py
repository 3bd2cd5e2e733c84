"""Where the county's rounds over reserves go: into places that the register of divisions knows."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from programmes.areas import is_a
from programmes.refusals import NOT_A_COUNTY
from services.evaluation.reserves.refusals import NOT_A_TOWNSHIP
from services.evaluation.reserves.rounds import ROUNDS, AnalyseReserves, AppraiseTownship, InspectTownship


def goes_round(command: AnalyseReserves | InspectTownship | AppraiseTownship, room: Room) -> Iterable[Step]:
    """The round. Raises Rejected: ``not_a_county``, ``not_a_township``, where there is no such place."""
    if isinstance(command, AnalyseReserves):
        if not is_a("county", command.area):
            raise NOT_A_COUNTY(county=command.area)
    elif not is_a("township", command.area):
        raise NOT_A_TOWNSHIP(area=command.area)
    yield Step(ROUNDS.stream_of(command), command)
