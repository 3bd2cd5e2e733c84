"""Rosters: the columns that stand beside the printed form, and the words people write in columns of choice.

One table for the empty workbook that is handed out and for what is read back, so that they cannot differ. The first
word of a choice is the one the workbook offers; the others are written for it in practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BESIDE: Final[Mapping[str, str]] = {
    "id_number": "身份证号码",
    "mobile": "手机号码",
    "unit": "派出单位编号",
    "kind": "拟派类型(乡镇/村)",
    "origin": "产生方式",
    "decision": "党委研究决定文号",
    "copies": "份数",
    "recipient": "报送对象",
}
"""The columns of a roster that no form prints, by key: their headers."""

OFFICES: Final[Mapping[str, str]] = {
    "organ": "机关区划代码或单位编号",
    "office_post": "职务",
    "account": "账号",
    "acting": "任职或代理",
    "since": "起始日期",
    "until": "截止日期",
}
"""The columns of a workbook of offices, by key: their headers."""

MONTH: Final[Mapping[str, str]] = {"posting": "选派编号", **{str(day): f"{day}日" for day in range(1, 32)}}
"""The columns of a month's workbook, by key: a row a cadre, a column a day."""

CHOICES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "acting": {"holder": ("任职",), "stand_in": ("代理",)},
    "office_post": {
        "party_secretary": ("党委书记", "党组织书记", "村党组织书记", "党组书记", "党委（党组）书记"),
        "org_head": ("组织部部长", "组织部长"),
    },
    "sex": {"男": ("男",), "女": ("女",)},
    "kind": {"township": ("乡镇",), "village": ("村",)},
    "origin": {
        "organisation": ("组织推荐", "组织选派"),
        "volunteer": ("个人自愿报名", "自愿报名", "个人报名"),
    },
    "tier": {"province": ("省",), "city": ("市",), "county": ("县",)},
    "village_kind": {
        "weak_party": ("党组织软弱涣散村",),
        "registered_poor": ("建档立卡贫困村",),
        "both": ("两类兼有",),
        "neither": ("其他村",),
    },
}
"""Columns of choice, by key: for each value the words for it."""


_CHOSEN: Final[Mapping[str, Mapping[str, str]]] = {
    column: {word: value for value, words in choices.items() for word in words} for column, choices in CHOICES.items()
}
DAY_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("√", "✓", "在", "到岗", "在岗"), "present"),
    **dict.fromkeys(("√住", "在住"), "night"),
    **dict.fromkeys(("√外", "在外宿"), "away"),
}
"""What stands in the column of a day: on post; the night there too; the night elsewhere. An empty cell is no day."""


def chosen(column: str, word: str) -> str:
    """The value that ``word`` stands for in a column of choice; the word itself where it is none of its words."""
    return _CHOSEN[column].get(word, word)


def word(column: str, value: str) -> str:
    """The word the workbook offers for a value; the value itself where the column is no choice of words."""
    return CHOICES.get(column, {}).get(value, (value,))[0]


def offered(column: str) -> tuple[str, ...]:
    """The words the workbook offers in a column, one a value; none for a column that is no choice."""
    return tuple(words[0] for words in CHOICES.get(column, {}).values())
