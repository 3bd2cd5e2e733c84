"""Reviews of the reserves of villages, and the county's rounds over them: how many a period, and in what rhythm."""

from __future__ import annotations

from kernel.reader import Reader
from programmes.readers.rhythm import Rhythm
from programmes.readers.words import Number

TOWNSHIP = Reader[Number]("review.township", "乡镇评议后备干部")
TOWNSHIP_RHYTHM = Reader[Rhythm]("review.township_rhythm", "乡镇评议后备干部期限")
VILLAGE = Reader[Number]("review.village", "村（社区）评定意见")
VILLAGE_RHYTHM = Reader[Rhythm]("review.village_rhythm", "村（社区）评定意见期限")
COUNTY = Reader[Number]("review.county", "半年综合分析研判和检查")
COUNTY_RHYTHM = Reader[Rhythm]("review.county_rhythm", "半年综合分析研判和检查期限")
YEAR_END = Reader[Number]("review.year_end", "年底评议考核")
YEAR_END_RHYTHM = Reader[Rhythm]("review.year_end_rhythm", "年底评议考核期限")
