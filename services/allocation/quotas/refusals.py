"""What quotas refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

AMENDMENT_CLOSED = Refusal(
    "amendment_closed", "本批次没有待办结的计划调整。", field="programme", rule="quota.batch", accepted="有调整时"
)
AMENDMENT_OPEN_FIGURES = Refusal(
    "amendment_open_figures",
    "调整后的计划尚有 {count} 项不平：{figure}，一边为 {left}，另一边为 {right}，相差 {difference}。",
    field="programme",
    rule="quota.batch",
    accepted="各项相差 0",
)
PLAN_UNCHANGED = Refusal(
    "plan_unchanged", "本批次计划已是这些数字。", field="total", rule="quota.batch", accepted="新通知印发的另外的数字"
)
PLAN_UNPUBLISHED = Refusal(
    "plan_unpublished", "本批次计划尚未公布，无从调整。", field="programme", rule="quota.batch", accepted="先公布计划"
)
QUOTA_BELOW_FILLED = Refusal(
    "quota_below_filled",
    "{whose} 的{kind}名额已有 {filled} 名确定人选，不能减为 {wanted} 个。",
    field="{field}",
    rule="{rule}",
    accepted="不少于 {filled}，或先撤回、结束已确定的选派",
)
BASIS_MISSING = Refusal(
    "basis_missing", "单位名额须说明依据。", field="basis", rule="quota.weights", accepted="{factors}等依据"
)
BOUNDS_IMPOSSIBLE = Refusal(
    "bounds_impossible",
    "待分名额 {seats}，各单位下限之和 {least}，有权重单位的上限之和 {most}，无法按此分配。",
    field="units",
    rule="quota.weights",
    accepted="不小于 0 的权重和数字，下限之和不超过 {seats}，上限之和不少于 {seats}",
)
CHANNELS_INCOMPLETE = Refusal(
    "channels_incomplete",
    "各领域须一次全部列出，每个一次。",
    field="quotas",
    rule="quota.channels",
    accepted="{channels}",
)
CHANNEL_WITHOUT_QUOTA = Refusal(
    "channel_without_quota",
    "{channel} 尚无名额。",
    field="{field}",
    rule="quota.channels",
    accepted="先分配该领域的名额",
)
CITY_PLAN_BELOW = Refusal(
    "city_plan_below",
    "{city} 已开设{kind}派驻点 {opened} 个，计划不能是 {wanted} 个。",
    field="{field}",
    rule="quota.arranger",
    accepted="不少于 {opened}",
)
CITY_PLAN_UNCHANGED = Refusal(
    "city_plan_unchanged", "{city} 的计划已是这些数字。", field="total", rule="quota.arranger", accepted="另外的数字"
)
NOT_ARRANGED_BY_CITY = Refusal(
    "not_arranged_by_city",
    "{city} 不是自行安排的市。",
    kind="forbidden",
    field="city",
    rule="quota.arranger",
    accepted="自行安排的市的 4 位代码",
)
CITY_EXCLUDED = Refusal(
    "city_excluded", "{outside} 不在本批次范围内。", field="groups.cities", rule="quota.excluded", accepted="{cities}"
)
COUNTY_ROW_WRONG = Refusal(
    "county_row_wrong",
    "{unit}：县代码 {county}，名额 {places}。",
    field="rows",
    rule="quota.fragment",
    accepted="6 位县代码，名额不少于 1",
)
GROUPS_DEFINED = Refusal(
    "groups_defined", "本批次的范围已经确定。", field="groups", rule="quota.groups", accepted="范围只确定一次"
)
GROUPS_INCOMPLETE = Refusal(
    "groups_incomplete", "各组须一次全部列出，每组一次。", field="groups", rule="quota.groups", accepted="{printed}"
)
GROUP_CITIES = Refusal(
    "group_cities", "{group} 组的市与方案不符。", field="groups.cities", rule="quota.groups", accepted="{wanted}"
)
GROUP_FIGURE = Refusal(
    "group_figure",
    "{group} 组的 {name} 为 {figure}，方案为 {printed}。",
    field="groups.{name}",
    rule="quota.groups",
    accepted="{printed}",
)
LOCAL_QUOTA_WRONG = Refusal(
    "local_quota_wrong",
    "{tier} 级区划代码 {area}，名额 {places}，其中乡镇 {townships}。",
    field="{field}",
    rule="quota.local",
    accepted="{digits} 位区划代码，名额不小于 0，乡镇不多于名额",
)
PLAN_PUBLISHED = Refusal(
    "plan_published", "本批次计划已经公布。", field="programme", rule="quota.batch", accepted="计划只公布一次"
)
QUOTAS_UNCHANGED = Refusal(
    "quotas_unchanged", "这些名额已经登记。", field="rows", rule="quota.fragment", accepted="尚未登记或有变动的行"
)
QUOTA_BELOW_UNITS = Refusal(
    "quota_below_units",
    "{area} 已分给单位乡镇 {townships} 个、村 {villages} 个，名额不能更少。",
    field="places",
    rule="quota.local",
    accepted="乡镇不少于 {townships}，村不少于 {villages}",
)
QUOTA_EXCEEDED = Refusal(
    "quota_exceeded",
    "{channel} 的{kind}名额 {whole}，尚余 {free}，不能分 {wanted}。",
    field="{field}",
    rule="quota.unit",
    accepted="0 至 {free}",
)
QUOTA_UNCHANGED = Refusal(
    "quota_unchanged", "{area} 的名额已是 {places}。", field="places", rule="quota.local", accepted="另一数字"
)
SCOPES_OVERLAP = Refusal(
    "scopes_overlap",
    "派驻范围重叠：{shown}，共 {twice_count} 个市。",
    field="groups.cities",
    rule="quota.groups",
    accepted="每个市只属于一组",
)
SELF_DETERMINED = Refusal(
    "self_determined",
    "{area} 的选派名额由当地自行确定，其他单位不能代定。",
    kind="forbidden",
    field="role",
    rule="quota.local",
    accepted="{called}",
)
SPLIT_NOT_FIXED = Refusal(
    "split_not_fixed", "先确定三级分配，再分配到各领域。", rule="quota.tiers", accepted="FixTierSplit"
)
SPLIT_NOT_PROPOSED = Refusal(
    "split_not_proposed", "先提出省市分配方案，再予确定。", rule="quota.tiers", accepted="ProposeTierSplit"
)
TIERS_INCOMPLETE = Refusal(
    "tiers_incomplete", "省、市、县三级各列一次。", field="tiers", rule="quota.tiers", accepted="province、city、county"
)
TOTALS_DIFFER = Refusal(
    "totals_differ",
    "{figure}：一边为 {left}，另一边为 {right}，相差 {difference}。",
    field="{field}",
    rule="{rule}",
    accepted="相差 0",
)
UNITS_MIXED = Refusal(
    "units_mixed",
    "{unit} 不属 {channel}，或列了不止一次。",
    field="units.unit",
    rule="quota.unit",
    accepted="{channel} 的单位，每个一次",
)
UNIT_TWICE = Refusal(
    "unit_twice",
    "{unit} 出现不止一行，一个单位只列一行。",
    field="rows.unit",
    rule="quota.fragment",
    accepted="每个单位一行",
)
WEAK_VILLAGES_EXCEED = Refusal(
    "weak_villages_exceed",
    "{county} 的薄弱村 {weak} 个超过村总数 {villages}。",
    field="counties.weak",
    rule="coverage.full",
    accepted="0 至 {villages}",
)
GROUPS_MISSING = Refusal("groups_missing", "尚未确定派驻范围。", rule="quota.groups", accepted="DefineGroups")
QUOTA_CHANNEL_UNKNOWN = Refusal(
    "quota_channel_unknown",
    "没有名为“{name}”的领域或企业。",
    field="quotas.channel",
    rule="quota.channels",
    accepted="{channels}",
)
