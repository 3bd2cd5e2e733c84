"""What is owed of checks: the township's and the county's each month, the office's, leaders for counties, notes.

Source: 晋组通字〔2015〕41号 五.4; the Jinzhou measures 一.3. A month without a check is overdue on the first day of
the next (AT-022).
"""

from __future__ import annotations

from typing import Final

from programmes.obligation import Obligation
from programmes.readers import inspection
from programmes.roles import CITIES, COUNTIES, TOWNSHIPS

_PLACES: Final = """(
select programme, left(target, {0}) as area, min(opened_on) as since,
       case when bool_and(closed_on is not null) then max(closed_on) end as until
  from registers where kind <> 'secondment' group by 1, 2
)"""
_CHECKED: Final = """
select programme, left(area, {1}) as subject, done_on as day, done_on as met_on
  from checks_done where level = '{0}'
"""
_OFFICE: Final = """
select programme, inspector as subject, done_on as day, done_on as met_on from inspections where body <> ''
"""
_NOTED: Final = """
select r.programme, n.posting as subject, n.done_on as day, n.done_on as met_on
  from management_notes n join registers r using (posting) where n.level = '{}'
"""

_TAKEN: Final = """(
select min(a.assigned_on)
  from (select distinct on (programme, city, leader) * from inspection_areas where assigned_on <= now.day
         order by programme, city, leader, assigned_on desc) a
 where a.programme = s.programme and a.counties @> to_jsonb(s.area)
)"""

OBLIGATIONS: Final = (
    Obligation(
        "township_check",
        "乡镇每月检查到岗",
        inspection.TOWNSHIP_CHECKS,
        TOWNSHIPS,
        source=_PLACES.format(9),
        subject="s.area",
        area="s.area",
        since="s.since",
        until="s.until",
        every=inspection.RHYTHM,
        times=inspection.TOWNSHIP_CHECKS,
        done=_CHECKED.format("township", 9),
    ),
    Obligation(
        "county_check",
        "县每月抽查到岗",
        inspection.COUNTY_SAMPLES,
        COUNTIES,
        source=_PLACES.format(6),
        subject="s.area",
        area="s.area",
        since="s.since",
        until="s.until",
        every=inspection.RHYTHM,
        times=inspection.COUNTY_SAMPLES,
        done=_CHECKED.format("county", 6),
    ),
    Obligation(
        "county_taken",
        "市委组织部领导承包县（市、区）",
        inspection.COUNTIES_PER_LEADER,
        CITIES,
        source=_PLACES.format(6),
        where="(s.until is null or s.until >= now.day)",
        subject="s.area",
        area="s.area",
        since="s.since",
        met=_TAKEN,
    ),
    Obligation(
        "office_inspection",
        "督查室定期督查",
        inspection.OFFICE,
        CITIES,
        source=_PLACES.format(4),
        subject="s.area",
        area="s.area",
        since="s.since",
        until="s.until",
        every=inspection.OFFICE_RHYTHM,
        done=_OFFICE,
    ),
    *(
        Obligation(
            f"{level}_note",
            f"{title}日常管理记录",
            inspection.NOTES,
            roles,
            source="registers",
            where="s.kind <> 'secondment'",
            subject="s.posting",
            area="s.target",
            since="s.opened_on",
            until="s.closed_on",
            every=inspection.NOTE_RHYTHM,
            done=_NOTED.format(level),
        )
        for level, title, roles in (("county", "县", COUNTIES), ("township", "乡镇", TOWNSHIPS))
    ),
)
