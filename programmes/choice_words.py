"""What the choices of commands are called: a value means one thing wherever it stands, or what its field makes of it.

Invariant: every choice of every contract has a word; a test holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, str]] = {
    "central": "中央", "province": "省级", "city": "市级", "county": "县级", "township": "乡镇", "village": "村",
    "enterprise": "企业", "person": "个人", "unit": "单位", "elsewhere": "其他地方",
    "merged": "合并", "moved": "划转", "relocated": "搬迁", "renamed": "更名", "other": "其他",
    "all": "有不合格的全部不收", "good": "只收合格的", "preview": "只看不收",
    "passed": "合格", "failed": "不合格", "same": "同一人",
    "reporting": "呈报单位", "reviewing": "审核单位", "approving": "审批单位",
    "full": "正式党员", "probationary": "预备党员", "none": "非党员",
    "out": "派往", "back": "返派",
    "companions": "带随行人员", "family": "带家属", "absence": "缺勤",
    "selection": "选拔", "use": "使用",
    "reserve": "选拔后备干部", "reserve_removal": "取消资格", "reserve_use": "使用后备干部",
    "support": "同意", "oppose": "不同意", "reserved": "保留意见",
    "re_election": "换届", "during_term": "届中",
    "check": "到岗检查", "inspection": "督查",
    "morning": "上午", "afternoon": "下午",
    "three_year": "三年工作规划", "yearly": "年度工作计划",
}  # fmt: skip
_OF_FIELD: Final[Mapping[tuple[str, str], str]] = {("verdict", "other"): "另有其人"}


def title_of(field: str, value: str) -> str:
    """The word for ``value`` where it is a choice of ``field``; the value itself where there is none."""
    return _OF_FIELD.get((field, value)) or _WORDS.get(value, value)
