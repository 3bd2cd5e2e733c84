"""What checks refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

MEANS_UNKNOWN = Refusal("means_unknown", "没有“{means}”这种方式。", field="means", rule="{rule}", accepted="{known}")
CALL_INCOMPLETE = Refusal(
    "call_incomplete",
    "“{means}”须写明选派编号、通话时间和是否接通。",
    field="call",
    rule="{rule}",
    accepted="选派编号，HH:MM 的时间，是否接通",
)
CALL_UNASKED = Refusal(
    "call_unasked", "“{means}”不是电话查岗，不填通话情况。", field="call", rule="{rule}", accepted="不填"
)
CHECKED_ELSEWHERE = Refusal(
    "checked_elsewhere",
    "{posting} 不在所检查的 {area} 内。",
    field="posting",
    rule="{rule}",
    accepted="在所检查区划内的选派编号",
)
CROSS_AT_HOME = Refusal(
    "cross_at_home",
    "{method}不得由本地检查本地：{inspector} 与 {area} 同属一地。",
    field="area",
    rule="{rule}",
    accepted="与检查方不同的区划",
)
OFFICE_OF_CITY = Refusal(
    "office_of_city",
    "{office}的督查由市级登记，只在本市内进行。",
    field="office",
    rule="{rule}",
    accepted="市级检查方",
)
NOBODY_TO_SAMPLE = Refusal(
    "nobody_to_sample",
    "{area} 在 {on} 没有在岗的选派干部，无从抽取。",
    field="area",
    rule="{rule}",
    accepted="有在岗选派干部的县（市、区）",
)
LEADER_COUNTIES = Refusal(
    "leader_counties",
    "市委组织部领导班子成员每人承包 {asked} 个县（市、区），所报为 {given} 个。",
    field="counties",
    rule="{rule}",
    accepted="本市 {asked} 个不同的县（市、区）",
)
COUNTY_OF_ANOTHER_CITY = Refusal(
    "county_of_another_city",
    "{county} 不是 {city} 的县（市、区）。",
    field="counties",
    rule="{rule}",
    accepted="本市的 6 位县级区划代码",
)
SAMPLE_UNKNOWN = Refusal(
    "sample_unknown", "没有这次抽查。", kind="unknown", field="sample", accepted="已抽取的抽查编号"
)
