"""What is owed of the posts of a swap: the province proposes one for each person on the fixed list, the receiving city
agrees (AL-057).

Source: 辽组通字〔2002〕13号 二. No last day is printed.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from programmes.obligation import Obligation
from programmes.readers.swap import AGREED_BY
from programmes.roles import CITIES, PROVINCE

_LISTED: Final = """(
select p.*, greatest(l.fixed_on, p.named_on) as listed_on
  from swap_places p join pairs q using (programme, pair)
  join swap_lists l on l.programme = p.programme and l.batch = q.batch
)"""
_owed = partial(
    Obligation,
    source=_LISTED,
    where="s.lost_on is null or s.lost_on > now.day",
    subject="s.leg",
    area="s.host",
    due="null::date",
)

OBLIGATIONS: Final = (
    _owed("swap_post_proposed", "提出挂职岗位", AGREED_BY, PROVINCE, since="s.listed_on", met="s.proposed_on"),
    _owed("swap_post_agreed", "同意挂职岗位", AGREED_BY, CITIES, since="s.proposed_on", met="s.agreed_on"),
)
