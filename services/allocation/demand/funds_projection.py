"""Read model of agricultural funds: every posted village with what it got, against the mean of its county."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.listing import Listing, queries
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.allocation.demand.village_funds import VillageFundsRecorded
from services.allocation.roles import OFFICES

FUNDS = Table(
    "village_funds",
    {"programme": "text", "year": "int", "target": "text"},
    {"county": "text", "yuan": "int"},
    indexes=(("programme", "year", "county"),),
)
TABLES = (FUNDS,)


def project(recorded: Recorded) -> Iterable[Op]:
    """The rows of one event."""
    if isinstance(recorded.event, VillageFundsRecorded):
        e = recorded.event
        for one in e.funds:
            yield FUNDS.put(e.programme, e.year, one.target, county=e.county, yuan=one.yuan)


_POSTED = """(
    select v.programme, y.year, v.target, v.county, coalesce(f.yuan, 0) as yuan, c.county_yuan, c.county_villages,
           coalesce(f.yuan, 0) * c.county_villages < c.county_yuan as below_mean
      from demanded_villages v
      join (select distinct programme, year from village_funds) y using (programme)
      left join village_funds f on f.programme = v.programme and f.year = y.year and f.target = v.target
      join lateral (select coalesce((select sum(yuan) from village_funds s where s.programme = v.programme
                                        and s.year = y.year and s.county = v.county), 0)::bigint as county_yuan,
                           (select count(distinct code) from areas where length(code) = 12
                               and left(code, 6) = v.county) as county_villages) c on true
     where v.posting <> '') as found"""
"""Every posted village with its funds of the year, also with 0 (X-043).

The mean of the county is ``county_yuan`` over ``county_villages``, all villages of the register; no threshold is
printed, so ``below_mean`` is all that is said.
"""


QUERIES = queries(
    village_funds=Listing(
        "派驻村涉农资金",
        _POSTED,
        OFFICES,
        {"programme": "方案编号", "county": "县代码", "year": "年份"},
        key=("programme", "year", "target"),
        areas=("target",),
        needs=("programme",),
    )
)
