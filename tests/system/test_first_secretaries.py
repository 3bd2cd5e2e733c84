"""The 148 places of the fragment of 2015 on a whole system of its own province, and the figures that it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from rich.console import Console

from demo.performances import PERFORMANCES
from demo.play import play
from tests.kit import trails

NOTICE, SYSTEM = "晋组通字〔2015〕41号", "系统规则"
ENTERED: Final[tuple[trails.Line, ...]] = (
    ("人员登记", SYSTEM, "合成数据 是"),
    ("个人报名", f"{NOTICE} 三.1", ""),
    ("把关通过", f"{NOTICE} 三.2", "关口 廉政关"),
    ("资格审查通过", f"{NOTICE} 三.2", "人选来源 年轻优秀干部"),
    ("组织推荐", f"{NOTICE} 三.3", ""),
    ("扶贫办审核同意", f"{NOTICE} 三", ""),
    ("人选备案", f"{NOTICE} 三", ""),
    ("研究确定", f"{NOTICE} 三.4", ""),
    ("分配抄录", f"{NOTICE} 三.4", "职务 村党组织第一书记"),
    ("到村任职手续办理", f"{NOTICE} 三.5", ""),
    ("到岗", f"{NOTICE} 三.5", ""),
    ("任期起算", f"{NOTICE} 五.1", "任期止 2017-07-13"),
    ("台账填报", f"{NOTICE} 五.2", "选派层级 省"),
)
WITHDRAWN: Final = (
    *ENTERED,
    ("选派退出", f"{NOTICE}（按设定，未载明条款）", "依据情形 患病"),
    ("返回原单位", f"{NOTICE} 三.6", ""),
    ("台账销行", f"{NOTICE} 五.2", ""),
)
ADJUSTED: Final = (
    *ENTERED,
    ("不良后果抄录", f"{NOTICE} 五.5", ""),
    ("选派调整", f"{NOTICE} 五.5", "依据情形 造成不良后果"),
    ("返回原单位", f"{NOTICE} 三.6", ""),
)
LADDER: Final = (
    ("在任表现记入", f"{NOTICE} 五.5", ""),
    ("批评教育", f"{NOTICE} 五.5", "步骤 批评教育"),
    ("不良后果登记", f"{NOTICE} 五.5", ""),
    ("在任表现结束", f"{NOTICE} 五.5", "起因 选派调整"),
)
ATTENDED: Final = (
    ("登记册启用", f"{NOTICE} 五.1", ""),
    ("登记册停用", f"{NOTICE} 五.1", "起因 选派退出"),
)


@pytest.mark.req("AL-036")
def test_148_cadres_go_the_way_of_2015_in_their_eleven_counties(tmp_path: Path) -> None:
    data = tmp_path / "系统"
    summary = play(data, PERFORMANCES["shanxi"], Console(quiet=True))
    assert (summary["places"], summary["rows"], summary["counties"]) == (148, 39, 11)
    assert (summary["candidates"], summary["on_post"]) == ({"determined": 148}, {"on_post": 148})
    assert summary["villages"] == {"mandatory": 148, "mandatory_covered": 1, "optional_covered": 0}
    assert summary["ledger"] == {"rows": 146, "filed_rows": 148, "cities_filed": 2, "late": 0}
    assert summary["sanctions"] == {"criticism": 1, "consequence": 1}
    assert summary["before_the_term"] == {"PostAdjusted": "consequence", "CadreWithdrawn": "illness"}
    assert summary["after_the_term"] == {"on_post": 1, "ended": 144, "returned": 3}
    assert (summary["extended"], summary["returned"]) == (1, 3)
    assert summary["replay_equal"] is True
    with trails.standing(data):
        withdrawn = trails.trail(data, trails.who(data, "postings", "ended_by=CadreWithdrawn"))
        assert trails.untold(withdrawn, {"personnel": WITHDRAWN, "attendance": ATTENDED}) == {}
        adjusted = trails.trail(data, trails.who(data, "postings", "ended_by=PostAdjusted"))
        assert trails.untold(adjusted, {"personnel": ADJUSTED, "evaluation": LADDER}) == {}
