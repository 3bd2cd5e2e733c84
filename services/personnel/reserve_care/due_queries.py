"""What is owed of reserves: the yearly talk of the township's secretary with each."""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers.reserve import ROSTER_DUE, SCHEME_DUE
from programmes.readers.rhythm import TALKS
from programmes.roles import TOWNSHIPS
from services.personnel.reserves.reserve_projection import STAYS

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
