"""What is refused of jobs, and why one that was begun is given up."""

from __future__ import annotations

from kernel.errors import BadInput, Busy, PaizhuError, TooMany, Unknown
from kernel.refusal import Refusal

JOB_UNKNOWN = Refusal("job_unknown", "没有这一任务。", error=Unknown, field="id", accepted="本单位交办的任务编号")
JOBS_OPEN = Refusal(
    "jobs_open",
    "本单位已有 {most} 项任务尚未办结，暂不能再交办。",
    error=TooMany,
    field="kind",
    accepted="同时在办不超过 {most} 项；待其中一项办结后以同一编号重新提交",
)
JOBS_AWAY = Refusal("jobs_away", "任务库暂不可用，请稍后重试。", error=Busy, accepted="稍后以同一编号重试")
JOB_RESULT_TOO_LARGE = Refusal(
    "job_result_too_large",
    "任务的结果有 {mib} MiB，超过 {most} MiB，不能答复。",
    error=BadInput,
    field="data",
    accepted="缩小所问的范围后重新交办",
)
JOB_GAVE_OUT = Refusal(
    "job_gave_out",
    "任务开始 {attempts} 次均未能完成，不再重试。",
    error=PaizhuError,
    accepted="重新交办；仍不能完成的，将关联编号告知系统管理员",
)
