"""What is refused of the feeds of the cities."""

from __future__ import annotations

from kernel.errors import BadInput, Busy, Unknown
from kernel.refusal import Refusal

CITY_UNKNOWN = Refusal("city_unknown", "没有代码为 {city} 的市。", error=Unknown, field="city", accepted="{cities}")
AFTER_PAST_HEAD = Refusal(
    "after_past_head",
    "该市事件的最后序号为 {head}，没有 {given} 号：您所存的序号不出自现在的事件库。",
    error=BadInput,
    field="after",
    accepted="0 至 {head}",
)
FEEDS_AWAY = Refusal("feeds_away", "事件库暂时无法读取，请稍后重试。", error=Busy, accepted="稍后以同一编号重试")
