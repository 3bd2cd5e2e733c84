"""What registers refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

ADDRESSEE_LEFT_OUT = Refusal(
    "addressee_left_out", "{missing} 没有收件方。", field="recipients", accepted="每个主送单位至少一个收件方"
)
ADDRESSEE_UNKNOWN = Refusal(
    "addressee_unknown", "{addressee} 不是 {notice} 的主送单位。", field="recipients.addressee", accepted="{addressees}"
)
AREA_NOT_ONE = Refusal(
    "area_not_one",
    "{printed}的令牌应恰有一个辖区，现为“{areas}”。",
    kind="forbidden",
    field="areas",
    rule="organs.list",
    accepted="一个 {digits} 位区划代码",
)
AREA_ORPHAN = Refusal(
    "area_orphan",
    "区划代码 {area} 的上级 {parent} 不在 {root} 之内或未先列出。",
    field="units",
    accepted="上级在前，下级代码以上级代码开头",
)
AREA_REGISTERED = Refusal(
    "area_registered", "区划 {root}（{edition}）已登记。", field="units", accepted="尚未登记的区划或新的版本"
)
AREA_ROOT_MISSING = Refusal("area_root_missing", "缺少 {root} 本身。", field="units", accepted="{root}")
CALENDAR_DAY_TWICE = Refusal(
    "calendar_day_twice", "{day} 写了两次。", field="holidays", accepted="每个日子一次，或休息或上班"
)
CALENDAR_DAY_WRONG = Refusal(
    "calendar_day_wrong",
    "{day} 不能列入 {year} 年的放假安排。",
    field="{field}",
    accepted="{year} 年或上年 12 月的日子；调休上班的日子是星期六或星期日",
)
CALENDAR_NOTICE_EMPTY = Refusal(
    "calendar_notice_empty", "放假安排须列出放假的日子。", field="holidays", accepted="至少一天"
)
CALENDAR_NOTICE_KNOWN = Refusal(
    "calendar_notice_known",
    "{year} 年的放假安排（{notice}）已登记。",
    field="notice",
    accepted="新的通知，或与已登记的不同的日子",
)
DAY_OUT_OF_ORDER = Refusal(
    "day_out_of_order",
    "日程须逐日推进，上一日为 {last}，不能推进 {day}。",
    field="day",
    accepted="{next}",
)
CHANGE_SHAPE = Refusal(
    "change_shape",
    "变更不成立：{codes} 变为 {area}。",
    field="changes",
    accepted="乡镇或村：两个以上合并为一个，一个移至另一代码，或代码不变而改名",
)
DIVISION_LEFT_BEHIND = Refusal(
    "division_left_behind",
    "{area} 之下尚有 {left_count} 个村没有写明去向：{left}。",
    field="changes",
    accepted="逐村写明新的代码",
)
DIVISION_PARENT = Refusal(
    "division_parent", "{area} 的上级 {parent} 不在区划登记册中。", field="changes.code", accepted="已登记的上级"
)
DIVISION_TAKEN = Refusal(
    "division_taken", "{area} 已是{name}。", field="changes.code", accepted="尚未使用的代码，或并入的代码之一"
)
AREA_TWICE = Refusal("area_twice", "区划代码 {area} 出现两次。", field="units", accepted="每个代码一次")
NOTICE_KNOWN = Refusal(
    "notice_known", "{notice} 已登记（{title}），〔〕与[]视为同一文号。", field="number", accepted="尚未登记的文号"
)
NOTICE_SENT = Refusal("notice_sent", "{notice} 已经发送。", field="notice", accepted="尚未发送的通知")
NOTICE_UNKNOWN = Refusal(
    "notice_unknown", "没有登记过 {notice}。", kind="unknown", field="notice", accepted="已登记的通知"
)
NOTICE_WITHOUT_ISSUER = Refusal(
    "notice_without_issuer", "通知须有发文机关。", field="issuers", accepted="至少一个发文机关"
)
NOT_THE_RECIPIENT = Refusal(
    "not_the_recipient",
    "{notice} 由 {addressee} 的收件方自行签收。",
    kind="forbidden",
    field="{field}",
    accepted="{recipient}",
)
OFFICE_NOT_HELD = Refusal(
    "office_not_held", "{on} {organ} 的职务“{post}”不由 {person} 担任。", field="person", accepted="该日在任的人员"
)
OFFICE_OF_OWN_ORGAN = Refusal(
    "office_of_own_organ",
    "{organ} 的任职由上级组织登记，本机关不能自行登记。",
    kind="forbidden",
    field="organ",
    accepted="下级机关",
)
ORGAN_UNKNOWN = Refusal(
    "organ_unknown",
    "{called}不是本方案的机构。",
    kind="forbidden",
    field="role",
    rule="organs.list",
    accepted="{all_called}",
)
PERIOD_OVERLAPS = Refusal(
    "period_overlaps",
    "{organ} 的该职务已由 {person} 担任（自 {since}）。",
    field="holders.since",
    accepted="晚于 {until}",
)
PERIOD_REVERSED = Refusal(
    "period_reversed", "任职结束日期早于开始日期。", field="holders.until", accepted="不早于 {since}"
)
PROFILE_BASE_CHANGED = Refusal(
    "profile_base_changed", "{programme} 的新版本不能改变其所补充的方案。", field="profile.base", accepted="{base}"
)
PROFILE_BASE_MISSING = Refusal(
    "profile_base_missing",
    "{programme} 补充的方案 {base} 尚未发布。",
    field="profile.base",
    accepted="先发布被补充的方案",
)
PROFILE_AGAINST_BASE = Refusal(
    "profile_against_base",
    "补充规定 {programme} 与所补充的方案 {base} 不合：{fault}",
    field="{field}",
    accepted="{accepted}",
)
PROFILE_SCOPE = Refusal(
    "profile_scope",
    "补充规定的范围 {scope} 不在 {base} 的范围 {base_scope} 之内。",
    field="profile.scope",
    accepted="{base_scope} 之内的区划",
)
PROFILE_VERSION = Refusal(
    "profile_version",
    "{programme} 现为第 {last} 版，不能发布第 {version} 版。",
    field="profile.version",
    accepted="{next}",
)
RECIPIENT_UNKNOWN = Refusal(
    "recipient_unknown", "{notice} 没有发送给 {recipient}。", field="{field}", accepted="收件方的区划或单位编号"
)
ROLE_OF_TIER = Refusal(
    "role_of_tier",
    "{channel} 所属单位的分配方案由 {organ} 提出。",
    kind="forbidden",
    field="role",
    rule="placement.proposer_by_tier",
    accepted="{organ}",
)
TIE_NOT_VILLAGE = Refusal(
    "tie_not_village", "{village} 不是乡镇或村。", field="{field}", accepted="9 位乡镇或 12 位村级区划代码"
)
UNIT_CHANGE_SAME = Refusal(
    "unit_change_same", "单位 {unit} 没有变化，或变为其自身。", field="{field}", accepted="与现在不同的、各不重复的值"
)
UNIT_GONE = Refusal("unit_gone", "单位 {unit} 已并入或分设为 {successors}。", field="unit", accepted="{successors}")
UNIT_LIKE_AREA = Refusal(
    "unit_like_area", "单位编号 {unit} 全为数字，会与区划代码混淆。", field="unit", accepted="含字母或汉字的单位编号"
)
UNIT_REGISTERED = Refusal("unit_registered", "单位 {unit} 已登记。", field="unit", accepted="尚未登记的单位编号")
CITY_CONFIRMS = Refusal(
    "city_confirms",
    "市、县级名额的人选由派驻地市委组织部复核，其他单位不能确认或退回。",
    kind="forbidden",
    field="role",
    rule="review.organ_by_tier",
    accepted="{organ}",
)
NOTICE_ACKNOWLEDGED = Refusal("notice_acknowledged", "{notice} 已经签收。", field="notice", accepted="尚未签收的通知")
NOTICE_RECIPIENT_WRONG = Refusal(
    "notice_recipient_wrong",
    "{addressee} 的收件方须写明区划或单位之一，且只列一次。",
    field="recipients",
    accepted="area 或 unit 之一",
)
STAND_IN_IS_HOLDER = Refusal(
    "stand_in_is_holder", "{person} 已在 {organ} 任该职，不能代理自己。", field="person", accepted="另一人员"
)
STAND_IN_WITHOUT_END = Refusal(
    "stand_in_without_end", "代理须写明截止日期。", field="until", accepted="代理的最后一天，YYYY-MM-DD"
)
STAND_IN_OVERLAPS = Refusal(
    "stand_in_overlaps",
    "{organ} 的该职务自 {since} 至 {until} 已由 {person} 代理。",
    field="since",
    accepted="{until} 之后，或 {since} 之前",
)
POST_UNKNOWN = Refusal(
    "post_unknown", "{organ} 没有“{post}”这一职务：现行方案未予载明。", field="holders.post", accepted="{posts}"
)
PROVINCE_CONFIRMS = Refusal(
    "province_confirms",
    "选派人选由省委组织部复核把关，其他单位不能确认或退回。",
    kind="forbidden",
    field="role",
    rule="placement.confirm",
    accepted="{organ}",
)
