"""What is refused of events that are set aside."""

from __future__ import annotations

from kernel.errors import BadInput, Busy, Unknown
from kernel.refusal import Refusal

PARKED_UNKNOWN = Refusal(
    "parked_unknown", "{service} 没有搁置事件 {event}。", error=Unknown, field="number", accepted="列表中的事件"
)
PARKED_REPLAYED = Refusal(
    "parked_replayed", "事件 {event} 已重放，不能再废弃。", field="number", accepted="尚未重放的事件"
)
LINE_DIFFERS = Refusal(
    "line_differs", "来源日志给出的不是事件 {event}。", error=BadInput, field="line", accepted="{event} 的原文"
)
REPLAY_WAITS = Refusal(
    "replay_waits",
    "数据库或对方服务暂不可用，事件仍在搁置中，请稍后重试。",
    error=Busy,
    accepted="稍后以同一编号重试",
)
REPLAY_FAILED = Refusal(
    "replay_failed",
    "事件 {event} 重放失败，仍在搁置中：{why}",
    accepted="原因消除后再次重放，或说明理由后废弃",
)
