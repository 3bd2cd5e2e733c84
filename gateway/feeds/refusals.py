"""What is refused of the feeds of the cities."""

from __future__ import annotations

from kernel.errors import Busy, Unknown
from kernel.refusal import Refusal

CITY_UNKNOWN = Refusal("city_unknown", "没有代码为 {city} 的市。", error=Unknown, field="city", accepted="{cities}")
FEEDS_AWAY = Refusal("feeds_away", "事件库暂时无法读取，请稍后重试。", error=Busy, accepted="稍后以同一编号重试")
