"""A month of a place on one sheet: every register that ran in it, with its days, its leaves and how far its sheet is.

Invariant: it says of a register what the questions for days, leaves and sheets say of it, to the same people.
"""

from __future__ import annotations

from typing import Any, Final

from kernel.asking import Find, Page, Where, day, page
from kernel.refusals import FIELD_TYPE
from kernel.service import Ask
from services.attendance.readers import OWN
from services.attendance.register.days import span

PHASE: Final = """
    case when sealed_on <= %s then 'sealed' when signed_on <= %s then 'signed'
         when replaces > 0 then 'corrected' else 'compiled' end
"""
"""How far a sheet had come on a day, which is given twice."""
_GRID: Final = f"""
    select r.posting, r.programme, r.target, r.person, r.kind, r.unit, r.opened_on, r.closed_on,
           coalesce((select json_agg(d.day order by d.day) from days_on_post d
                     where d.posting = r.posting and d.month = %s), '[]') as days,
           coalesce((select json_agg(json_build_array(l.leave, l.first_day, l.granted_until, l.last_day, l.decision)
                                     order by l.first_day, l.leave) from leaves l
                     where l.posting = r.posting and l.first_day <= %s and l.last_day >= %s), '[]') as leaves,
           coalesce((select {PHASE} from sheets s where s.posting = r.posting and month = %s and compiled_on <= %s
                     order by version desc limit 1), 'open') as phase
      from registers r
     where r.opened_on <= %s and (r.closed_on is null or r.closed_on >= %s) and r.kind <> 'secondment'
"""


def month_grid(rows: Find, ask: Ask, tools: Any) -> Page:
    """The registers of a month with ``days`` (dates), ``leaves`` ([leave, first, granted until, last, decision]) and
    ``phase`` (open, compiled, signed, sealed, corrected)."""
    month = ask.params["month"]
    try:
        first, last = span(month)
    except ValueError:
        raise FIELD_TYPE(field="month", wanted="年月", accepted="YYYY-MM") from None
    as_of = day(ask)
    where = Where().reach(ask.actor, OWN, ("target",), ()).under(ask, "area", "target")
    given = (month, last, first, as_of, as_of, month, as_of, last, first)
    return page(rows, ask, f"({_GRID}) as grid", where, ("target", "posting"), *given)
