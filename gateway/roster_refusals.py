"""What is refused of a roster before any service is asked: of its programme, its workbook, its table."""

from __future__ import annotations

from kernel.errors import BadInput, Unknown
from kernel.refusal import Refusal

PROGRAMME_UNKNOWN = Refusal(
    "programme_unknown",
    "方案 {programme} 没有登记表。",
    error=Unknown,
    field="programme",
    accepted="{programmes}",
)
ROSTER_NOT_XLSX = Refusal(
    "roster_not_xlsx",
    "请求体不是 xlsx 工作簿，或文件已损坏。",
    error=BadInput,
    field="body",
    accepted="xlsx 文件",
)
ROSTER_TOO_LARGE = Refusal(
    "roster_too_large",
    "工作簿过大。",
    error=BadInput,
    field="body",
    accepted="不超过 {rows} 行数据、{columns} 栏",
)
ROSTER_SHEETS = Refusal(
    "roster_sheets",
    "工作簿不止一张表有内容。",
    error=BadInput,
    field="{sheet}",
    accepted="只在第一张表填写",
)
ROSTER_MERGED = Refusal(
    "roster_merged", "表中有合并的单元格：{where}。", error=BadInput, field="{first}", accepted="取消合并，逐格填写"
)
ROSTER_HEADER_MISSING = Refusal(
    "roster_header_missing", "{where}没有表头。", error=BadInput, field="{first}", accepted="表头见空白名册"
)
ROSTER_EMPTY = Refusal(
    "roster_empty", "名册没有数据行：{where}为空。", error=BadInput, field="{first}", accepted="至少一行"
)
ROSTER_BLANK_ROW = Refusal(
    "roster_blank_row", "名册中间有空行：{where}。", error=BadInput, field="{first}", accepted="删除空行"
)
ROSTER_NUMBER_CUT = Refusal(
    "roster_number_cut",
    "长号码以数字存放，末位已失真：{where}。",
    error=BadInput,
    field="{first}",
    accepted="单元格格式设为文本",
)
ROSTER_COLUMN_TWICE = Refusal(
    "roster_column_twice",
    "表头有重复的栏：{where}。",
    error=BadInput,
    field="{first}",
    accepted="表头与空白名册（/api/v1/rosters/template）一致",
)
ROSTER_COLUMN_UNKNOWN = Refusal(
    "roster_column_unknown",
    "表头有登记表以外的栏：{where}。",
    error=BadInput,
    field="{first}",
    accepted="表头与空白名册（/api/v1/rosters/template）一致",
)
ROSTER_COLUMN_MISSING = Refusal(
    "roster_column_missing",
    "表头缺少登记表的栏：{where}。",
    error=BadInput,
    field="{first}",
    accepted="表头与空白名册（/api/v1/rosters/template）一致",
)
