"""What every service refuses at its door: what it does not have, who may not ask, what was asked before."""

from __future__ import annotations

from kernel.errors import (
    BadInput,
    Busy,
    Forbidden,
    NotYet,
    PaizhuError,
    Reused,
    Stale,
    TooLarge,
    Unauthenticated,
    Unknown,
)
from kernel.refusal import Refusal

COMMAND_UNKNOWN = Refusal(
    "command_unknown", "没有名为 {command} 的命令。", error=Unknown, field="command", accepted="{commands}"
)
QUERY_UNKNOWN = Refusal(
    "query_unknown", "没有名为 {query} 的查询。", error=Unknown, field="query", accepted="{queries}"
)
PROOF_UNKNOWN = Refusal("proof_unknown", "没有这种证明。", error=Unknown, field="ask", accepted="{asks}")
JOB_KIND_UNKNOWN = Refusal(
    "job_kind_unknown", "没有名为 {kind} 的任务。", error=Unknown, field="kind", accepted="{kinds}"
)
ACT_UNKNOWN = Refusal("act_unknown", "对{thing}没有“{act}”这种办理。", error=Unknown, field="act", accepted="{acts}")

ROLE_NOT_ALLOWED = Refusal("role_not_allowed", "{role}不能{act}。", error=Forbidden, field="role", accepted="{roles}")
ROLE_MISPLACED = Refusal(
    "role_misplaced",
    "令牌的角色与所辖不符：{why}。",
    error=Forbidden,
    field="actor",
    accepted="角色、区划和单位相符的令牌",
)
TOKEN_MISSING = Refusal(
    "token_missing",
    "请求没有携带访问令牌。",
    error=Unauthenticated,
    field="Authorization",
    accepted="请求头 Authorization: Bearer <令牌>",
)
TOKEN_INVALID = Refusal(
    "token_invalid",
    "访问令牌无效：{why}。",
    error=Unauthenticated,
    field="Authorization",
    accepted="请求头 Authorization: Bearer <令牌>",
)
TOKEN_EXPIRED = Refusal(
    "token_expired",
    "访问令牌已过期，请重新签发。",
    error=Unauthenticated,
    field="Authorization",
    accepted="请求头 Authorization: Bearer <令牌>",
)
TOKEN_NOT_YET_VALID = Refusal(
    "token_not_yet_valid",
    "访问令牌尚未生效。",
    error=Unauthenticated,
    field="Authorization",
    accepted="令牌所载生效时间（nbf）之后再用，或已生效的令牌",
)
TOKEN_REVOKED = Refusal(
    "token_revoked",
    "访问令牌已被收回，请重新签发。",
    error=Unauthenticated,
    field="Authorization",
    accepted="请求头 Authorization: Bearer <令牌>",
)

DATE_IN_FUTURE = Refusal(
    "date_in_future",
    "事实发生的日期不能晚于今天。",
    error=BadInput,
    field="occurred_on",
    accepted="不晚于 {today}",
)
IDEMPOTENCY_KEY_INVALID = Refusal(
    "idempotency_key_invalid",
    "Idempotency-Key 请求头的格式不正确。",
    error=BadInput,
    field="Idempotency-Key",
    accepted="1 至 128 个可见 ASCII 字符，每条命令一个，重发时不变，不含公民身份号码和手机号码，"
    "也不是“服务:位置”这样的事件编号",
)
COMMAND_ID_REUSED = Refusal(
    "command_id_reused",
    "该编号已用于另一{use}。",
    error=Reused,
    field="{field}",
    accepted="新的编号，或与第一次相同的内容",
)
STALE_VERSION = Refusal(
    "stale_version",
    "该对象现为第 {version} 版，您依据的是第 {expected} 版，请重新读取后再提交。",
    error=Stale,
    field="expected",
    accepted="{version}",
)
NAME_TAKEN = Refusal("name_taken", "该名称已被占用。", accepted="尚未使用的名称")
SOURCE_NOT_FOLLOWED = Refusal(
    "source_not_followed", "{service} 不接收 {source} 的事件。", error=BadInput, field="after", accepted="{sources}"
)
NOT_YET = Refusal(
    "not_yet",
    "{service} 尚未收到 {source} 的第 {position} 号事件（现为 {reached}），请稍后重试。",
    error=NotYet,
    field="after",
    accepted="{source} ≤ {reached}",
)
CURSOR_INVALID = Refusal(
    "cursor_invalid", "翻页游标无法识别。", error=BadInput, field="cursor", accepted="上一页给出的 next"
)

REQUEST_TOO_LARGE = Refusal(
    "request_too_large",
    "请求展开后有 {given} 字节，超过 {most} 字节，未予送出，未作记录。",
    error=TooLarge,
    field="body",
    accepted="不超过 {most} 字节；大批数据请分批提交",
)
ANSWER_TOO_LARGE = Refusal(
    "answer_too_large",
    "答复有 {mib} MiB，超过 {most} MiB，不能送出。",
    error=BadInput,
    field="limit",
    accepted="以较小的 limit 分页查询，或缩小查询范围",
)
REQUEST_INTERRUPTED = Refusal(
    "request_interrupted",
    "办理该请求的进程中途结束，是否已记录未知；该请求不会自动重做。",
    error=Busy,
    accepted="稍后以同一命令编号重试，已生效的命令不会再次生效",
)
BUSY = Refusal("busy", "同一对象正被多人同时修改，请稍后重试。", error=Busy, accepted="稍后以同一编号重试")
INTERNAL = Refusal(
    "internal", "系统内部错误，{thing}未能完成，请将关联编号告知系统管理员。", error=PaizhuError, accepted="{accepted}"
)
