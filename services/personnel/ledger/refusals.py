"""What the ledger and the form refuse with."""

from __future__ import annotations

from kernel.errors import Unknown
from kernel.refusal import Refusal

NOMINATION_NOT_SHOWN = Refusal(
    "nomination_not_shown",
    "没有这项推荐，或不在管理范围内。",
    error=Unknown,
    field="nomination",
    accepted="管理范围内的推荐编号",
)

NAME_SEARCH_TOO_WIDE = Refusal(
    "name_search_too_wide",
    "按姓名查找一次至多打开 {most} 名在岗干部的信息，所查范围超过此数。",
    field="county",
    accepted="指明市、县（市、区）或派出单位",
)

LEDGER_COUNTY_WRONG = Refusal(
    "ledger_county_wrong",
    "“{printed}”不是{where}的县（市、区）。",
    field="host_county",
    rule="{rule}",
    accepted="{where}",
)
LEDGER_PLACE_WRONG = Refusal(
    "ledger_place_wrong",
    "“{printed}”应写明登记在册的{what}，且只指一处。",
    field="{field}",
    rule="{rule}",
    accepted="{accepted}",
)
OF_A_PERSON = "登记的内容"
"""What is accepted where it is of a person, and not told."""
LEDGER_DIFFERS = Refusal(
    "ledger_differs",
    "“{printed}”与登记的不一致。",
    field="{field}",
    rule="{rule}",
    accepted="{known}；登记有误的，先更正登记",
)
LEDGER_NOBODY = Refusal(
    "ledger_nobody",
    "该派驻点没有已分配到村、尚未离任的人员，不能填入台账。",
    field="{field}",
    rule="{rule}",
    accepted="已分配人员的派驻点",
)
LEDGER_ROW_TWICE = Refusal(
    "ledger_row_twice", "与第 {row} 行重复。", field="{field}", rule="{rule}", accepted="一人一行、一处一行"
)
LEDGER_FORM_MISSING = Refusal(
    "ledger_form_missing",
    "该行没有姓名、手机号码相符的《选派干部登记表》。",
    field="name",
    rule="ledger.submit",
    accepted="本领域初审通过、尚未报送的人选",
)
LEDGER_ROW_MISSING = Refusal(
    "ledger_row_missing",
    "有 {count} 份《选派干部登记表》在台账中没有对应的行，如 {nomination}。",
    field="rows",
    rule="ledger.submit",
    accepted="台账与登记表一一对应",
)
LEDGER_ROW_UNKNOWN = Refusal(
    "ledger_row_unknown",
    "台账中没有该岗位的行。",
    kind="unknown",
    field="posting",
    rule="procedure.ledger",
    accepted="台账中的岗位编号",
)
LEDGER_ROW_RETURNED = Refusal(
    "ledger_row_returned",
    "有 {count} 行已退回、尚未重新填报，如 {posting}。",
    field="city",
    rule="procedure.ledger",
    accepted="退回的行重新填报之后",
)
LEDGER_NOT_SIGNER = Refusal(
    "ledger_not_signer",
    "{on} 当日，{city} 的台账只能由{post}或其代理人签字。",
    kind="forbidden",
    field="city",
    rule="procedure.ledger",
    accepted="{signers}",
)
LEDGER_COPIES = Refusal(
    "ledger_copies",
    "台账和统计表应报送纸质一式 {paper} 份、电子版 {electronic} 份。",
    field="copies",
    rule="ledger.copies",
    accepted="纸质 {paper} 份、电子版 {electronic} 份",
)

PHOTO_NOT_SHOWN = Refusal(
    "photo_not_shown",
    "没有该人选的照片，或不在管理范围内。",
    error=Unknown,
    field="nomination",
    accepted="管理范围内、已上传照片的推荐编号",
)
