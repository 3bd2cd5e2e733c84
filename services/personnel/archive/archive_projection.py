"""The personal archive as it is listed: papers of postings and reserves here, those of legs beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.listing import Listing, queries
from kernel.projection import Op, Table
from kernel.service import Query
from services.personnel.archive.archive import ArchivePaperFiled, ArchivePaperWithdrawn
from services.personnel.readers import REACH, READERS

PAPERS = Table(
    "archive_papers",
    {"subject": "text", "document": "text"},
    {
        **dict.fromkeys(("programme", "person", "area", "unit", "kind", "organ", "reason"), "text"),
        **dict.fromkeys(("filed_on", "withdrawn_on"), "date"),
    },
    (("person",),),
)
TABLES = (PAPERS,)


def _filed(e: ArchivePaperFiled) -> Iterable[Op]:
    yield PAPERS.of(e, reason="", filed_on=e.occurred_on, withdrawn_on=None)


def _withdrawn(e: ArchivePaperWithdrawn) -> Iterable[Op]:
    yield PAPERS.put(e.subject, e.document, reason=e.reason, withdrawn_on=e.occurred_on)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    ArchivePaperFiled: _filed,
    ArchivePaperWithdrawn: _withdrawn,
}
_ALL = """
(select a.programme, a.person, a.subject, a.document, a.kind, a.organ, a.reason, a.filed_on, a.withdrawn_on,
        a.area, '' as host, a.unit, coalesce(u.channel, '') as channel
   from archive_papers a left join units u on u.unit = a.unit
 union all
 select l.programme, l.person, l.leg, l.document, l.kind, l.organ, '', l.filed_on, l.withdrawn_on,
        l.sending, l.host, '', ''
   from archive l) as papers
"""
QUERIES: Mapping[str, Query] = queries(
    personal_archive=Listing(
        "个人档案材料",
        _ALL,
        READERS,
        filters={"programme": "方案编号", "person": "人员编号", "subject": "派驻、后备干部或互派人选编号"},
        columns=("programme", "kind", "organ", "area", "filed_on", "withdrawn_on", "reason"),
        key=("person", "subject", "document"),
        areas=("area",),
        units=("unit", "channel"),
        reach=REACH,
    ),
)
