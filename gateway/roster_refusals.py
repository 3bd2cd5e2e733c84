"""What is refused of a roster before any service is asked: of its programme, its workbook, its table."""

from __future__ import annotations

from kernel.errors import BadInput, Busy, Unknown
from kernel.refusal import Refusal

PROGRAMME_UNKNOWN = Refusal(
    "programme_unknown",
    "方案 {programme} 没有以名册报送的登记表。",
    error=Unknown,
    field="programme",
    accepted="{accepted}",
)
ROSTER_READERS_BUSY = Refusal(
    "roster_readers_busy",
    "正在读取和等候读取的名册已满，文件未读，未作记录。",
    error=Busy,
    accepted="稍后以同一编号重试",
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
    accepted="不超过 {rows} 行数据、{columns} 栏，空单元格不设格式",
)
ROSTER_SHEETS = Refusal(
    "roster_sheets",
    "工作簿不止一张表有内容。",
    error=BadInput,
    field="{sheet}",
    accepted="只在第一张表填写",
)
ROSTER_CELL_ERROR = Refusal(
    "roster_cell_error",
    "单元格是错误值，整张表读不出：{cells}。",
    error=BadInput,
    field="{first}",
    accepted="改正这些单元格，以文本填写",
)
ROSTER_SHEET_HIDDEN = Refusal(
    "roster_sheet_hidden",
    "工作簿的第一张表是隐藏的。",
    error=BadInput,
    field="{sheet}",
    accepted="在第一张表填写，不隐藏",
)
ROSTER_MERGED = Refusal(
    "roster_merged",
    "表中有合并的单元格：{where}。",
    error=BadInput,
    field="{first}",
    accepted="{programme} 名册逐格填写，不合并",
)
ROSTER_HIDDEN = Refusal(
    "roster_hidden",
    "表中有隐藏而有内容的行或列：{where}。",
    error=BadInput,
    field="{first}",
    accepted="{programme} 名册没有隐藏或筛选掉的内容：取消隐藏，或删除该行、该列",
)
ROSTER_HEADER_MISSING = Refusal(
    "roster_header_missing",
    "{where}没有表头。",
    error=BadInput,
    field="{first}",
    accepted="表头与空白名册（/api/v1/rosters/template?programme={programme}）一致",
)
ROSTER_EMPTY = Refusal(
    "roster_empty",
    "名册没有数据行：{where}为空。",
    error=BadInput,
    field="{first}",
    accepted="{programme} 名册至少一行",
)
ROSTER_BLANK_ROW = Refusal(
    "roster_blank_row",
    "名册中间有空行：{where}。",
    error=BadInput,
    field="{first}",
    accepted="{programme} 名册各行相连，删除空行",
)
ROSTER_COLUMN_TWICE = Refusal(
    "roster_column_twice",
    "表头有重复的栏：{where}。",
    error=BadInput,
    field="{first}",
    accepted="表头与空白名册（/api/v1/rosters/template?programme={programme}）一致",
)
ROSTER_COLUMN_UNKNOWN = Refusal(
    "roster_column_unknown",
    "表头有登记表以外的栏：{where}。",
    error=BadInput,
    field="{first}",
    accepted="表头与空白名册（/api/v1/rosters/template?programme={programme}）一致",
)
ROSTER_COLUMN_MISSING = Refusal(
    "roster_column_missing",
    "表头缺少登记表的栏：{where}。",
    error=BadInput,
    field="{first}",
    accepted="表头与空白名册（/api/v1/rosters/template?programme={programme}）一致",
)
