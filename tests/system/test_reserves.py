"""Two reserves in each village of a county on a whole system of its own province, and the figures that it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from rich.console import Console

from demo.performances import PERFORMANCES
from demo.play import play
from tests.kit import trails

NOTICE, SYSTEM = "青委组〔2017〕57号", "系统规则"
USED: Final[tuple[trails.Line, ...]] = (
    ("人员登记", SYSTEM, ""),
    ("推荐后备人选", f"{NOTICE} 二（一）.3", "步骤 推荐后备人选"),
    ("填写后备干部基本情况卡", f"{NOTICE} 附件2", ""),
    ("后备人选资格审查", f"{NOTICE} 二（一）.3", ""),
    ("党员群众评选", f"{NOTICE} 二（一）.3", "同意 27"),
    ("张贴公示", f"{NOTICE} 二（一）.3", "公示期满 2017-10-11"),
    ("研究确定后备干部", f"{NOTICE} 二（一）.3", ""),
    ("列入后备干部名册", f"{NOTICE} 一", ""),
    ("提出使用后备干部", f"{NOTICE} 二（三）.3", "职务 村党组织委员"),
    ("审批使用后备干部", f"{NOTICE} 二（三）.3", "步骤 乡镇党委审批使用"),
    ("备案使用后备干部", f"{NOTICE} 二（三）.3", ""),
    ("张贴公示", f"{NOTICE} 二（三）.3", "公示期满 2020-10-10"),
    ("公示期满", f"{NOTICE} 二（三）.3", ""),
    ("后备干部任职", f"{NOTICE} 二（三）.3", "职务 村党组织委员"),
)
COUNTED: Final = (
    ("后备干部计数", f"{NOTICE} 一", "起因 列入后备干部名册"),
    ("后备干部不足", f"{NOTICE} 一", "应达 2"),
)


@pytest.mark.req("AL-080")
def test_every_village_has_two_reserves_until_one_is_removed_and_one_is_used(tmp_path: Path) -> None:
    data = tmp_path / "系统"
    pool = play(data, PERFORMANCES["qingshen"], Console(quiet=True))
    assert (pool["villages"], pool["states"]) == (58, {"active": 114, "removed": 1, "appointed": 1})
    # After the three years each of the two is missed where it was.
    assert (pool["active"], pool["missing"], pool["short"]) == (114, 2, 2)
    assert (pool["first_decidable"], pool["use_decidable"]) == ("2017-10-11", ["2020-10-10", "2020-10-10"])
    assert (pool["replacements_due"], pool["untrained_2018"]) == (1, 115)
    assert pool["replay_equal"] is True
    with trails.standing(data):
        used = trails.trail(data, trails.who(data, "reserves", "status=appointed"))
        assert trails.untold(used, {"personnel": USED, "allocation": COUNTED}) == {}
