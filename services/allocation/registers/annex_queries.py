"""The register of missing texts: annexes that a notice names and that are not at hand, or not whole (X-024).

Invariant: two printed titles of one form are one form; each entry says by which id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kernel.asking import Find, Page, Where, cut
from kernel.service import Ask, Query
from programmes.aliases import canonical
from services.allocation.roles import EVERYONE

WHOLE: Final = "whole"
_NAMED: Final = """
select n.notice, n.number, n.scope, a.annex from notices n, jsonb_array_elements(n.annexes) as a(annex)
 where {where} order by n.notice, (a.annex ->> 'no')::int
"""


def missing_annexes(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The annexes of registered notices that are not whole: {notice, no, title, form, text}.

    ``title`` finds the form by whichever of its printed titles.
    """
    where = Where().equal(ask, notice="n.notice")
    wanted = ask.params.get("title")
    named = rows(_NAMED.format(where=where.text()), *where.values)
    found = [{"notice": row["notice"], **row["annex"], "form": form_of(row["annex"]["title"])} for row in named]
    lacking = [one for one in found if one["text"] != WHOLE]
    return cut([one for one in lacking if not wanted or one["form"] == form_of(wanted)], ask)


def form_of(title: str) -> str:
    """The id of the form with this printed title: its first title where it has several (X-024)."""
    return canonical("form", title) or title


QUERIES: Mapping[str, Query] = {
    "missing_annexes": Query(
        missing_annexes, EVERYONE, "缺文登记", {"notice": "通知编号", "title": "附件标题，任一印发的标题"}
    )
}
