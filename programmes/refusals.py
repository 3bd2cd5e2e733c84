"""What more than one service refuses with, in the words of the domain."""

from __future__ import annotations

from kernel.refusal import Refusal

INTERVIEW_MISSING = Refusal(
    "interview_missing",
    "尚未就该情形进行约谈，不能{act}。",
    field="case",
    rule="{rule}",
    accepted="{accepted}",
)
COPIES_INCOMPLETE = Refusal(
    "copies_incomplete",
    "{what}应为一式 {threshold} 份，现为 {fact} 份。",
    field="copies",
    rule="{rule}",
    accepted="{threshold}",
)
VILLAGE_KIND_UNKNOWN = Refusal(
    "village_kind_unknown",
    "{village} 的村类别没有登记，驻村工作组人数依类别而定。",
    field="target",
    rule="team.size",
    accepted="已登记类别的村",
)
TEAM_UNIT_MISSING = Refusal(
    "team_unit_missing", "没有写明 {person} 的单位。", field="{field}", rule="team.apart", accepted="单位编号"
)
TEAM_UNIT_TWICE = Refusal(
    "team_unit_twice",
    "{person} 与组内 {other} 同为 {unit} 的人员。",
    field="{field}",
    rule="team.apart",
    accepted="与组内各人不同单位的人员",
)
PERSONAL_NUMBER_IN_TEXT = Refusal(
    "personal_number_in_text",
    "说明文字中不得出现公民身份号码或手机号码。",
    field="{field}",
    accepted="不含个人号码的文字",
)
NOT_A_CITY = Refusal("not_a_city", "{city} 不是市。", field="city", accepted="4 位市级区划代码")
NOT_A_COUNTY = Refusal("not_a_county", "{county} 不是县（市、区）。", field="county", accepted="6 位县级区划代码")
DUTY_DONE = Refusal("duty_done", "“{duty}”已于 {on} 办理。", field="{field}", rule="{rule}", accepted="尚未办理的对象")
DUTY_OUT_OF_ORDER = Refusal(
    "duty_out_of_order", "“{duty}”须在{before}之后办理。", field="{field}", rule="{rule}", accepted="先办理{before}"
)
STEP_UNKNOWN = Refusal(
    "step_unknown", "该程序没有“{step}”这一环节。", field="step", rule="{rule}", accepted="{steps}", kind="unknown"
)
STEP_NOT_FOR = Refusal(
    "step_not_for", "“{step}”这一环节不适用于该对象。", field="{field}", rule="{rule}", accepted="适用于{when}的对象"
)
MARKS_MISSING = Refusal(
    "marks_missing", "“{step}”缺少{missing}的鉴定。", field="marks", rule="{rule}", accepted="逐项注明{missing}"
)
EVIDENCE_MISSING = Refusal(
    "evidence_missing",
    "“{step}”须核实{missing}，不能只凭本人申报。",
    field="evidence",
    rule="{rule}",
    accepted="逐项写明核实人和依据",
)
LEVEL_REFUSED = Refusal(
    "level_refused",
    "{level} 级干部不作为第一书记人选。",
    field="{field}",
    rule="candidate.refused_levels",
    accepted="{sources}",
)
OFFICE_UNRECORDED = Refusal(
    "office_unrecorded",
    "没有登记 {on} 由谁担任或代理 {organ} 的{post}，不能认定“{act}”由谁办理。",
    field="{field}",
    rule="{rule}",
    accepted="先由上一级组织部门登记 {organ} 的{post}（登记任职、登记代理），省委组织部自行登记",
)
NOT_IN_OFFICE = Refusal(
    "not_in_office",
    "{on} 担任或代理 {organ} 的{post}的另有其人，“{act}”不能由您办理。",
    kind="forbidden",
    field="{field}",
    rule="{rule}",
    accepted="{signers}",
)
DUTY_GROUP_UNKNOWN = Refusal(
    "duty_group_unknown", "“{tag}”不在通知所列的职责之内。", field="{field}", rule="duties.kinds", accepted="{groups}"
)
RESULT_MISSING = Refusal(
    "result_missing",
    "评先评优、提拔使用须以该同志的考核结果为依据，所引为{given}。",
    field="result",
    rule="{rule}",
    accepted="{known}",
)
NOT_EQUAL = Refusal(
    "not_equal",
    "优先使用只在同等条件下，须写明条件相同之处。",
    field="equal",
    rule="{rule}",
    accepted="写明同等条件，或不作优先",
)
NOT_EXCELLENT = Refusal(
    "not_excellent",
    "优先使用的前提是考核结果为{excellent}。",
    field="preferred",
    rule="{rule}",
    accepted="考核结果为{excellent}的人员",
)
