"""What commendations and honours refuse with."""

from __future__ import annotations

from kernel.refusal import Refusal

COMMENDATION_UNKNOWN = Refusal(
    "commendation_unknown",
    "“{subject}”没有经过评选。",
    kind="unknown",
    field="{field}",
    rule="procedure.commendation",
    accepted="先行评选的市、县或个人",
)
NOT_COMMENDABLE = Refusal(
    "not_commendable",
    "“{subject}”不是对口安排中的{kind}，不在表彰对象之列。",
    field="subject",
    rule="commendation.collectives",
    accepted="{accepted}",
)
SELECTED_ALREADY = Refusal(
    "selected_already",
    "“{subject}”已于 {on} 评选。",
    field="subject",
    rule="procedure.commendation",
    accepted="未评选的市、县或个人",
)
CRITERION_EMPTY = Refusal(
    "criterion_empty",
    "评选条件须逐项写明：{wanted}，缺：{missing}。",
    field="criteria",
    rule="{rule}",
    accepted="{wanted}",
)
NOT_YET_ASSESSED = Refusal(
    "not_yet_assessed",
    "该同志的期满考核尚未完成（{what}），不能{act}。",
    field="subject",
    rule="{rule}",
    accepted="{what}之后",
)
COMMENDATION_QUOTA = Refusal(
    "commendation_quota",
    "{whose}{kind}名额 {quota} 个，加上本次为 {given} 个。",
    field="{field}",
    rule="{rule}",
    accepted="不超过 {quota} 个",
)
FORM_SENT_ELSEWHERE = Refusal(
    "form_sent_elsewhere",
    "登记表报送{recipient}，不报送“{given}”。",
    field="recipient",
    rule="commendation.recipient",
    accepted="{recipient}",
)
GRANT_OUTSIDE = Refusal(
    "grant_outside",
    "表彰原则上在 {since} 至 {until} 进行，{on} 须说明理由。",
    field="reason",
    rule="commendation.granted_until",
    accepted="{since} 至 {until}，或说明理由",
)
HONOUR_GIVEN = Refusal(
    "honour_given",
    "“{title}”已按{document}给予。",
    field="document",
    rule="results.basis",
    accepted="未给予的表彰",
)
