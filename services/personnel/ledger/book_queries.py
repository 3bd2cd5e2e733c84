"""What the ledgers of cities say: with names for who manages the cadres, as figures, and held against the register.

Invariant: the statistics are counted from the very rows of the ledger, so the two never differ (X-021); the columns of
ledger and statistics are assumed, since both forms are lost. Source: 晋组通字〔2015〕41号 五.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from kernel.asking import Find, Page, Where, cut, page
from kernel.listing import Listing, queries
from kernel.service import Ask, Query
from programmes.roles import PROVINCE
from programmes.roster import CHOICES, word
from programmes.villages import printed
from services.personnel.ledger.ledger_projection import LEDGERS, ROWS, SUBMITTED
from services.personnel.ledger.ledger_queries import LATEST_FORM, MANAGING, ledger, personal
from services.personnel.ledger.sheet_plans import term
from services.personnel.readers import EVERYWHERE, MANAGERS, PLACELESS, REACH, SENDERS

_PROGRAMME: Final = {"programme": "方案编号"}
_AREA: Final = {"city": "市代码", "county": "县（市、区）代码"}
TIERS, KINDS = tuple(CHOICES["tier"]), tuple(CHOICES["village_kind"])
_BOOK = f"""
select r.*, o.unit, u.name as unit_name, s.sealed as personal, coalesce(n.sealed, '') as form,
       row_number() over (order by r.county, r.target, r.posting) as row_no
  from ledger_rows r join postings o on o.posting = r.posting
  left join units u on u.unit = o.unit
  left join persons s on s.person = r.person
  left join {LATEST_FORM.format("r")} n on true
"""
_COUNTS = ", ".join(
    f"count(*) filter (where {column} = '{one}') as {column}_{one}"
    for column, kinds in (("tier", TIERS), ("village_kind", KINDS))
    for one in kinds
)
# A village had somebody and has nobody now: its place is open, and the ledger owes no row.
_CHECKED = """
select v.programme, v.target, v.city, v.county, '' as posting, 'missing' as finding from village_kinds v
 where v.kind <> 'neither'
   and not exists (select from ledger_rows r where r.programme = v.programme and r.target = v.target)
   and (not exists (select from postings o where o.programme = v.programme and o.target = v.target)
        or exists (select from postings o where o.programme = v.programme and o.target = v.target
                      and o.status in ('placed', 'in_transfer', 'on_post')))
 union all
select r.programme, r.target, r.city, r.county, r.posting, 'not_on_post'
  from ledger_rows r join postings o on o.posting = r.posting where o.status <> 'on_post'
"""


def city_ledger(rows: Find, ask: Ask, tools: Mapping[str, Any], purpose: str = "city_ledger") -> Page:
    """One page of the rows the counties wrote, in the columns of the ledger and the ids behind them."""
    where = Where().reach(ask.actor, REACH, ("r.target",), ("o.unit",))
    where.equal(ask, programme="r.programme", city="r.city", county="r.county")
    found = page(
        rows,
        ask,
        f"({_BOOK} where {where.text()}) as numbered",
        Where(),
        ("county", "target", "posting"),
        *where.values,
    )
    people = personal(rows, ask, found["items"], tools, purpose)
    return {
        **found,
        "items": [
            {
                **{name: row[name] for name in ("row_no", "posting", "person", "target", "remark", "returned")},
                "host_county": printed(row["county"]),
                "host_village": printed(row["target"]),
                "host_post": row["role"],
                **{name: person[name] for name in ("name", "mobile")},
                "unit_and_post": person.get("post") or row["unit_name"] or row["unit"],
                "term": term(row["months"]),
                "tier": word("tier", row["tier"]),
                "village_kind": word("village_kind", row["village_kind"]),
            }
            for row, person in zip(found["items"], people, strict=True)
        ],
    }


def statistics(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """By county, and for the city in all (``county`` ""): rows, rows by tier, rows by kind of village."""
    where = Where().reach(ask.actor, REACH, ("target",), ()).equal(ask, "programme", "city", "county")
    sql = f"""
    select programme, city, coalesce(county, '') as county, count(*) as rows, {_COUNTS} from ledger_rows
     where {where.text()} group by programme, city, rollup(county) order by city, county nulls first
    """
    return cut([{**row, "place": printed(row["county"] or row["city"])} for row in rows(sql, *where.values)], ask)


def check(rows: Find, ask: Ask, tools: Mapping[str, Any]) -> Page:
    """One page of what is wrong with the ledger (X-023): mandatory villages with neither a row nor an open vacancy
    (``missing``), rows whose cadre is not on post (``not_on_post``); ``village`` names the place."""
    where = Where().reach(ask.actor, REACH, ("target",), ()).equal(ask, "programme", "city", "county")
    found = page(rows, ask, f"({_CHECKED}) as checked", where, ("target", "finding", "posting"))
    return {**found, "items": [{**row, "village": printed(row["target"])} for row in found["items"]]}


QUERIES: Mapping[str, Query] = {
    **queries(
        ledger_rows=Listing(
            "台账各行",
            ROWS,
            EVERYWHERE | MANAGERS,
            {**_PROGRAMME, **_AREA, "posting": "选派岗位"},
            areas=("target",),
            reach=REACH,
        ),
        ledgers=Listing(
            "台账签字、盖章和报送", LEDGERS, EVERYWHERE | MANAGERS, _PROGRAMME, areas=("city",), reach=REACH
        ),
        submitted_rows=Listing(
            "已报送的台账和登记表",
            SUBMITTED,
            EVERYWHERE | SENDERS | MANAGERS,
            {**_PROGRAMME, "channel": "领域"},
            units=("channel",),
            reach=PLACELESS,
        ),
    ),
    "city_ledger": Query(
        city_ledger, PROVINCE | MANAGERS, "第一书记工作台账", {**_PROGRAMME, **_AREA}, ("programme",), discloses=True
    ),
    "city_ledger_export": Query(
        partial(city_ledger, purpose="city_ledger_export"),
        PROVINCE | MANAGERS,
        "第一书记工作台账，打印",
        {**_PROGRAMME, **_AREA},
        ("programme", "city"),
        discloses=True,
    ),
    "ledger_export": Query(
        partial(ledger, purpose="ledger_export"),
        MANAGING,
        "选派干部工作台账，打印",
        {**_PROGRAMME, **_AREA, "kind": "township 或 village"},
        ("programme", "kind"),
        discloses=True,
    ),
    "ledger_statistics": Query(
        statistics, EVERYWHERE | MANAGERS, "第一书记情况统计表", {**_PROGRAMME, **_AREA}, ("programme",)
    ),
    "ledger_check": Query(check, EVERYWHERE | MANAGERS, "台账校核", {**_PROGRAMME, **_AREA}, ("programme",)),
}
