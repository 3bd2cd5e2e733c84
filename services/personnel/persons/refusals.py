"""What the register of persons refuses with."""

from __future__ import annotations

from kernel.refusal import Refusal

PERSON_UNKNOWN = Refusal("person_unknown", "没有这名人员。", kind="unknown", field="person", accepted="已登记的编号")
UNIT_NOT_NOTED = Refusal("unit_not_noted", "没有这个派出单位。", kind="unknown", field="unit", accepted="已登记的编号")
DUPLICATE_IN_FILE = Refusal(
    "duplicate_in_file", "与第 {seen} 行为同一人。", field="id_number", rule="form.fields", accepted="每人一行"
)
NAME_IN_TEXT = Refusal(
    "name_in_text",
    "说明文字中不得出现人选或其家庭成员的姓名。",
    field="{field}",
    rule="form.fields",
    accepted="不含姓名的文字",
)
PERSON_REGISTERED_BEFORE = Refusal(
    "person_registered_before",
    "该公民身份号码已登记在册，同一人不能重复登记。",
    field="{field}",
    rule="form.fields",
    accepted="未登记过的人选",
)
PERSON_DAMAGED = Refusal(
    "person_damaged",
    "该人员的密钥已损坏，不能再加密存入资料。",
    field="id_number",
    accepted="由系统管理员恢复密钥后重新登记",
)
PERSON_STILL_ENGAGED = Refusal(
    "person_still_engaged",
    "该人员在 {still} 中尚未返回原单位，不能同时列入另一方案。",
    field="id_number",
    rule="form.fields",
    accepted="未列入其他方案，或已返回原单位的人选",
)
PERSON_GONE = Refusal(
    "person_gone",
    "该人员在 {programme} 的任职已经终止，登记的情形表明不能再任职。",
    field="id_number",
    rule="withdrawal.grounds",
    accepted="能够任职的人选",
)
CHOICE_UNKNOWN = Refusal(
    "choice_unknown", "“{field}”不在可选值内。", field="{field}", rule="{rule}", accepted="{choices}"
)
RECIPIENT_WRONG = Refusal(
    "recipient_wrong", "{what}应报送 {recipient}。", field="recipient", rule="{rule}", accepted="{recipient}"
)
IDENTITY_OPEN = Refusal(
    "identity_open",
    "该人选的身份尚待组织部门核定。",
    field="{field}",
    rule="form.fields",
    accepted="身份已核定的人选",
)
IDENTITY_OTHER = Refusal(
    "identity_other",
    "经核定，该人选与公民身份号码不符，不能继续办理。",
    field="{field}",
    rule="form.fields",
    accepted="另行推荐人选",
)
IDENTITY_SETTLED = Refusal("identity_settled", "该项身份已经核定。", field="entered", accepted="尚待核定的身份")
IDENTITY_NOT_SHOWN = Refusal(
    "identity_not_shown",
    "没有这项待核定的身份，或不在管理范围内。",
    kind="unknown",
    field="entered",
    accepted="管理范围内待核定的编号",
)
ID_NUMBER_INVALID = Refusal(
    "id_number_invalid", "公民身份号码校验不通过。", field="id_number", rule="form.fields", accepted="18 位有效号码"
)
IDENTITY_DISAGREES = Refusal(
    "identity_disagrees",
    "公民身份号码所载的{printed}与登记表不一致。",
    field="{field}",
    rule="form.fields",
    accepted="与公民身份号码一致的{printed}",
)
PHOTO_INVALID = Refusal(
    "photo_invalid",
    "照片无法识别或过大。",
    field="photo",
    rule="form.fields",
    accepted="JPEG 或 PNG 的 base64 文本",
)
FLAG_STANDS = Refusal("flag_stands", "该人员的管理标记已是所报的状态。", field="managed", accepted="与现状不同的标记")
NOTHING_CORRECTED = Refusal(
    "nothing_corrected",
    "更正的内容与已登记的相同，或已有日期更晚的更正。",
    field="changes",
    rule="form.fields",
    accepted="与已登记内容不同的值",
)
MOBILE_INVALID = Refusal(
    "mobile_invalid", "手机号码应为 11 位。", field="mobile", rule="form.fields", accepted="11 位手机号码"
)
CELL_UNREADABLE = Refusal(
    "cell_unreadable",
    "“{printed}”的单元格{why}。",
    field="{field}",
    rule="form.fields",
    accepted="单元格格式设为文本后重新填写",
)
CELL_NOT_TEXT = Refusal("cell_not_text", "“{printed}”不是文字。", field="{field}", rule="form.fields", accepted="文本")
CELL_UNSEEN = Refusal(
    "cell_unseen",
    "“{printed}”含有看不见的字符 {marks}。",
    field="{field}",
    rule="form.fields",
    accepted="删去不占宽度的字符和控制字符后重新填写",
)
FIELD_EMPTY = Refusal("field_empty", "“{printed}”未填写。", field="{field}", rule="form.fields", accepted="非空")
FAMILY_ROWS = Refusal(
    "family_rows",
    "家庭主要成员“{printed}”的行数与其他各栏不一致。",
    field="{field}",
    rule="form.fields",
    accepted="{rows} 行",
)
