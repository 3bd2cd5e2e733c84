"""What is refused of proofs, checkpoints and cosignatures."""

from __future__ import annotations

from kernel.errors import BadInput, Busy, Forbidden, Unknown
from kernel.refusal import Refusal

LOG_DAMAGED = Refusal(
    "log_damaged",
    "日志或其哈希树不完整，无法给出证明；请立即告知系统管理员与审计人员。",
    error=Busy,
    accepted="稍后以同一编号重试",
)
POSITION_UNSIGNED = Refusal(
    "position_unsigned",
    "{size} 个事件的哈希树中没有第 {position} 个事件。",
    error=Unknown,
    field="position",
    accepted="1 至 {size}",
)
SIZES_INVALID = Refusal(
    "sizes_invalid",
    "不能证明 {first} 个事件的树是 {size} 个事件的树的开头。",
    error=BadInput,
    field="from",
    accepted="1 至 {size}",
)
CHECKPOINT_MISSING = Refusal(
    "checkpoint_missing",
    "该服务的日志还没有检查点。",
    error=Unknown,
    field="size",
    accepted="日志有事件并签名之后再取",
)
CHECKPOINT_UNKNOWN = Refusal(
    "checkpoint_unknown",
    "没有 {size} 个事件的检查点。",
    error=Unknown,
    field="size",
    accepted="不给出 size 时为最新的检查点",
)
SIZE_UNSIGNED = Refusal(
    "size_unsigned", "{size} 个事件还没有签名的检查点。", error=Unknown, field="size", accepted="1 至 {last}"
)
COSIGNATURE_INVALID = Refusal(
    "cosignature_invalid",
    "见证签名的格式不正确。",
    error=BadInput,
    field="body",
    accepted="UTF-8 文本：第一行为检查点的事件数，第二行为 C2SP signed-note 签名行",
)
COSIGNATURE_UNKNOWN = Refusal(
    "cosignature_unknown",
    "该签名不是见证策略中任何一方对这一检查点的签名。",
    error=Forbidden,
    field="body",
    accepted="已登记的见证密钥",
)
