"""The 148 places of the fragment of 2015 on a whole system of its own province, and the figures that it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from demo.performances import PERFORMANCES
from demo.play import play


@pytest.mark.req("AL-036")
def test_148_cadres_go_the_way_of_2015_in_their_eleven_counties(tmp_path: Path) -> None:
    summary = play(tmp_path / "系统", PERFORMANCES["shanxi"], Console(quiet=True))
    assert (summary["places"], summary["rows"], summary["counties"]) == (148, 39, 11)
    assert (summary["candidates"], summary["on_post"]) == ({"determined": 148}, {"on_post": 148})
    assert summary["villages"] == {"mandatory": 148, "mandatory_covered": 1, "optional_covered": 0}
    assert summary["ledger"] == {"rows": 146, "filed_rows": 148, "cities_filed": 2, "late": 0}
    assert summary["sanctions"] == {"criticism": 1, "consequence": 1}
    assert summary["before_the_term"] == {"PostAdjusted": "consequence", "CadreWithdrawn": "illness"}
    assert summary["after_the_term"] == {"on_post": 1, "ended": 144, "returned": 3}
    assert (summary["extended"], summary["returned"]) == (1, 3)
    assert summary["replay_equal"] is True
