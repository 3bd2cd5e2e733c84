"""Questions about summaries: what was filed, and which recipient of whose summary still waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.listing import Listing, queries
from kernel.service import Query
from services.evaluation.readers import AREA, PROGRAMME, READERS

OWED: Final = """(
    select c.programme, w.subject, c.recipient, w.person, w.area, w.sending, w.host, w.gone_on, c.called_on, c.due,
        f.filed_on, coalesce(f.late, false) as late
    from summary_calls c
    join (
        select programme, subject, '' as person, area, sending, host, null::date as gone_on from summary_places
        union all
        select programme, leg, person, sending, left(sending, 4), left(host, 4), replaced_on from secondments
    ) as w using (programme)
    left join summaries f on f.programme = c.programme and f.subject = w.subject and f.recipient = c.recipient
    where not (w.sending = w.host and c.recipient = 'receiving_city_org')
)"""
"""Each copy that is owed; inside one city the receiving department is the sending one."""

SIDES = ("sending", "host")

QUERIES: Mapping[str, Query] = queries(
    summaries=Listing(
        "已报送总结", "summaries", READERS, PROGRAMME, AREA, key=("programme", "subject", "recipient"), areas=SIDES
    ),
    summary_places=Listing(
        "集体总结单位", "summary_places", READERS, PROGRAMME, AREA, key=("programme", "subject"), areas=SIDES
    ),
    summaries_missing=Listing(
        "未报送总结",
        f"{OWED} as owed",
        READERS,
        PROGRAMME,
        AREA,
        key=("programme", "subject", "recipient"),
        areas=SIDES,
        dated=("(filed_on is null or filed_on > %s)", "(gone_on is null or gone_on > %s)"),
    ),
)
