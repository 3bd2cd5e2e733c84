"""What is owed for reserves: reviews and opinions each quarter, the county's rounds each half-year and year.

Source: 青委组〔2017〕57号 二（三）.2, 三（二） and 附件2 (EV-050 to EV-052).
"""

from __future__ import annotations

from functools import partial
from typing import Final

from programmes.obligation import Obligation, first_day
from programmes.readers import review
from programmes.roles import COUNTIES, TOWNSHIPS, VILLAGES

_GIVEN: Final = f"""
select programme, programme || '.' || person as subject, {first_day("quarter")} as day, min(given_on) as met_on
  from reserve_reviews where level = '{{}}' group by 1, 2, 3
"""
_ROUND: Final = f"""
select programme, area as subject, {first_day("period")} as day, min(done_on) as met_on
  from reserve_rounds where kind = '{{}}' group by 1, 2, 3
"""
_PLACES: Final = """(
select programme, left(village, {}) as area, min(since) as since,
       case when bool_and(over is not null) then max(over) end as until
  from reserve_standings group by 1, 2
)"""

_given = partial(
    Obligation,
    source="reserve_standings",
    subject="s.programme || '.' || s.person",
    area="s.village",
    since="s.since",
    until="s.over",
)
_round = partial(Obligation, by=COUNTIES, subject="s.area", area="s.area", since="s.since", until="s.until")

OBLIGATIONS: Final = (
    _given(
        "reserve_review",
        "乡镇评议后备干部",
        review.TOWNSHIP,
        TOWNSHIPS,
        every=review.TOWNSHIP_RHYTHM,
        done=_GIVEN.format("township"),
    ),
    _given(
        "reserve_opinion",
        "填写村（社区）评定意见",
        review.VILLAGE,
        VILLAGES,
        every=review.VILLAGE_RHYTHM,
        done=_GIVEN.format("village"),
    ),
    _round(
        "reserve_analysis",
        "后备干部半年综合分析研判",
        review.COUNTY,
        source=_PLACES.format(6),
        every=review.COUNTY_RHYTHM,
        done=_ROUND.format("analysis"),
    ),
    _round(
        "township_inspection",
        "检查乡镇后备干部工作",
        review.COUNTY,
        source=_PLACES.format(9),
        every=review.COUNTY_RHYTHM,
        done=_ROUND.format("inspection"),
    ),
    _round(
        "township_appraisal",
        "年底评议考核乡镇后备干部工作",
        review.YEAR_END,
        source=_PLACES.format(9),
        every=review.YEAR_END_RHYTHM,
        done=_ROUND.format("appraisal"),
    ),
)
