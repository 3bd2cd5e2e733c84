"""What a profile asks while a posting runs: relations, training, insurance, managers, mentor, residence, work team."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.duties import Terms, asking
from programmes.readers.words import NO_TWICE, Count, Months, Name, Names, Number
from programmes.roles import CHANNELS, CITIES, COUNTIES, PROVINCE, TOWNSHIPS, UNITS

HOSTS: Final = CITIES | COUNTIES | TOWNSHIPS
"""Who looks after a cadre at the place."""
SENDERS: Final = CHANNELS | UNITS
"""Who sent the cadre."""
Verbs = Annotated[Mapping[Name, Name], Meta(min_length=1)]

PRE_POST_MOBILISATION = Reader[Terms]("duty.pre_post_mobilisation", "思想动员", asking(PROVINCE))
PRE_POST_TRAINING = Reader[Terms](
    "duty.pre_post_training", "任前业务培训", asking(CITIES, before={"pre_post_mobilisation"})
)
INDUCTION = Reader[Terms]("duty.induction", "任职培训", asking(COUNTIES))
SKILL_TRAINING = Reader[Terms]("duty.skill_training", "政策和技能培训", asking(HOSTS))
PARTY_RELATION = Reader[Terms]("duty.party_relation", "党组织关系转接", asking(SENDERS | TOWNSHIPS))
UNIT_WORK = Reader[Terms]("duty.unit_work", "承担派出单位工作", asking(SENDERS | COUNTIES))
INSURANCE = Reader[Terms]("duty.insurance", "人身意外伤害保险", asking(SENDERS | CITIES, "tiers"))
CHECKUP = Reader[Terms]("duty.checkup", "体检", asking(SENDERS))
MANAGED = Reader[Terms]("duty.managers", "明确管理责任", asking(COUNTIES))
MENTORED = Reader[Terms]("duty.mentor", "结对帮扶", asking(TOWNSHIPS))
RESIDENCE = Reader[Terms]("duty.residence", "驻村居住登记", asking(HOSTS))
BUNDLE = Reader[Terms]("duty.bundle", "捆绑事项登记", asking(SENDERS))
DUTIES_ASSIGNED = Reader[Terms]("duty.duties_assigned", "交办工作", asking(HOSTS))

TOPICS = Reader[Names]("training.topics", "任前业务培训", NO_TWICE)
SUM_INSURED = Reader[Count]("insurance.sum", "市级统一投保")
CHECKUP_MONTHS = Reader[Months]("checkup.months", "体检")
MANAGERS = Reader[Names | Verbs]("management.roles", "明确管理责任")
MENTORS = Reader[Number]("mentor.per_cadre", "结对帮扶")
RESIDENCES = Reader[Names]("residence.kinds", "驻村居住登记", NO_TWICE)
SHARED = Reader[Name]("residence.shared", "驻村居住登记")
BUNDLES = Reader[Names]("bundle.kinds", "捆绑事项登记", NO_TWICE)
DUTY_GROUPS = Reader[Names]("duties.kinds", "交办工作、工作记录标注", NO_TWICE)
HEADCOUNT = Reader[Literal["not_counted"]]("committee.headcount", "村“两委”职数、换届选举")
TEAM_REGISTER = Reader[bool]("team.register", "驻村工作组成员考勤")
REVIEW_MEETINGS = Reader[Number]("report.review_meetings", "季度调度")
REVIEW_TOPICS = Reader[Names]("report.review_topics", "季度调度", NO_TWICE)
