"""Two reserves in each village of a county on a whole system of its own province, and the figures that it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from demo.performances import PERFORMANCES
from demo.play import play


@pytest.mark.req("AL-080")
def test_every_village_has_two_reserves_until_one_is_removed_and_one_is_used(tmp_path: Path) -> None:
    pool = play(tmp_path / "系统", PERFORMANCES["qingshen"], Console(quiet=True))
    assert (pool["villages"], pool["states"]) == (58, {"active": 114, "removed": 1, "appointed": 1})
    # After the three years each of the two is missed where it was.
    assert (pool["active"], pool["missing"], pool["short"]) == (114, 2, 2)
    assert (pool["first_decidable"], pool["use_decidable"]) == ("2017-10-11", ["2020-10-10", "2020-10-10"])
    assert (pool["replacements_due"], pool["untrained_2018"]) == (1, 115)
    assert pool["replay_equal"] is True
