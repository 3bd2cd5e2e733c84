"""What demand refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

FUNDS_ROW_WRONG = Refusal(
    "funds_row_wrong",
    "{target}：{yuan} 元。",
    field="funds",
    rule="funds.lean",
    accepted="{county} 的村，每村一行，金额不小于 0 元",
)
FUNDS_UNCHANGED = Refusal(
    "funds_unchanged", "没有新的金额。", field="funds", rule="funds.lean", accepted="尚未登记或有变动的金额"
)
HOST_ASSIGNS = Refusal(
    "host_assigns",
    "{target} 由派驻地县级党委组织部分配，派出单位和其他部门不能自行选定。",
    kind="forbidden",
    field="role",
    rule="placement.assign",
    accepted="{organ}",
)
HOST_NOT_CONSULTED = Refusal(
    "host_not_consulted",
    "{unit} 尚未与 {target} 沟通，不能分配到村。",
    field="unit",
    rule="placement.consult",
    accepted="先登记沟通情况",
)
NOMINEE_NOT_FILED = Refusal(
    "nominee_not_filed",
    "{person} 不是 {unit} 已备案的人选，不能分配到村。",
    field="person",
    rule="procedure.nomination",
    accepted="已备案的人选",
)
LEVEL_OTHERWISE = Refusal(
    "level_otherwise",
    "{person} 备案的选派层级是 {filed}，不是 {level}。",
    field="level",
    rule="procedure.nomination",
    accepted="{filed}",
)
PLACES_TAKEN = Refusal(
    "places_taken",
    "{unit} 在 {county} 的名额为 {places} 个，已分配 {sent} 人。",
    field="unit",
    rule="quota.fragment",
    accepted="不超过 {places} 人",
)
SECRETARY_IN_TEAM = Refusal(
    "secretary_in_team",
    "{person} 是该村第一书记，不计入驻村工作组。",
    field="members.person",
    rule="team.size",
    accepted="第一书记以外的干部",
)
SOURCE_UNKNOWN = Refusal(
    "source_unknown",
    "{posting} 的选派层级“{source}”不明。",
    field="tier",
    rule="coverage.fallback",
    accepted="{sources}",
)
SUCCESSOR_OWED = Refusal(
    "successor_owed",
    "{target} 由结对单位 {owed_by} 补派，未达标前不脱钩。",
    field="unit",
    rule="binding.release",
    accepted="{owed_by}",
)
TEAM_LEVEL = Refusal(
    "team_level",
    "{person} 来自 {level}，不在可抽调的层级内。",
    field="members.level",
    rule="team.levels",
    accepted="{levels}",
)
TEAM_SIZE = Refusal(
    "team_size",
    "驻村工作组现列 {members_count} 人，其中不同的 {persons_count} 人。",
    field="members",
    rule="team.size",
    accepted="{min} 至 {max} 人，每人一次",
)
TEAM_VILLAGE = Refusal(
    "team_village",
    "{village} 未认定为{villages}，不能组成驻村工作组。",
    field="finding",
    rule="team.villages",
    accepted="{villages}",
)
VILLAGES_MISSING = Refusal(
    "villages_missing", "没有列出村。", field="villages", rule="quota.villages", accepted="至少一个村"
)
VILLAGE_ELSEWHERE = Refusal(
    "village_elsewhere",
    "{village} 不是 {county} 的村。",
    field="villages.target",
    rule="quota.villages",
    accepted="{county} 的 12 位村代码",
)
VILLAGE_TWICE = Refusal(
    "village_twice",
    "{village} 出现两次；兼属两类的村只列一次，两项都标明。",
    field="villages.target",
    rule="quota.villages",
    accepted="每个村一次",
)
VILLAGE_TAKEN = Refusal(
    "village_taken", "{target} 已有选派 {posting}。", field="target", rule="{rule}", accepted="没有第一书记的村"
)
