"""Attendance and leave: who keeps, signs, seals and approves, and how many days are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Check, Reader
from programmes.readers.words import AT_MOST_WHOLE, NO_TWICE, Kind, Name, Names, Number, Row, Share

Days = Annotated[int, Meta(ge=1, le=31)]
Keeper = Literal["township_committee", "village_party_organisation"]
"""Organs that may keep a register."""
Sealer = Literal["township_committee"]
"""Those of them that seal a month."""
Granter = Literal["township_committee", "host_leader", "county_org"]
"""Who may grant a leave of some length; ``host_leader`` is the person in a post of ``leave.host_leader``."""
Alone = Literal["township_committee", "host_leader"]
"""Those of them that a profile may have grant every leave."""
Filer = Literal["township_committee", "county_org"]
"""Organs with which the approval of a leave may be filed."""


class UpTo(Row, frozen=True):
    """Who grants a leave of at most ``days``, both ends counted; without ``days`` one of any length.

    ``filed`` is the organ that such an approval is filed with beside it.
    """

    organ: Granter
    days: Number | None = None
    filed: Filer | None = None


def _ever_longer(approver: Alone | tuple[UpTo, ...]) -> bool:
    """Whether each band of a list is longer than the one before it and the last has no end."""
    if isinstance(approver, str):
        return True
    bounds = [band.days for band in approver]
    ends = [days for days in bounds[:-1] if days is not None]
    return len(ends) == len(bounds) - 1 and bounds[-1] is None and all(a < b for a, b in pairwise(ends))


def _of_levels(posts: tuple[str, ...]) -> bool:
    return len({post.split("_", 1)[0] for post in posts}) == len(posts)


Post = Annotated[
    str,
    Meta(
        pattern=r"^(province|city|county|township|village)_[a-z][a-z_]{0,80}\Z",
        title="(province|city|county|township|village)_…",
    ),
]
"""A post by the level of its organ: township_party_secretary."""

REGISTRAR = Reader[Annotated[Mapping[Kind, Keeper], Meta(min_length=1)]]("attendance.registrar", "考勤登记")
REGISTRAR_POST = Reader[Annotated[Mapping[Kind, Post], Meta(min_length=1)]](
    "attendance.registrar_post", "考勤登记、登记任职"
)
"""The post of that organ in which its register is kept, by the person recorded; where none is named, by the organ."""
ENTERED_BY = Reader[Annotated[tuple[Filer, ...], Meta(min_length=1)]]("attendance.entered_by", "代录月考勤", NO_TWICE)
"""Organs whose clerks may enter and compile what the registrars of their area keep on paper."""
SEALER = Reader[Sealer]("attendance.sealer", "考勤表盖章")
SIGNER = Reader[Post]("attendance.signer", "考勤表签字、登记任职")
SIGN_IN = Reader[Literal["off", "evidence"]]("attendance.sign_in", "本人签到")
"""Whether a cadre may sign in: never the record, at most evidence beside it."""
OVERNIGHT = Reader[Literal["village", "township"]]("attendance.overnight", "走读迹象")
"""Where nights are to be spent: a night outside of it counts for the pattern of commuting (走读)."""
DAYS_PER_MONTH = Reader[Days]("attendance.days_per_month", "月考勤核定")
DAYS_COUNTED = Reader[Literal["calendar_days", "days_in_village", "working_days"]](
    "attendance.days_counted", "月考勤核定"
)
"""Which of the days on post the number of days a month asks for: those of every day of the week, or of working days."""
PARTIAL_MONTH = Reader[Literal["not_assessed", "prorated"]]("attendance.partial_month", "月考勤核定")
"""How a month is held against the number that the posting did not fill."""
PARTIAL_YEAR = Reader[Literal["served_span", "whole_year"]]("attendance.partial_year", "年度考勤核定")
"""Of which days of the year the share is taken where only a part of it was served."""
DAYS_PER_YEAR = Reader[Annotated[int, Meta(ge=1, le=366)]]("attendance.days_per_year", "年度考勤核定")
"""A number of days a year, whatever its working days."""
YEAR_SHARE = Reader[Share]("attendance.year_share", "年度考勤核定", AT_MOST_WHOLE)

APPROVER = Reader[Alone | Annotated[tuple[UpTo, ...], Meta(min_length=1)]](
    "leave.approver", "准假", Check(_ever_longer, "days 逐项增大，最后一项不写 days")
)
HOST_LEADER = Reader[Annotated[tuple[Post, ...], Meta(min_length=1)]](
    "leave.host_leader", "准假、登记任职", Check(_of_levels, "每级一个职务")
)
"""The post of the principal leader of the unit served in, one a level."""
HALF_DAYS = Reader[bool]("leave.half_days", "请假")
"""Whether a leave may be of half a day."""
DUTY_COUNTS = Reader[bool]("leave.official_duty_counts", "公务外出")
"""Whether a day of official duty outside counts as one on post."""
LEAVE_KINDS = Reader[Names]("leave.kinds", "请假", NO_TWICE)

TARGET = Reader[Literal["signer"]]("accountability.target", "启动问责")
"""Who answers for a certified month: whoever signed its sheet."""
VIOLATIONS = Reader[Names]("accountability.violations", "认定挂名走读等问题", NO_TWICE)
MEASURE = Reader[Name]("accountability.measure", "组织调整决定")
FAULTS = Reader[Names]("accountability.certification_faults", "认定问题", NO_TWICE)
