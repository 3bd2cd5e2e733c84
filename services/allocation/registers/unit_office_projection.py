"""Read models of the offices of units and channels: who holds a post, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.readers_queries import WAITING
from services.allocation.registers.unit_office import UnitOfficeLeft, UnitOfficerRecorded, UnitStandInRecorded
from services.allocation.roles import OFFICES

_KEY = {"organ": "text", "post": "text", "since": "date"}
OFFICERS = Table("unit_officers", _KEY, {"channel": "text", "person": "text", "until": "date"})
STAND_INS = Table("unit_stand_ins", _KEY, {"channel": "text", "person": "text", "holder": "text", "until": "date"})
TABLES = (OFFICERS, STAND_INS)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    match recorded.event:
        case UnitOfficerRecorded() as e:
            yield OFFICERS.of(e)
        case UnitOfficeLeft() as e:
            yield OFFICERS.put(e.organ, e.post, e.since, until=e.left_on - timedelta(days=1))
        case UnitStandInRecorded() as e:
            yield STAND_INS.of(e, holder=e.holder or "")


_ASKED = {"organ": "单位或领域编号", "post": "职务"}
QUERIES = queries(
    unit_officers=Listing("单位任职登记", OFFICERS, OFFICES, _ASKED, units=("organ", "channel"), reach=WAITING),
    unit_stand_ins=Listing("单位代理登记", STAND_INS, OFFICES, _ASKED, units=("organ", "channel"), reach=WAITING),
)
