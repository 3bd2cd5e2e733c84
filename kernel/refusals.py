"""What any service may refuse with: situations that are the same everywhere."""

from __future__ import annotations

from kernel.errors import BadInput, Forbidden
from kernel.refusal import Refusal

PROFILE_MISSING = Refusal(
    "profile_missing",
    "{programme}尚未发布规则，不能据此办理。",
    field="programme",
    accepted="先发布该方案的规则（PublishProfile）",
)
RULE_UNKNOWN = Refusal(
    "rule_unknown",
    "方案 {programme} 未规定“{path}”，不能据此作出决定。",
    field="{path}",
    rule="{path}",
    accepted="先由发文机关补充该项规定并发布新版本",
)
RULE_UNREADABLE = Refusal(
    "rule_unreadable",
    "方案 {programme} 的“{path}”不是“{reader}”所能读的形式，不能据此作出决定。",
    field="{path}",
    rule="{path}",
    accepted="{accepted}",
)
FOREIGN_AREA = Refusal(
    "foreign_area",
    "区划 {area} 不在本单位辖区（{areas}）内。",
    kind="forbidden",
    field="{field}",
    rule="{rule}",
    accepted="辖区内的区划，或有该辖区的令牌",
)
OUT_OF_REACH = Refusal(
    "out_of_reach",
    "“{thing}”不在本单位辖区（{areas}）内，也不属本单位所管单位（{units}）。",
    kind="forbidden",
    field="{field}",
    accepted="有该区划或单位的令牌",
)
NO_REACH = Refusal(
    "no_reach",
    "令牌没有辖区，也没有所管单位，不能办理任何事项。",
    error=Forbidden,
    field="actor",
    accepted="有辖区或所管单位的令牌",
)
PROGRAMME_ELSEWHERE = Refusal(
    "programme_elsewhere",
    "方案 {programme} 适用于区划 {scope}，与本单位辖区（{areas}）无关。",
    kind="forbidden",
    field="programme",
    accepted="适用于本单位辖区的方案",
)
NOT_YOUR_BUSINESS = Refusal(
    "not_your_business",
    "{act}由{organ}办理。",
    kind="forbidden",
    field="{field}",
    rule="{rule}",
    accepted="{organ}",
)
AS_OF_IN_FUTURE = Refusal(
    "as_of_in_future",
    "截止日期 {as_of} 晚于办理日期 {on}。",
    field="as_of",
    rule="{rule}",
    accepted="不晚于 {on}",
)
DATE_BEFORE_GROUND = Refusal(
    "date_before_ground",
    "办理日期 {on} 早于{ground}之日（{since}）。",
    field="occurred_on",
    rule="{rule}",
    accepted="{since} 起",
)
FIELD_MISSING = Refusal(
    "field_missing", "缺少必填项“{field}”。", error=BadInput, field="{field}", accepted="{accepted}"
)
FIELD_UNKNOWN = Refusal(
    "field_unknown", "没有“{field}”这一项。", error=BadInput, field="{field}", accepted="{accepted}"
)
FIELD_TYPE = Refusal("field_type", "“{field}”应为{wanted}。", error=BadInput, field="{field}", accepted="{accepted}")
FIELD_VALUE = Refusal("field_value", "“{field}”{fault}。", error=BadInput, field="{field}", accepted="{accepted}")
FIELD_NULL = Refusal("field_null", "“{field}”不能为空值。", error=BadInput, field="{field}", accepted="{accepted}")
FIELD_TOO_LONG = Refusal(
    "field_too_long", "“{field}”超过长度。", error=BadInput, field="{field}", accepted="不超过 {longest} 个字符"
)
FIELD_TOO_MANY = Refusal(
    "field_too_many",
    "“{field}”项数过多（{given} 项），未予查看。",
    error=BadInput,
    field="{field}",
    accepted="不超过 {most} 项；大批数据请分批提交",
)
FIELD_NOT_ALL_READ = Refusal(
    "field_not_all_read",
    "“{field}”问题较多，只查看了前 {looked} 项，其余 {rest} 项未看。",
    error=BadInput,
    field="{field}",
    accepted="先改正已指出的各项",
)
