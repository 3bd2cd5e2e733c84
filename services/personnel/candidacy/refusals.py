"""What candidacies refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

CANDIDACY_UNKNOWN = Refusal(
    "candidacy_unknown", "没有这项报名。", kind="unknown", field="candidacy", accepted="已登记的编号"
)
CANDIDATE_FAILED = Refusal(
    "candidate_failed",
    "{candidacy} 资格审查不合格（{conditions}），不能继续办理。",
    field="{field}",
    rule="check.individual",
    accepted="另行选派他人",
)
CONSENT_MISSING = Refusal(
    "consent_missing",
    "代为报名的，应有本人同意的记录。",
    field="{field}",
    rule="nomination.apply",
    accepted="本人签署的同意书编号",
)
GATE_UNKNOWN = Refusal(
    "gate_unknown", "没有这一关，或未注明。", field="gates", rule="procedure.nomination", accepted="{gates}"
)
STEP_OF_ANOTHER_ACT = Refusal(
    "step_of_another_act",
    "“{step}”有专门的办理命令，不能这样登记。",
    field="step",
    rule="procedure.nomination",
    accepted="该环节的办理命令",
)
POOL_UNKNOWN = Refusal(
    "pool_unknown", "人选不在规定的来源之内。", field="pool", rule="candidate.pools", accepted="{pools}"
)
RETIRED = Refusal(
    "retired",
    "该人选已于 {since} 退休，不能选派。",
    field="retires_on",
    rule="candidate.pools",
    accepted="尚未退休的干部",
)
CONDITIONS_UNCHECKED = Refusal(
    "conditions_unchecked",
    "尚未审查：{missing}。未审查不等于合格。",
    field="{field}",
    rule="candidate.in_principle",
    accepted="逐项审查并注明结果",
)
NOT_FULL_MEMBER = Refusal(
    "not_full_member",
    "人选应为中共正式党员（{threshold}），现为 {fact}。",
    field="party_status",
    rule="candidate.party_status",
    accepted="正式党员，或经备案部门同意的例外",
)
TOO_FEW_YEARS = Refusal(
    "too_few_years",
    "人选应有 {threshold} 年以上工作经历，现满 {fact} 年。",
    field="work_start",
    rule="candidate.work_years_min",
    accepted="满 {threshold} 年，或经备案部门同意的例外",
)
CONDITION_UNMET = Refusal(
    "condition_unmet",
    "不符合基本条件：{condition}。",
    field="unmet",
    rule="candidate.attested",
    accepted="符合条件，或经备案部门同意的例外",
)
NOT_IN_PRINCIPLE = Refusal(
    "not_in_principle",
    "这一项不是原则上应符合的条件，不能例外。",
    field="condition",
    rule="candidate.in_principle",
    accepted="{conditions}",
)
NOT_TO_REPLACE = Refusal(
    "not_to_replace",
    "{candidacy} 未被审查为不合格，或已另行选派他人。",
    field="instead",
    rule="renomination.same_unit",
    accepted="审查不合格、尚无人接替的人选",
)
REPLACES_TWO = Refusal(
    "replaces_two",
    "一名人选只能接替一名未通过的人选。",
    field="instead",
    rule="renomination.same_unit",
    accepted="每名人选在 instead 中只出现一次",
)
