"""What is owed of reserves: the yearly talk, the training once in a span, the township's scheme and roster."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.reserve import ROSTER_DUE, SCHEME_DUE, WITHIN
from programmes.readers.rhythm import TALKS
from programmes.roles import COUNTIES, TOWNSHIPS
from services.personnel.reserves.reserve_projection import STAYS

_SPANS: Final = f"(select stay.*, number from {STAYS} as stay cross join generate_series(0, 9) as number)"
"""The spans of a stay in which its person is to be trained once; none is as long as all of them."""
_FROM: Final = "(s.active_on + make_interval(months => s.number * t.number))::date"
_UNTIL: Final = "((s.active_on + make_interval(months => (s.number + 1) * t.number))::date - 1)"

OBLIGATIONS: Final = (
    Obligation(
        "reserve_talk",
        "乡镇党委书记与后备干部谈心谈话",
        TALKS,
        TOWNSHIPS,
        source=STAYS,
        subject="s.person",
        area="s.village",
        since="s.active_on",
        until="s.ended_on",
        every=TALKS,
        done="select programme, person as subject, make_date(year::int, 1, 1) as day, talked_on as met_on"
        " from reserve_talks where met",
    ),
    Obligation(
        "reserve_training",
        "后备干部集中培训",
        WITHIN,
        COUNTIES,
        source=_SPANS,
        where="s.ended_on is null or s.ended_on > now.day",
        subject="s.person",
        period="'第 ' || (s.number + 1) || ' 期'",
        area="s.village",
        since=_FROM,
        number=WITHIN,
        due=_UNTIL,
        met="(select min(r.met_on) from reserve_trained r where r.programme = s.programme and r.person = s.person"
        f" and r.period = s.number + 1 and r.since = {_FROM})",
    ),
    Obligation(
        "reserve_scheme",
        "报送后备干部工作方案",
        SCHEME_DUE,
        TOWNSHIPS,
        source="(select programme, township, min(announced_on) as since from reserve_announcements"
        " group by programme, township)",
        subject="s.township",
        area="s.township",
        since="s.since",
        on=lambda day: day,
        met="(select min(r.filed_on) from reserve_reports r where r.programme = s.programme"
        " and r.township = s.township and r.report = 'scheme')",
    ),
    Obligation(
        "reserve_roster",
        "报送后备干部名册",
        ROSTER_DUE,
        TOWNSHIPS,
        source="(select programme, left(village, 9) as township, min(entered_on) as since from reserve_entries"
        " group by programme, left(village, 9))",
        subject="s.township",
        area="s.township",
        since="s.since",
        on=lambda day: day,
        met="(select min(r.filed_on) from reserve_reports r where r.programme = s.programme"
        " and r.township = s.township and r.report = 'roster')",
    ),
)
