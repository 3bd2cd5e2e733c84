"""What the reviews of reserves refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

REVIEW_RESERVE_UNKNOWN = Refusal(
    "review_reserve_unknown",
    "没有这个后备干部。",
    kind="unknown",
    field="reserve",
    rule="review.township",
    accepted="已推荐的后备干部",
)
RESERVE_NOT_IN_QUARTER = Refusal(
    "reserve_not_in_quarter",
    "该人员在 {quarter} 不在后备干部名册上。",
    field="quarter",
    rule="{rule}",
    accepted="在册期间的季度",
)
QUARTER_NOT_BEGUN = Refusal(
    "quarter_not_begun",
    "{quarter} 自 {first} 起，尚未开始。",
    field="quarter",
    rule="{rule}",
    accepted="已开始的季度",
)
ROUND_BEFORE_PERIOD = Refusal(
    "round_before_period",
    "{period} 自 {first} 起，尚未开始。",
    field="period",
    rule="{rule}",
    accepted="已开始的期间",
)
NOT_A_TOWNSHIP = Refusal(
    "not_a_township", "{area} 不是乡镇（街道）。", field="area", rule="review.county", accepted="9 位乡级区划代码"
)
RESERVE_ACT_UNKNOWN = Refusal(
    "reserve_act_unknown",
    "{unknown} 不是该后备干部的经办事项。",
    field="acts",
    rule="{rule}",
    accepted="该后备干部的经办事项，至少一项",
)
BREACH_UNKNOWN = Refusal(
    "breach_unknown", "没有立案 {breach}。", kind="unknown", field="breach", rule="{rule}", accepted="已立案的编号"
)
NOT_RESPONSIBLE = Refusal(
    "not_responsible",
    "{account} 不是该案所列的责任人。",
    field="account",
    rule="{rule}",
    accepted="{accounts}",
)
YEAR_WRONG = Refusal("year_wrong", "“{year}”不是年份。", field="year", accepted="四位数字的年份，如 2018")
