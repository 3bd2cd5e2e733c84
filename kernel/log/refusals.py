"""What the log refuses: it is away, or gave up what it was writing."""

from __future__ import annotations

from kernel.errors import Busy
from kernel.refusal import Refusal

LOG_AWAY = Refusal(
    "log_away",
    "数据库暂时不能写入或读取，请稍后以同一命令编号重试。",
    error=Busy,
    accepted="稍后以同一编号重试",
)
LOG_INTERRUPTED = Refusal(
    "log_interrupted", "日志写入被中断，请用同一命令号重试。", error=Busy, accepted="稍后以同一编号重试"
)
