"""What villages refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

DELISTED_ALREADY = Refusal(
    "delisted_already",
    "该村已于 {delisted_on} 摘帽。",
    field="target",
    rule="village.delist",
    accepted="仍在薄弱村名单中的村",
)
INCOME_OF_A_VILLAGE = Refusal(
    "income_of_a_village",
    "{target} 不是村，村集体收入按村登记。",
    field="target",
    rule="results.income_yuan",
    accepted="12 位村级区划代码",
)
INCOME_YEAR_AHEAD = Refusal(
    "income_year_ahead",
    "{year} 年在 {on} 尚未开始，没有收入可登记。",
    field="year",
    rule="results.income_yuan",
    accepted="事实日期所在年份或以前的年份",
)
INCOME_BELOW_NOTHING = Refusal(
    "income_below_nothing",
    "村集体收入不能为负：{fen} 分。",
    field="fen",
    rule="results.income_yuan",
    accepted="0 或正数，单位为分",
)
