"""Checks and inspections: how often, by which means, of how many, by whom."""

from __future__ import annotations

from kernel.reader import Reader
from programmes.readers.rhythm import Rhythm
from programmes.readers.words import NO_TWICE, Name, Names, Number

MEANS = Reader[Names]("inspection.means", "检查、督查方式", NO_TWICE)
MANNER = Reader[Names]("inspection.manner", "不打招呼检查", NO_TWICE)
CROSS = Reader[Name]("inspection.cross", "交叉督查")
"""The one of the means by which nobody looks into an area of its own."""
PHONE = Reader[Name]("inspection.phone", "电话查岗")
"""The one of the means that tells the time of a call and whether the cadre was reached."""
OFFICE = Reader[Name]("inspection.office", "督查室督查")
"""A body of the city that inspects beside its organisation department."""
OFFICE_RHYTHM = Reader[Rhythm]("inspection.office_rhythm", "督查室督查期限")
RHYTHM = Reader[Rhythm]("inspection.rhythm", "每月检查、抽查期限")
TOWNSHIP_CHECKS = Reader[Number]("inspection.township_checks", "乡镇每月检查")
COUNTY_SAMPLES = Reader[Number]("inspection.county_samples", "县每月抽查")
SAMPLE_SIZE = Reader[Number]("inspection.sample_size", "县每月抽查")
COUNTIES_PER_LEADER = Reader[Number]("inspection.counties_per_leader", "市委组织部领导承包县")
NOTES = Reader[Names]("management.notes", "日常管理记录", NO_TWICE)
NOTE_RHYTHM = Reader[Rhythm]("management.note_rhythm", "日常管理记录期限")
