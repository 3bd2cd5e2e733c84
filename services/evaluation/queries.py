"""Questions evaluation answers, as of a date of fact where one is given.

Invariant: what had not happened by that day is not in the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, Where, day, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from programmes import managed
from services.evaluation import obligations
from services.evaluation.assistance import assistance_queries
from services.evaluation.ballots import ballots_queries
from services.evaluation.difficulties import difficulties_queries
from services.evaluation.dossier import dossier_queries
from services.evaluation.grades import grades_queries
from services.evaluation.honours import honours_queries
from services.evaluation.outcomes import outcomes_queries
from services.evaluation.readers import AREA, POSTING, PROGRAMME, READERS
from services.evaluation.reserves import reserves_queries
from services.evaluation.schemes import scheme_queries
from services.evaluation.senders import review_queries, senders_queries
from services.evaluation.summaries import summaries_queries
from services.evaluation.works import works_queries

AS_OF = {"as_of": "事实日期，缺省为全部"}
TRIGGER = {"trigger": "T1、T2 或 T3"}

TRIGGERS = """(
    select d.*, c.person, c.started_on, c.stopped_on, v.delisted_on from dues d
    join clocks c using (posting) left join villages v on v.programme = c.programme and v.target = c.target
) as found"""

CASES = '(select *, recall_case as "case" from cases) as found'


def clocks(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The recall clocks; with ``as_of`` those that ran on that day."""
    where = _in_area(ask).equal(ask, "posting")
    if ask.params.get("as_of"):
        as_of = day(ask)
        where.add("started_on <= %s and (stopped_on is null or stopped_on > %s)", as_of, as_of)
    return page(rows, ask, "clocks", where, ("posting",))


def triggers(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """What each clock waits for and by when; with ``as_of`` those whose day has come."""
    where = _in_area(ask).equal(ask, "posting", "trigger")
    if ask.params.get("as_of"):
        where.add("due <= %s", day(ask))
    return page(rows, ask, TRIGGERS, where, ("posting", "requires"))


def _in_area(ask: Ask) -> Where:
    return Where().inside(ask.actor, "target").under(ask, "area", "target")


BOTH_SIDES = ("sending", "host")

QUERIES: Mapping[str, Query] = {
    **managed.QUERY,
    **obligations.QUERIES,
    **scheme_queries.QUERIES,
    **ballots_queries.QUERIES,
    **grades_queries.QUERIES,
    **summaries_queries.QUERIES,
    **honours_queries.QUERIES,
    **reserves_queries.QUERIES,
    **works_queries.QUERIES,
    **senders_queries.QUERIES,
    **review_queries.QUERIES,
    **assistance_queries.QUERIES,
    **difficulties_queries.QUERIES,
    **dossier_queries.QUERIES,
    **outcomes_queries.QUERIES,
    "clocks": Query(clocks, READERS, "召回期限", {**POSTING, **AREA, **AS_OF}),
    "triggers": Query(triggers, READERS, "期限要求", {**POSTING, **TRIGGER, **AREA, **AS_OF}),
    **queries(
        cases=Listing(
            "召回案件",
            CASES,
            READERS,
            {**POSTING, **TRIGGER},
            AREA,
            key=("recall_case",),
            areas=("target",),
            dated=("raised_on <= %s",),
        ),
        recalls=Listing(
            "已召回", CASES, READERS, {}, AREA, key=("recall_case",), areas=("target",), dated=("recalled_on <= %s",)
        ),
        delistings=Listing(
            "摘帽村",
            "villages",
            READERS,
            PROGRAMME,
            AREA,
            key=("programme", "target"),
            areas=("target",),
            dated=("delisted_on <= %s",),
        ),
        sanctions=Listing(
            "批评教育和不良后果",
            "sanctions",
            READERS,
            {"programme": "方案编号", **POSTING, "step": "步骤"},
            AREA,
            key=("position",),
            areas=("target",),
            dated=("taken_on <= %s",),
        ),
        ideas=Listing(
            "发展思路与增收渠道",
            "acceptances",
            READERS,
            {**POSTING, "what": "认定事项"},
            AREA,
            key=("position",),
            areas=("target",),
            dated=("accepted_on <= %s",),
        ),
        quarter_reviews=Listing(
            "季度调度",
            "quarter_reviews",
            READERS,
            {"programme": "方案编号", "quarter": "季度，如 2018-Q3"},
            AREA,
            key=("programme", "county", "quarter", "number"),
            areas=("county",),
            dated=("held_on <= %s",),
        ),
        secondments=Listing(
            "挂职锻炼", "secondments", READERS, {"leg": "挂职编号"}, AREA, key=("leg",), areas=BOTH_SIDES
        ),
        host_statements=Listing(
            "接收方意见",
            "host_statements",
            READERS,
            {"leg": "挂职编号"},
            AREA,
            key=("leg", "host_organ"),
            areas=BOTH_SIDES,
            dated=("given_on <= %s",),
        ),
        assessments_due=Listing(
            "应考核未考核",
            "secondments",
            READERS,
            {},
            AREA,
            key=("leg",),
            areas=BOTH_SIDES,
            dated=(
                "due <= %s",
                "(assessed_on is null or assessed_on > %s)",
                "(replaced_on is null or replaced_on > %s)",
            ),
        ),
    ),
}
