"""Questions to the read models: by id only, each asker within the own area, channel or unit.

Pages go by the key of the table: ``next`` of one page is the cursor of the following one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.asking import Find, Page, single
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from services.personnel import duties, obligations
from services.personnel.archive.archive_projection import QUERIES as ARCHIVE
from services.personnel.candidacy.candidacy_queries import QUERIES as CANDIDACY
from services.personnel.care.care_queries import QUERIES as CARE
from services.personnel.ledger.book_queries import QUERIES as LEDGERS
from services.personnel.ledger.form_queries import ROLES, form
from services.personnel.ledger.identity_queries import QUERIES as IDENTITY
from services.personnel.ledger.ledger_queries import MANAGING, ledger
from services.personnel.ledger.named_queries import cadres_named
from services.personnel.ledger.photo_queries import QUERIES as PHOTO
from services.personnel.legs.leg_queries import QUERIES as LEGS
from services.personnel.papers.paper_queries import QUERIES as PAPERS
from services.personnel.persons.looks_queries import QUERIES as LOOKS
from services.personnel.privacy.privacy_queries import QUERIES as PRIVACY
from services.personnel.readers import EVERYWHERE, MANAGERS, PLACELESS, REACH, READERS, SENDERS, TERRITORY
from services.personnel.reserve_care.care_queries import QUERIES as RESERVE_CARE
from services.personnel.reserve_care.sheet_queries import QUERIES as RESERVE_SHEETS
from services.personnel.reserves.reserve_queries import QUERIES as RESERVES
from services.personnel.structure.structure_queries import QUERIES as STRUCTURE


def _listing(
    title: str,
    table: str,
    key: tuple[str, ...],
    columns: tuple[str, ...],
    filters: Mapping[str, str],
    areas: tuple[str, ...] = (),
    units: tuple[str, ...] = (),
    where: str = "true",
) -> Listing:
    """A table paged for those who may read of personnel: where rows have a place it limits who holds an area of it, and
    a manager sees of what has no place yet what is theirs."""
    placed = TERRITORY if areas else frozenset()
    own = (SENDERS if areas else SENDERS | MANAGERS) if units else frozenset()
    return Listing(
        title,
        table,
        EVERYWHERE | placed | own,
        filters,
        key=key,
        columns=columns,
        areas=areas,
        units=units,
        reach=REACH if areas else PLACELESS,
        where=where,
    )


_FIGURES = """
select (select count(*) from postings where programme = %(p)s and status = 'on_post') as on_post,
       (select count(*) from postings where programme = %(p)s) as placed,
       (select count(*) from nominations where programme = %(p)s) as nominations,
       (select count(*) from nominations where programme = %(p)s and status = 'passed') as passed,
       (select count(*) from recalls where programme = %(p)s) as recalls,
       (select count(*) from replacements where programme = %(p)s and due_on is not null) as replacements_due,
       (select count(*) from replacements where programme = %(p)s and due_on is not null
                                            and filled_on is not null) as replacements,
       (select count(*) from legs where programme = %(p)s) as legs,
       (select count(*) from legs where programme = %(p)s and reported_on is not null) as reported,
       (select count(*) from legs where programme = %(p)s and withdrawn_on is not null) as withdrawn,
       (select count(*) from legs where programme = %(p)s and ended_on is not null) as ended,
       (select count(*) from returns where programme = %(p)s) as returns,
       (select count(*) from promotions where programme = %(p)s) as promotions,
       (select count(*) from persons) as persons
"""


def figures(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """The counts of one programme (``persons``: of all programmes) as one item."""
    programme = ask.params["programme"]
    (counted,) = rows(_FIGURES.replace("%(p)s", "%s"), *[programme] * _FIGURES.count("%(p)s"))
    return single(ask, counted)


_PROGRAMME = {"programme": "方案编号"}
_PLACE = {"target": "派驻点代码", "city": "市代码", "county": "县（市、区）代码"}

LISTINGS: Mapping[str, Listing] = {
    "persons": _listing(
        "人员编号",
        "persons",
        ("person",),
        ("synthetic", "known", "identity", "registered_on", "erased_on"),
        {"person": "人员编号", "known": "持有该号码的人员编号", "identity": "open、same 或 other"},
    ),
    "units": _listing(
        "派出单位", "units", ("unit",), ("name", "channel", "level"), {"channel": "领域"}, units=("unit", "channel")
    ),
    "schemes": _listing(
        "选派工作方案", "schemes", ("programme", "channel"), ("title", "filed_on"), _PROGRAMME, units=("channel",)
    ),
    "nominations": _listing(
        "推荐人选",
        "nominations",
        ("programme", "unit", "place", "nomination"),
        ("person", "channel", "kind", "origin", "status", "nominated_on", "checked_on", "conditions", "tags", "copies"),
        {
            **_PROGRAMME,
            "unit": "派出单位",
            "channel": "领域",
            "kind": "township 或 village",
            "status": "状态",
            "person": "人员编号",
        },
        units=("unit", "channel"),
    ),
    "postings": _listing(
        "选派岗位",
        "postings",
        ("posting",),
        (
            *("programme", "person", "unit", "channel", "target", "city", "county", "kind", "role", "tier", "weak"),
            *("status", "items", "placed_on", "appointed_on", "on_post_since", "term_ends", "recalled_on", "ended_on"),
            *("ended_by", "ground", "left_on", "successor", "returned_on"),
        ),
        {**_PROGRAMME, **_PLACE, "status": "状态", "person": "人员编号", "unit": "派出单位", "channel": "领域"},
        areas=("target",),
        units=("unit", "channel"),
    ),
    "recall_cases": _listing(
        "已约谈的召回情形",
        "recall_cases",
        ("recall_case",),
        ("posting", "target", "cause", "noted_on"),
        {"posting": "选派岗位"},
        areas=("target",),
    ),
    "recalls": _listing(
        "召回",
        "recalls",
        ("posting",),
        ("programme", "person", "unit", "target", "recall_case", "cause", "recalled_on"),
        _PROGRAMME,
        areas=("target",),
        units=("unit",),
    ),
    "replacements": _listing(
        "调换",
        "replacements",
        ("posting",),
        ("programme", "unit", "channel", "target", "kind", "due_on", "successor", "filled_on"),
        _PROGRAMME,
        areas=("target",),
        units=("unit", "channel"),
        where="due_on is not null",
    ),
    "returns": _listing(
        "返回原单位",
        "returns",
        ("source",),
        ("programme", "person", "unit", "target", "sending", "host", "returned_on"),
        _PROGRAMME,
        areas=("target", "sending", "host"),
        units=("unit",),
    ),
    "legs": _listing(
        "互派人选",
        "legs",
        ("leg",),
        (
            *("programme", "pair", "direction", "level", "seat", "person", "sending", "host", "status", "post"),
            *("substitute", "late", "submission", "nominated_on", "reported_on", "appointed_on", "term_from"),
            *("term_ends", "withdrawn_on", "ended_on", "returned_on", "assessment"),
        ),
        {
            **_PROGRAMME,
            "pair": "对口序号",
            "sending_city": "派出市",
            "host_city": "接收市",
            "status": "状态",
            "level": "层级",
        },
        areas=("sending", "host"),
    ),
    "submissions": _listing(
        "人选报送",
        "submissions",
        ("submission",),
        ("programme", "city", "legs", "copies", "recipient", "discussed_on", "discussion", "submitted_on", "late"),
        {**_PROGRAMME, "city": "市代码"},
        areas=("city",),
    ),
    "archive": _listing(
        "本人档案",
        "archive",
        ("person", "document"),
        ("programme", "leg", "kind", "organ", "sending", "host", "filed_on", "withdrawn_on"),
        {**_PROGRAMME, "person": "人员编号"},
        areas=("sending",),
    ),
    "posted_promotions": _listing(
        "选派干部提拔使用",
        "posted_promotions",
        ("posting",),
        ("programme", "person", "unit", "target", "result", "preferred", "equal", "post", "promoted_on"),
        _PROGRAMME,
        areas=("target",),
    ),
    "promotions": _listing(
        "提拔",
        "promotions",
        ("leg",),
        ("programme", "person", "sending", "host", "grounds", "evaluation", "post", "promoted_on"),
        _PROGRAMME,
        areas=("sending",),
    ),
}

QUERIES: Mapping[str, Query] = {
    **queries(**LISTINGS),
    **obligations.QUERIES,
    **PRIVACY,
    **IDENTITY,
    **LOOKS,
    **LEDGERS,
    **CANDIDACY,
    **PAPERS,
    **ARCHIVE,
    **PHOTO,
    **STRUCTURE,
    **LEGS,
    **duties.QUERIES,
    **CARE,
    **RESERVES,
    **RESERVE_CARE,
    **RESERVE_SHEETS,
    "figures": Query(figures, READERS, "方案各项数字", _PROGRAMME, ("programme",)),
    "form": Query(
        form,
        ROLES,
        "选派干部登记表",
        {"nomination": "推荐编号", "as_of": "事实日期，缺省为现在"},
        ("nomination",),
        discloses=True,
    ),
    "cadres_named": Query(
        cadres_named,
        MANAGING,
        "按姓名查找在岗干部",
        {
            "name": "姓名或其中几个字",
            **_PROGRAMME,
            "city": "市代码",
            "county": "县（市、区）代码",
            "unit": "派出单位",
        },
        ("name",),
        discloses=True,
    ),
    "ledger": Query(
        ledger,
        READERS,
        "选派干部工作台账",
        {**_PROGRAMME, "city": "市代码", "county": "县（市、区）代码", "kind": "township 或 village"},
        discloses=True,
    ),
}
