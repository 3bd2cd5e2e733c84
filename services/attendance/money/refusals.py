"""What money refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

RATE_NOT_IN_FORCE = Refusal(
    "rate_not_in_force",
    "{day} 尚无补贴标准，不能核算。",
    field="month",
    rule="allowance.daily",
    accepted="先发布该日适用的补贴标准",
)
ALLOWANCE_CURRENT = Refusal(
    "allowance_current",
    "{month} 的补贴已核算为 {yuan} 元，其后没有新的核定天数。",
    field="month",
    rule="allowance.days",
    accepted="新一版考勤表盖章之后",
)
MONTH_NOT_SERVED = Refusal(
    "month_not_served",
    "{month} 不在任职期间，或尚未结束。",
    field="month",
    rule="allowance.days",
    accepted="任职期间已过的月份",
)
QUARTER_NOT_OVER = Refusal(
    "quarter_not_over", "{quarter} 尚未结束。", field="quarter", rule="allowance.paid", accepted="{last} 之后"
)
QUARTER_NOT_SERVED = Refusal(
    "quarter_not_served",
    "该干部 {quarter} 没有可计发的月份。",
    field="quarter",
    rule="allowance.paid",
    accepted="任职的季度",
)
QUARTER_NOT_REVIEWED = Refusal(
    "quarter_not_reviewed",
    "{county} 尚未召开 {quarter} 工作调度会，补助不能发放。",
    field="quarter",
    rule="allowance.paid",
    accepted="县级调度之后",
)
QUARTER_PAID = Refusal(
    "quarter_paid", "{quarter} 的补助已于 {on} 发放。", field="quarter", rule="allowance.paid", accepted="未发放的季度"
)
ALLOWANCE_OF_ANOTHER_TIER = Refusal(
    "allowance_of_another_tier",
    "该项补助只发给{tier}选派干部，该干部应发 0.00 元。",
    field="posting",
    rule="allowance.tier",
    accepted="{tier}选派干部",
)
ALLOWANCE_UNKNOWN = Refusal(
    "allowance_unknown", "没有“{kind}”这项补贴。", field="allowance", rule="allowance.kinds", accepted="{kinds}"
)
ALLOWANCE_SOURCE = Refusal(
    "allowance_source",
    "补贴不能从{source}列支。",
    field="source",
    rule="allowance.sources",
    accepted="{means}",
)
AMOUNT_NOT_POSITIVE = Refusal(
    "amount_not_positive", "金额应为正整数，单位为分。", field="fen", accepted="大于 0 的整数（分）"
)
FUNDS_SOURCE_MISSING = Refusal(
    "funds_source_missing", "没有写明经费来源。", field="source", rule="funds.sources", accepted="{sources}"
)
FUNDS_SOURCE_UNKNOWN = Refusal(
    "funds_source_unknown", "“{source}”不是所列的经费来源。", field="source", rule="funds.sources", accepted="{sources}"
)
FUNDS_UNKNOWN = Refusal(
    "funds_unknown", "“{kind}”不是所列的经费。", field="kind", rule="funds.work", accepted="{kinds}"
)
YEAR_NOT_SERVED = Refusal(
    "year_not_served", "{year} 年不在任职期间。", field="year", rule="funds.work", accepted="任职的年份"
)
