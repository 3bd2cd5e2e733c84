"""What cadres write down and where they must be: logs, diaries, occasions."""

from __future__ import annotations

from kernel.reader import Reader
from programmes.readers.words import NO_TWICE, Names

LOG = Reader[Names]("log.contents", "工作日志", NO_TWICE)
DIARIES = Reader[Names]("diary.kinds", "民情日记、工作台账", NO_TWICE)
INCIDENTS = Reader[Names]("incident.times", "群体性事件直报", NO_TWICE)
OCCASIONS = Reader[Names]("attendance.occasions", "五必到", NO_TWICE)
