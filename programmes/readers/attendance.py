"""Attendance and leave: who keeps, signs, seals and approves, and how many days are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.words import AT_MOST_WHOLE, NO_TWICE, Kind, Names, Number, Row, Share

Days = Annotated[int, Meta(ge=1, le=31)]
Keeper = Literal["township_committee", "village_party_organisation", "host_leader"]
"""Organs that may keep a register; ``host_leader`` leads the unit of the host side."""
Sealer = Literal["township_committee", "host_leader"]
"""Those of them that act from the township upwards: only they seal a month and grant leave."""
Granter = Literal["township_committee", "host_leader", "county_org"]
"""Organs that may grant a leave of some length."""


class UpTo(Row, frozen=True):
    """Who grants a leave of at most ``days``, both ends counted; without ``days`` one of any length."""

    organ: Granter
    days: Number | None = None


def _ever_longer(approver: Sealer | tuple[UpTo, ...]) -> bool:
    """Whether each band of a list is longer than the one before it and the last has no end."""
    if isinstance(approver, str):
        return True
    bounds = [band.days for band in approver]
    ends = [days for days in bounds[:-1] if days is not None]
    return len(ends) == len(bounds) - 1 and bounds[-1] is None and all(a < b for a, b in pairwise(ends))


Post = Annotated[
    str,
    Meta(
        pattern=r"^(province|city|county|township|village)_[a-z][a-z_]{0,80}\Z",
        title="(province|city|county|township|village)_…",
    ),
]
"""A post by the level of its organ: township_party_secretary."""

REGISTRAR = Reader[Annotated[Mapping[Kind, Keeper], Meta(min_length=1)]]("attendance.registrar", "考勤登记")
SEALER = Reader[Sealer]("attendance.sealer", "考勤表盖章")
SIGNER = Reader[Post]("attendance.signer", "考勤表签字、登记任职")
DAYS_PER_MONTH = Reader[Days]("attendance.days_per_month", "月考勤核定")
YEAR_SHARE = Reader[Share]("attendance.year_share", "年度考勤核定", AT_MOST_WHOLE)

APPROVER = Reader[Sealer | Annotated[tuple[UpTo, ...], Meta(min_length=1)]](
    "leave.approver", "准假", Check(_ever_longer, "days 逐项增大，最后一项不写 days")
)
LEAVE_KINDS = Reader[Names]("leave.kinds", "请假", NO_TWICE)

FAULTS = Reader[Names]("accountability.certification_faults", "认定问题", NO_TWICE)
