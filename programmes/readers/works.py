"""What a notice asks of a cadre's own work: plans, reports and summaries, projects, and shares of a park's revenue."""

from __future__ import annotations

from typing import Literal

from kernel.reader import Reader
from programmes.readers.rhythm import Rhythm
from programmes.readers.words import AT_MOST_WHOLE, NO_TWICE, Count, Name, Names, Number, Share

THREE_YEAR = Reader[Number]("plan.three_year", "三年工作规划")
YEARLY = Reader[Number]("plan.yearly", "年度工作计划")
YEARLY_RHYTHM = Reader[Rhythm]("plan.yearly_rhythm", "年度工作计划期限")
PLAN_PARTS = Reader[Names]("plan.parts", "规划和计划的内容", NO_TWICE)

PROGRESS = Reader[Number]("report.progress", "季度工作报告")
SUMMARY = Reader[Number]("report.summary", "半年工作总结")
SUMMARY_RHYTHM = Reader[Rhythm]("report.summary_rhythm", "半年工作总结期限")
RECIPIENTS = Reader[Names]("report.summary_recipients", "半年工作总结", NO_TWICE)

PROJECTS = Reader[Number]("project.per_cadre_year", "发展项目")
PROJECT_RHYTHM = Reader[Rhythm]("project.rhythm", "发展项目期限")
BOARD = Reader[Name]("project.publicity", "发展项目公示")

VILLAGE_SHARE = Reader[Share]("park.revenue_share_village", "产业园收益分配", AT_MOST_WHOLE)
ODD_FEN = Reader[Literal["village"]]("park.odd_fen_to", "产业园收益分配")

MEDIA = Reader[Count]("results.media", "宣传报道")
INCOME = Reader[Number]("results.income_yuan", "村集体年收入")
