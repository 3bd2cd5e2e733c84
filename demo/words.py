"""What the tables at the end of a run say instead of keys and Python values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SAID: Final[Mapping[str, str]] = {
    "on_post": "在岗",
    "ended": "期满",
    "returned": "已返回",
    "determined": "已确定",
    "active": "在册",
    "removed": "已移出",
    "appointed": "已使用",
    "criticism": "批评教育",
    "consequence": "造成不良后果",
    "PostAdjusted": "调整",
    "CadreWithdrawn": "退出",
    "illness": "患病",
    "received": "收到",
    "missing": "缺",
    "duplicates": "重复",
    "foreign": "他市",
}


def counts(of: Mapping[str, object]) -> str:
    """Each name in words with its count: `在岗 1、期满 144`."""
    return "、".join(f"{SAID.get(name, name)} {SAID.get(str(value), value)}" for name, value in of.items())


def yes(true: bool) -> str:
    """Whether something holds."""
    return "yes 是" if true else "NO 否"
