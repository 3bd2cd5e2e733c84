"""What a notice asks of the unit that stands behind a cadre. Where no interval is printed it is a setting."""

from __future__ import annotations

from kernel.reader import Reader
from programmes.readers.rhythm import Rhythm
from programmes.readers.words import NO_TWICE, Days, Names

HEARINGS = Reader[Rhythm]("sender.hearing_rhythm", "派出单位听取工作汇报")
VISITS = Reader[Rhythm]("sender.visit_rhythm", "派出单位到村调研")
MEETINGS = Reader[Rhythm]("sender.meeting_rhythm", "派出单位研究部署、解决问题")
REVIEW = Reader[Rhythm]("sender.secretary_review", "书记抓基层党建述职评议考核内容")

DIFFICULTIES = Reader[Names]("difficulty.kinds", "协调解决困难", NO_TWICE)

PLAN_DAYS = Reader[Days]("assistance.plan_days", "村帮扶方案")
HOUSEHOLDS = Reader[Rhythm]("assistance.households_rhythm", "贫困户识别和建档立卡")
