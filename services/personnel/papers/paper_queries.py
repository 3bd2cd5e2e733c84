"""What is known of papers: by document, how many copies there are to be, how many are filed, and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.listing import Listing, queries
from kernel.service import Query
from services.personnel.readers import REACH, READERS

_PAPERS = """
(select p.*, greatest(p.expected - p.filed, 0) as missing, p.expected > 0 and p.filed >= p.expected as complete,
        coalesce((select jsonb_object_agg(c.holder, c.copies) from paper_copies c
                   where c.programme = p.programme and c.document = p.document), '{}') as holders,
        coalesce(n.channel, '') as channel
   from papers p left join nominations n on n.nomination = p.document and n.programme = p.programme) as papers
"""
_MARKS = """
(select m.*, p.kind, p.area, p.counterpart, p.unit, coalesce(n.unit, p.unit) as of_unit,
        coalesce(n.channel, '') as channel
   from paper_marks m join papers p using (programme, document)
   left join nominations n on n.nomination = p.document and n.programme = p.programme) as marks
"""
_ABOUT = {"programme": "方案编号", "document": "材料编号", "kind": "材料种类"}
QUERIES: Mapping[str, Query] = queries(
    papers=Listing(
        "材料份数和归档",
        _PAPERS,
        READERS,
        filters={**_ABOUT, "complete": "true 或 false：应存的份数是否都已归档"},
        columns=(
            *("kind", "person", "area", "counterpart", "version", "expected", "filed", "missing", "complete"),
            *("holders", "recorded_on", "stamped_on"),
        ),
        key=("programme", "document"),
        areas=("area", "counterpart"),
        units=("unit", "channel"),
        reach=REACH,
    ),
    paper_marks=Listing(
        "材料的盖章和签字",
        _MARKS,
        READERS,
        filters=_ABOUT,
        columns=("kind", "post", "stands_in_for", "marked_on"),
        key=("programme", "document", "mark", "version", "organ", "signer"),
        areas=("area", "counterpart"),
        units=("of_unit", "channel"),
        reach=REACH,
    ),
)
