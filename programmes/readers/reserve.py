"""The pool of reserve cadres: how one is chosen, removed and used, who may be one, and what care is due.

The three procedures are read here with the acts that personnel knows of them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from kernel.reader import Check, Reader
from programmes.readers.nomination import Fields
from programmes.readers.procedure import Sees, Steps, of_acts
from programmes.readers.words import NO_TWICE, Count, Months, Names, Number, Role, Row


class Band(Row, frozen=True):
    """Years, both ends included."""

    since: Number = field(name="from")
    to: Number


Schooling = Literal["lower_secondary", "upper_secondary", "college", "bachelor"]
Training = Literal["concentrated", "degree", "skill", "outside_county"]
LibraryLevel = Literal["county", "township", "village"]
Levels = Annotated[tuple[LibraryLevel, ...], Meta(min_length=1)]


SELECTION = Reader[Steps](
    "procedure.reserve",
    "后备干部选拔",
    *of_acts(
        *("announce", "recommend", "qualify", "attest", "evaluate", "select", "publicise", "inspect"),
        *("determine", "activate"),
        sees=Sees("village home township"),
        other={"announce": Sees("township")},
        marks=("attest",),
    ),
)
REMOVAL = Reader[Steps](
    "procedure.reserve_removal",
    "后备干部调整",
    *of_acts("propose", "approve", "file", "remove", sees=Sees("village home township")),
)
USE = Reader[Steps](
    "procedure.reserve_use",
    "后备干部使用",
    *of_acts("propose", "approve", "file", "publicise", "appoint", sees=Sees("village home township target")),
)

SCHEME_DUE = Reader[date]("scheme.deadline", "报送工作方案")
ROSTER_DUE = Reader[date]("roster.deadline", "报送后备干部名册")
CARD = Reader[Fields]("record.fields", "登记后备干部基本情况")
ROSTER = Reader[Fields]("roster.columns", "后备干部名册")
VILLAGE_POOLS = Reader[Names]("reserve.village_pools", "登记后备干部基本情况", NO_TWICE)
COMMUNITY_POOLS = Reader[Names]("reserve.community_pools", "登记后备干部基本情况", NO_TWICE)
AGE_BAND = Reader[Band](
    "reserve.age_band", "后备人选资格审查", Check(lambda band: band.since <= band.to, "from 不大于 to")
)
SCHOOLING = Reader[Schooling]("reserve.education_min", "后备人选资格审查")
GROUPS = Reader[Names]("reserve.evaluation_groups", "党员群众评选", NO_TWICE)
GROUNDS = Reader[Names]("reserve.removal_grounds", "后备干部调整", NO_TWICE)
OPINIONS = Reader[Names]("reserve.opinions", "后备干部使用", NO_TWICE)
ELECTED = Reader[Names]("reserve.elected_posts", "后备干部使用", NO_TWICE)
VACANCY_ORDER = Reader[Levels]("reserve.vacancy_order", "班子职位出缺", NO_TWICE)

HELPERS = Reader[Number]("reserve.helpers", "后备干部结对帮带")
HELPER_GROUPS = Reader[Names]("reserve.helper_groups", "后备干部结对帮带", NO_TWICE)
HELPER_TALKS = Reader[Months]("reserve.helper_talk_months", "后备干部结对帮带")
TALKS = Reader[Number]("reserve.talks", "后备干部谈心谈话")
MEETINGS = Reader[Names]("reserve.meetings", "后备干部列席会议", NO_TWICE)
PRACTICE = Reader[Names]("reserve.practice", "后备干部实践锻炼", NO_TWICE)
HEADSHIPS = Reader[Names]("reserve.headships", "后备干部任负责人", NO_TWICE)
FRONT_LINE = Reader[Names]("reserve.front_line", "后备干部一线锻炼", NO_TWICE)
HONOURS = Reader[Names]("reserve.honours", "后备干部评先评优", NO_TWICE)
LIBRARY = Reader[Levels]("reserve.library_levels", "后备干部建库管理", NO_TWICE)

TRAINING_KINDS = Reader[Annotated[tuple[Training, ...], Meta(min_length=1)]]("training.kinds", "后备干部培训", NO_TWICE)
TRAINING_PLANNER = Reader[Role]("training.planned_by", "后备干部培训计划")
SESSION_DAYS = Reader[Number]("training.session_days", "后备干部培训")
SESSIONS = Reader[Number]("training.sessions", "后备干部培训")
WITHIN = Reader[Months]("training.within_months", "后备干部培训")
LOST_WORK = Reader[Count]("allowance.lost_work", "后备干部误工补助")
