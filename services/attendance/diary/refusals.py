"""What logs, diaries and occasions refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

NOT_YOUR_DIARY = Refusal(
    "not_your_diary",
    "只有选派干部本人可以写本人的日志、日记和台账。",
    kind="forbidden",
    field="posting",
    rule="{rule}",
    accepted="本人",
)
LOG_TWICE = Refusal("log_twice", "{day} 已有工作日志。", field="day", rule="{rule}", accepted="没有日志的日期")
LOG_OFF_POST = Refusal(
    "log_off_post", "{day} 没有到岗登记，不写工作日志。", field="day", rule="{rule}", accepted="到岗的日期"
)
DIARY_KIND = Refusal("diary_kind", "没有“{kind}”这种记录。", field="kind", rule="{rule}", accepted="{kinds}")
OCCASION_KIND = Refusal("occasion_kind", "没有“{kind}”这种场合。", field="kind", rule="{rule}", accepted="{kinds}")
TIMES_DISORDERED = Refusal(
    "times_disordered",
    "事发须在派驻期间，到场和报告不得早于事发，也不得晚于登记之日。",
    field="{field}",
    rule="{rule}",
    accepted="事发之后、登记之日以前的时间",
)
