"""The whole story of a recalled and of a promoted cadre, each line with its clause, as the small demo left them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from demo.people import People
from tests.kit import trails

LN2018, JINZHOU, SYSTEM = "辽组通字〔2018〕23号", "锦州市选派到乡村工作干部管理办法（试行）", "系统规则"
LN2002, ASSESSED = "辽组通字〔2002〕13号", "关于做好辽西北贫困地区与省内发达地区对口挂职锻炼干部考核与表彰工作的通知"
VILLAGE: Final = "派驻点 刘龙台镇河南村（210727101208）"

RECALLED: Final[dict[str, tuple[trails.Line, ...]]] = {
    "personnel": (
        ("人员登记", SYSTEM, ""),
        ("人选推荐", f"{LN2018} 五.1", "类别 村"),
        ("登记表报送", f"{LN2018} 五.1", "份数 5"),
        ("初审通过", f"{LN2018} 五.2", "类别 村"),
        ("分配抄录", f"{LN2018} 五.3", VILLAGE),
        ("对接事项办结", f"{LN2018} 五.4", "事项 转接组织关系"),
        ("对接事项办结", f"{LN2018} 五.4", "事项 送到驻地"),
        ("到岗", f"{LN2018} 五.4", "职务 村党组织第一书记"),
        ("召回案件抄录", f"{JINZHOU} 二.2", "召回情形 发展思路（T1）"),
        ("召回", f"{JINZHOU} 二.2", "召回情形 发展思路（T1）"),
        ("应予调换", f"{JINZHOU} 二.2", ""),
        ("返回原单位", f"{LN2018}（按设定，未载明条款）", VILLAGE),
    ),
    "allocation": (
        ("人选入列", f"{LN2018} 五.2", ""),
        ("分配建议", f"{LN2018} 五.3", VILLAGE),
        ("分配确定", f"{LN2018} 五.3", VILLAGE),
        ("一人一岗占用", SYSTEM, ""),
        ("台账反馈", f"{LN2018} 五.4", ""),
        ("派驻点到人", f"{LN2018} 三.3", VILLAGE),
        ("一人一岗解除", SYSTEM, "起因 召回"),
        ("派驻点空出", f"{LN2018} 三.3", "起因 召回"),
    ),
    "attendance": (
        ("登记册启用", f"{JINZHOU} 一.2", VILLAGE),
        ("到岗登记", f"{JINZHOU} 一.2", "日期 2018-06-01"),
        ("月考勤汇总", f"{JINZHOU} 一.2", "天数 22"),
        ("月考勤签字", f"{JINZHOU} 一.2", "职务 党委书记"),
        ("月考勤盖章", f"{JINZHOU} 一.2", "月份 2018-06"),
        ("月考勤核定", f"{JINZHOU} 一.2", "达标 是"),
        ("登记册停用", f"{JINZHOU} 一.2", "起因 召回"),
    ),
    "evaluation": (
        ("召回期限起算", f"{JINZHOU} 二.2", VILLAGE),
        ("触发召回", f"{JINZHOU} 二.2", "要求事项 发展思路"),
        ("约谈", f"{JINZHOU} 二.2", "召回情形 发展思路（T1）"),
        ("召回期限停止", f"{JINZHOU} 二.2", "起因 召回"),
        ("召回备案", f"{JINZHOU} 二.2", ""),
    ),
}
PROMOTED: Final[dict[str, tuple[trails.Line, ...]]] = {
    "personnel": (
        ("人员登记", SYSTEM, "合成数据 是"),
        ("互派人选推荐", f"{LN2002} 二", "派出地 北票市（211381）"),
        ("互派人选条件", f"{LN2002} 二", "学历条件 符合"),
        ("互派名单报送", f"{LN2002} 二", ""),
        ("挂职岗位抄录", f"{LN2002} 二", ""),
        ("挂职报到", f"{LN2002} 二", "任期止 2003-07-15"),
        ("任职手续办理", f"{LN2002} 二", ""),
        ("任期届满", f"{LN2002} 三", ""),
        ("归入档案", f"{LN2002} 三", ""),
        ("提拔", f"{ASSESSED} 四", "理由 表现突出、群众公认、工作需要"),
    ),
    "allocation": (
        ("互派点名", f"{LN2002} 一", "接收地 金州区（210213）"),
        ("挂职岗位提出", f"{LN2002} 二", ""),
        ("挂职岗位商定", f"{LN2002} 二", ""),
        ("互派报到计入", f"{LN2002} 二", ""),
        ("一人一岗解除", SYSTEM, "起因 任期届满"),
    ),
    "evaluation": (
        ("挂职抄录", f"{LN2002} 二", "期限 2003-07-15"),
        ("挂职考核", f"{ASSESSED} 二", "份数 3"),
        ("挂职考核审定", f"{ASSESSED} 二", ""),
    ),
}
HEARD: Final[dict[str, tuple[trails.Line, ...]]] = {
    "personnel": (("挂职报到", f"{LN2002} 二", ""), ("考核抄录", f"{ASSESSED} 二", ""), ("提拔", f"{ASSESSED} 四", ""))
}
"""What personnel hears of evaluation comes when it comes: before the promotion, and maybe after the end of the term."""
GONE_AND_RESTORED: Final[dict[str, tuple[trails.Line, ...]]] = {
    "personnel": (
        ("挂职退出", f"{LN2002} 三", ""),
        ("返回原单位", f"{LN2002} 三", ""),
    ),
    "allocation": (("互派失衡", f"{LN2002} 一", ""), ("互派恢复", f"{LN2002} 一", "")),
}


@pytest.fixture(scope="module")
def data(played: tuple[Path, dict[str, Any], list[str]]) -> Iterator[Path]:
    with trails.standing(played[0]) as found:
        yield found


def test_a_recalled_cadres_trail_tells_the_whole_story(data: Path) -> None:
    recalled = trails.who(data, "recalls", "cause=T1")
    events = trails.trail(data, recalled)
    assert trails.untold(events, RECALLED) == {}
    assert sum(event["type"] == "AttendanceRegistered" for event in events) == 22
    printed = trails.paizhu("audit", "trail", recalled, "--data", data).stdout
    assert "到岗登记 AttendanceRegistered × 22，2018-06-01 至 2018-06-29" in printed


def test_a_promoted_cadres_trail_tells_the_whole_story(data: Path) -> None:
    events = trails.trail(data, trails.who(data, "promotions", "programme=LN2002"))
    assert trails.untold(events, PROMOTED) == {}
    assert trails.untold(events, HEARD) == {}


def test_a_lost_legs_trail_tells_what_made_good_for_it(data: Path) -> None:
    assert trails.untold(trails.trail(data, "LN2002.13.out.township.1.1"), GONE_AND_RESTORED) == {}


@pytest.mark.parametrize(("table", "condition"), [("recalls", "cause=T1"), ("promotions", "programme=LN2002")])
def test_a_trail_names_nobody(data: Path, table: str, condition: str) -> None:
    people = People()
    told = [
        str(person[key]) for person in (people.next() for _ in range(400)) for key in ("name", "id_number", "mobile")
    ]
    subject = trails.who(data, table, condition)
    for form in ((), ("--json",)):
        printed = trails.paizhu("audit", "trail", subject, *form, "--data", data).stdout
        assert subject in printed
        assert [text for text in told if text in printed] == []


def _personal(person: dict[str, Any]) -> tuple[str, ...]:
    return str(person["name"]), str(person["id_number"]), str(person["mobile"])
