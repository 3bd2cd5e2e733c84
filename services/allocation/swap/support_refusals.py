"""What the measures of cities refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

MEASURE_FILED = Refusal(
    "measure_filed",
    "第 {pair} 对已报备措施 {measure}。",
    field="measure",
    rule="swap.measures",
    accepted="尚未使用的编号",
)
MEASURE_OF_OTHERS = Refusal(
    "measure_of_others",
    "第 {pair} 对由 {own} 负责，{city} 不能代为报备或报告。",
    kind="forbidden",
    field="city",
    rule="swap.measures",
    accepted="{own}",
)
MEASURE_UNKNOWN = Refusal(
    "measure_unknown",
    "第 {pair} 对没有报备过措施 {measure}。",
    kind="unknown",
    field="measure",
    rule="swap.measures",
    accepted="{known}",
)
PAIR_ACROSS = Refusal(
    "pair_across",
    "第 {pair} 对跨市互派，不在一市之内制定措施。",
    field="pair",
    rule="swap.measures",
    accepted="市内对口的对",
)
