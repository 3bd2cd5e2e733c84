"""Measures of cities as read: what was filed and reported, and which pairs inside a city lack a printed kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kernel.asking import Find, Page, Where, cut
from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from kernel.service import Ask, Query
from programmes.readers.swap import MEASURES
from services.allocation.roles import OFFICES
from services.allocation.rules_queries import rules_for
from services.allocation.swap.pair_plan import WITHIN
from services.allocation.swap.support_measure import SupportMeasureFiled, SupportMeasureReported

FILED = Table(
    "support_measures",
    {"programme": "text", "pair": "int", "measure": "text"},
    {
        "city": "text",
        "county": "text",
        "kind": "text",
        "title": "text",
        "text": "text",
        "filed_on": "date",
        "reports": "int",
        "done": "text",
        "reported_on": "date",
    },
)
TABLES = (FILED,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event; the last report is shown, all are counted."""
    on = recorded.occurred_on
    match recorded.event:
        case SupportMeasureFiled() as e:
            yield FILED.of(e, filed_on=on)
        case SupportMeasureReported() as e:
            yield FILED.put(e.programme, e.pair, e.measure, done=e.done, reported_on=on)
            yield FILED.add(e.programme, e.pair, e.measure, reports=1)


def support_lacking(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """Pairs inside one city of the asker's area without a measure of a printed kind, or with one never reported.

    ``unfiled`` names the printed kinds without a measure, ``unreported`` the measures without a report (AL-062).
    """
    programme = ask.params["programme"]
    wanted = rules_for(rows, programme, MEASURES).value(MEASURES)
    where = Where().add("programme = %s and mode = %s", programme, WITHIN).inside(ask.actor, "poor_city")
    pairs = rows(f"select pair, poor_city, poor_area from pairs where {where.text()} order by pair", *where.values)
    filed = rows("select pair, measure, kind, reports from support_measures where programme = %s", programme)
    items = []
    for pair in pairs:
        own = [row for row in filed if row["pair"] == pair["pair"]]
        unfiled = [kind for kind in wanted if kind not in {row["kind"] for row in own}]
        unreported = sorted(row["measure"] for row in own if not row["reports"])
        if unfiled or unreported:
            items.append({"programme": programme, **pair, "unfiled": unfiled, "unreported": unreported})
    return cut(items, ask)


QUERIES = {
    "support_lacking": Query(
        support_lacking, OFFICES, "未报备或未报告扶持措施", {"programme": "方案编号"}, ("programme",)
    ),
    **queries(
        support_measures=Listing(
            "市内扶持措施",
            FILED,
            OFFICES,
            {"programme": "方案编号", "city": "市代码", "pair": "对口序号"},
            areas=("city", "county"),
        )
    ),
}
