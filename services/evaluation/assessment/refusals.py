"""What the assessment of secondments refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

SECONDMENT_UNKNOWN = Refusal(
    "secondment_unknown", "没有该挂职人员的到岗记录。", kind="unknown", field="leg", accepted="已到岗的挂职编号"
)
ASSESSED_ALREADY = Refusal(
    "assessed_already",
    "该同志已考核，期满考核只进行一次。",
    field="leg",
    rule="assessment.record",
    accepted="未考核的人员",
)
ASSESSMENT_INCOMPLETE = Refusal(
    "assessment_incomplete",
    "考核内容须填写{wanted}各项，缺：{missing}。",
    field="dimensions",
    rule="{rule}",
    accepted="{wanted}",
)
LEG_REPLACED = Refusal(
    "leg_replaced",
    "该同志已由他人接替，期满考核的对象是接替者。",
    field="leg",
    rule="assessment.record",
    accepted="{leg}",
)
METHOD_DATE = Refusal(
    "method_date",
    "{on} 不在挂职开始与考核之日之间。",
    field="methods.{number}.on",
    rule="{rule}",
    accepted="{since} 至 {until}",
)
METHOD_MISSING = Refusal(
    "method_missing", "三种考核方法须逐项记载日期。", field="methods", rule="{rule}", accepted="{wanted}"
)
NOT_ASSESSED = Refusal(
    "not_assessed", "尚无考察材料，不能审查。", field="leg", rule="assessment.review", accepted="AssessSecondment"
)
REPORT_TOO_SHORT = Refusal(
    "report_too_short",
    "考察材料 {fact} 字，不足 {threshold} 字。",
    field="report",
    rule="swap.report.min_chars",
    accepted="不少于 {threshold} 字",
)
REVIEWED_ALREADY = Refusal(
    "reviewed_already", "该材料已审查。", field="leg", rule="assessment.review", accepted="未审查的材料"
)
STATEMENT_GIVEN = Refusal(
    "statement_given",
    "接收方该级组织部门已于 {on} 提出意见。",
    field="leg",
    rule="swap.assessment.cooperates",
    accepted="尚未提出意见的人员",
)
